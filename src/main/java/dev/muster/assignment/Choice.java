package dev.muster.assignment;

import dev.muster.rules.Attributes;
import dev.muster.rules.Scope;
import dev.muster.rules.Scope.BuiltIns;
import dev.muster.task.Demand;
import dev.muster.task.Demand.Whom;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Chooses workers for one task from those who are ready. */
final class Choice {

  private final WorkerFacts facts;
  private final WorkspaceSid workspace;
  private final Instant now;

  Choice(WorkerFacts facts, WorkspaceSid workspace, Instant now) {
    this.facts = facts;
    this.workspace = workspace;
    this.now = now;
  }

  /**
   * The best workers for the task in the order in which they are to be asked; at most as many as it
   * asks at once.
   */
  List<Candidate> best(Waiting task, Demand demand, Floor floor) {
    return switch (demand.whom()) {
      case Whom.Direct direct ->
          floor.direct(demand, direct).stream()
              .filter(candidate -> !task.declinedBy().contains(candidate.sid().value()))
              .toList();
      case Whom.Known known ->
          narrowed(
              task,
              demand,
              floor.candidates(demand).stream()
                  .filter(
                      candidate ->
                          candidate.sid().value().equals(known.sid())
                              || candidate.name().equals(known.name())));
      case Whom.Anyone anyone -> narrowed(task, demand, floor.candidates(demand).stream());
    };
  }

  private List<Candidate> narrowed(Waiting task, Demand demand, Stream<Candidate> candidates) {
    var askable =
        candidates
            .filter(candidate -> !task.declinedBy().contains(candidate.sid().value()))
            .sorted(longestIdle(task))
            .toList();
    if (askable.isEmpty() || (demand.workers() == null && demand.orderBy() == null)) {
      return askable.stream().limit(task.maxReservedWorkers()).toList();
    }
    var scopes = scopes(demand, askable);
    var wanted = askable.stream().filter(candidate -> wants(task, demand, scopes, candidate));
    var orderBy = demand.orderBy();
    if (orderBy != null) {
      Comparator<Scope> order = orderBy.comparator();
      wanted =
          wanted.sorted(
              Comparator.comparing((Candidate candidate) -> scope(scopes, candidate), order)
                  .thenComparing(longestIdle(task)));
    }
    return wanted.limit(task.maxReservedWorkers()).toList();
  }

  private Map<WorkerSid, Scope> scopes(Demand demand, Collection<Candidate> candidates) {
    var expression = demand.workers();
    var channels =
        expression != null
            && expression.paths().stream().anyMatch(path -> path.tail().startsWith("channel."));
    return facts.scopes(workspace, candidates, channels);
  }

  private boolean wants(
      Waiting task, Demand demand, Map<WorkerSid, Scope> scopes, Candidate candidate) {
    var expression = demand.workers();
    return expression == null || expression.test(age(task).and(scope(scopes, candidate)));
  }

  /** What is left of the task in an expression that was folded for it: its age. */
  private Scope age(Waiting task) {
    var seconds = Math.max(0, Duration.between(task.createdAt(), now).toSeconds());
    return Scope.task(Attributes.EMPTY, BuiltIns.of(Map.of("age", seconds)));
  }

  private static Scope scope(Map<WorkerSid, Scope> scopes, Candidate candidate) {
    return scopes.getOrDefault(candidate.sid(), Scope.NOTHING);
  }

  private static Comparator<Candidate> longestIdle(Waiting task) {
    return Comparator.comparing(
            (Candidate candidate) ->
                task.channelOptimizedRouting()
                    ? candidate.channelIdleSince()
                    : candidate.idleSince())
        .thenComparing(candidate -> candidate.sid().value());
  }
}
