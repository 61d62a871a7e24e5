package dev.muster.assignment;

import dev.muster.reservation.Offer;
import dev.muster.task.Demand;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pairs waiting tasks with ready workers, in the order in which tasks are to be served. */
@Component
class Pairings {

  private static final int READ_AHEAD = 50;

  private final JdbcClient jdbc;
  private final WaitingTasks waitingTasks;
  private final WorkerFacts facts;
  private final Clock clock;
  private final AssignmentSettings settings;

  Pairings(
      JdbcClient jdbc,
      WaitingTasks waitingTasks,
      WorkerFacts facts,
      Clock clock,
      AssignmentSettings settings) {
    this.jdbc = jdbc;
    this.waitingTasks = waitingTasks;
    this.facts = facts;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Serves the best waiting task again and again, until no class has a task that can be served.
   *
   * @param heads the first waiting task of each demand class
   * @param asked what they ask for, by demand class
   */
  Pairing pair(WorkspaceSid workspace, List<Waiting> heads, Map<UUID, Demand> asked) {
    var now = clock.instant();
    var floor = Floor.open(jdbc, workspace, asked.values(), now);
    var choice = new Choice(facts, workspace, now);
    var offers = new ArrayList<Offer>();
    var unserved = new ArrayList<Waiting>();
    var order = new PriorityQueue<>(heads);
    while (!order.isEmpty() && offers.size() < settings.offersPerRound()) {
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
        offers.add(offer(task, demand, candidate, now));
      }
      readOn(task, order);
    }
    return new Pairing(offers, unserved, !order.isEmpty());
  }

  /** Lets those follow that wait behind the last task of its class. */
  private void readOn(Waiting served, PriorityQueue<Waiting> order) {
    if (served.more()
        && order.stream().noneMatch(t -> t.demandClass().equals(served.demandClass()))) {
      order.addAll(waitingTasks.after(served, READ_AHEAD));
    }
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
}
