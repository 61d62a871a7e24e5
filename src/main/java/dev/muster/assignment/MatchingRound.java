package dev.muster.assignment;

import dev.muster.reservation.Offer;
import dev.muster.reservation.Offers;
import dev.muster.task.Demand;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pairs the waiting tasks of one workspace with its ready workers, in one short transaction. Only
 * one round of a workspace runs at a time, on whichever node holds the workspace's lock, so the
 * order of tasks is exact.
 */
@Component
class MatchingRound {

  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended('round ' || :workspace, 0))";

  private static final int READ_AHEAD = 50;

  private final JdbcClient jdbc;
  private final WaitingTasks waitingTasks;
  private final Demands demands;
  private final WorkerFacts facts;
  private final TaskRouting routing;
  private final Offers offers;
  private final Clock clock;
  private final AssignmentSettings settings;

  MatchingRound(
      JdbcClient jdbc,
      WaitingTasks waitingTasks,
      Demands demands,
      WorkerFacts facts,
      TaskRouting routing,
      Offers offers,
      Clock clock,
      AssignmentSettings settings) {
    this.jdbc = jdbc;
    this.waitingTasks = waitingTasks;
    this.demands = demands;
    this.facts = facts;
    this.routing = routing;
    this.offers = offers;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Makes the reservations that can be made now.
   *
   * @return whether another round should follow at once
   */
  @Transactional
  public boolean run(WorkspaceSid workspace) {
    jdbc.sql(LOCK).param("workspace", workspace.value()).query((row, number) -> true).single();
    var heads = waitingTasks.heads(workspace);
    var asked = new HashMap<UUID, Demand>();
    for (var head : heads) {
      demands.of(head).ifPresent(demand -> asked.put(head.demandClass(), demand));
    }
    if (asked.isEmpty()) {
      return false;
    }
    var now = clock.instant();
    var floor = Floor.open(jdbc, workspace, asked.values());
    var choice = new Choice(facts, workspace, now);
    var matches = new ArrayList<Offer>();
    var unserved = new ArrayList<Waiting>();
    var full = match(heads, asked, floor, choice, matches, unserved, now);
    if (!matches.isEmpty()) {
      offers.make(workspace, matches);
    }
    var skipped = askToSkip(workspace, unserved, asked);
    return full || skipped;
  }

  /** Serves the best waiting task again and again, until no class has a task that can be served. */
  private boolean match(
      List<Waiting> heads,
      Map<UUID, Demand> asked,
      Floor floor,
      Choice choice,
      List<Offer> matches,
      List<Waiting> unserved,
      Instant now) {
    var order = new PriorityQueue<>(heads);
    while (!order.isEmpty() && matches.size() < settings.offersPerRound()) {
      var task = order.remove();
      var demand = asked.get(task.demandClass());
      if (demand == null) {
        continue;
      }
      var chosen = choice.best(task, demand, floor);
      if (chosen.isEmpty()) {
        // Nobody for the first of its class is nobody for the others of the class.
        order.removeIf(other -> other.demandClass().equals(task.demandClass()));
        unserved.add(task);
        continue;
      }
      for (var candidate : chosen) {
        floor.use(candidate, demand.channel());
        matches.add(offer(task, demand, candidate, now));
      }
      if (task.more()
          && order.stream().noneMatch(t -> t.demandClass().equals(task.demandClass()))) {
        order.addAll(waitingTasks.after(task, READ_AHEAD));
      }
    }
    return !order.isEmpty();
  }

  private static Offer offer(Waiting task, Demand demand, Candidate candidate, Instant now) {
    var expiresAt = now.plusSeconds(task.reservationTimeoutSeconds());
    var ignoreCapacity =
        demand.whom() instanceof Demand.Whom.Direct direct && direct.ignoreCapacity();
    return new Offer(
        task.sid(),
        candidate.sid(),
        candidate.name(),
        demand.queue(),
        demand.channel(),
        expiresAt.isBefore(task.expiresAt()) ? expiresAt : task.expiresAt(),
        ignoreCapacity);
  }

  /**
   * Moves the tasks on whose step is to be skipped, now that nobody could take them on entering it.
   */
  private boolean askToSkip(
      WorkspaceSid workspace, List<Waiting> unserved, Map<UUID, Demand> asked) {
    var staying = new ArrayList<TaskSid>();
    var skipped = false;
    for (var task : unserved) {
      var demand = asked.get(task.demandClass());
      if (!task.entering() || demand == null || demand.skipIf() == null) {
        continue;
      }
      if (demand.skipIf().test(facts.countMembers(workspace, demand.queue().value()))) {
        routing.skip(workspace, task.sid());
        skipped = true;
      } else {
        staying.add(task.sid());
      }
    }
    routing.stay(workspace, staying);
    return skipped;
  }
}
