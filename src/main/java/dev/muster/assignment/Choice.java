package dev.muster.assignment;

import dev.muster.assignment.Floor.Place;
import dev.muster.rules.Attributes;
import dev.muster.rules.Expression;
import dev.muster.rules.OrderBy;
import dev.muster.rules.Scope;
import dev.muster.rules.Scope.BuiltIns;
import dev.muster.task.Demand;
import dev.muster.task.Demand.Whom;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses workers for one task from those who are ready. */
final class Choice {

  private final WorkerFacts facts;
  private final Unservable.Memory unservable;
  private final WorkspaceSid workspace;
  private final Floor floor;
  private final Instant now;
  private @Nullable Map<WorkerSid, Scope> plainScopes;
  private @Nullable Map<WorkerSid, Scope> scopesWithChannels;

  Choice(
      WorkerFacts facts,
      Unservable.Memory unservable,
      WorkspaceSid workspace,
      Floor floor,
      Instant now) {
    this.facts = facts;
    this.unservable = unservable;
    this.workspace = workspace;
    this.floor = floor;
    this.now = now;
  }

  /**
   * The best workers for the task in the order in which they are to be asked; at most as many as it
   * asks at once.
   */
  List<Candidate> best(Waiting task, Demand demand) {
    return switch (demand.whom()) {
      case Whom.Direct direct ->
          nobodyFits(task, demand) ? List.of() : willing(task, demand).toList();
      case Whom.Known known ->
          narrowed(
              task,
              demand,
              candidates(task, demand)
                  .filter(
                      candidate ->
                          candidate.sid().value().equals(known.sid())
                              || candidate.name().equals(known.name())));
      case Whom.Anyone anyone -> narrowed(task, demand, candidates(task, demand));
    };
  }

  private Stream<Candidate> willing(Waiting task, Demand demand) {
    return floor.candidates(demand, task.channelOptimizedRouting()).stream()
        .filter(candidate -> !task.declinedBy().contains(candidate.sid().value()));
  }

  private Stream<Candidate> candidates(Waiting task, Demand demand) {
    return willing(task, demand)
        .filter(candidate -> !candidate.sid().value().equals(demand.exceptWorker()));
  }

  /**
   * Takes note of who is ready.
   *
   * @return those of the unservable classes that are so no longer
   */
  Set<UUID> begin() {
    var scopes = facts.scopes(workspace, floor.everyone());
    plainScopes = scopes;
    return unservable.begin(floor.ready(scopes));
  }

  /**
   * Remembers it for the next rounds, but for a task that has still to be asked whether it stays.
   */
  private boolean nobodyFits(Waiting task, Demand demand) {
    var skippable = task.entering() && demand.skipIf() != null;
    var narrowed = demand.narrowsByProfile() || floor.isEmpty(Place.of(demand));
    if (skippable || !narrowed) {
      return false;
    }
    plainScopes();
    return unservable.nobodyFits(task.demandClass(), demand);
  }

  private List<Candidate> narrowed(Waiting task, Demand demand, Stream<Candidate> askable) {
    if (nobodyFits(task, demand)) {
      return List.of();
    }
    var wanted = askable;
    if (demand.workers() instanceof Expression expression) {
      var scopes = scopes(demand);
      var age = age(task);
      wanted = wanted.filter(candidate -> expression.test(age.and(of(candidate, scopes))));
    }
    if (demand.orderBy() instanceof OrderBy orderBy) {
      var scopes = scopes(demand);
      Comparator<Scope> order = orderBy.comparator();
      wanted =
          wanted.sorted(
              Comparator.comparing((Candidate candidate) -> of(candidate, scopes), order));
    }
    return wanted.limit(task.maxReservedWorkers()).toList();
  }

  /** What is left of the task in an expression that was folded for it: its age. */
  private Scope age(Waiting task) {
    var seconds = Math.max(0, Duration.between(task.createdAt(), now).toSeconds());
    return Scope.task(Attributes.EMPTY, BuiltIns.of(Map.of("age", seconds)));
  }

  /** Of everyone who is ready, read at once when the first is asked for. */
  private Map<WorkerSid, Scope> scopes(Demand demand) {
    return demand.readsChannels() ? scopesWithChannels() : plainScopes();
  }

  private Map<WorkerSid, Scope> scopesWithChannels() {
    if (scopesWithChannels == null) {
      scopesWithChannels = facts.scopes(workspace, floor.everyone(), floor);
    }
    return scopesWithChannels;
  }

  /** Never without taking note of them, which would leave the last round's in place. */
  private Map<WorkerSid, Scope> plainScopes() {
    if (plainScopes == null) {
      begin();
    }
    return Objects.requireNonNull(plainScopes);
  }

  private static Scope of(Candidate candidate, Map<WorkerSid, Scope> scopes) {
    return scopes.getOrDefault(candidate.sid(), Scope.NOTHING);
  }
}
