package dev.muster.assignment;

import dev.muster.assignment.Floor.Place;
import dev.muster.reservation.Offer;
import dev.muster.task.Demand;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Pairs waiting tasks with ready workers, in the order in which tasks are to be served. */
@Component
class Pairings {

  private static final int READ_AHEAD = 50;

  private final Floors floors;
  private final WaitingTasks waitingTasks;
  private final WorkerFacts facts;
  private final Unservable unservable;
  private final Clock clock;
  private final AssignmentSettings settings;

  Pairings(
      Floors floors,
      WaitingTasks waitingTasks,
      WorkerFacts facts,
      Unservable unservable,
      Clock clock,
      AssignmentSettings settings) {
    this.floors = floors;
    this.waitingTasks = waitingTasks;
    this.facts = facts;
    this.unservable = unservable;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Serves the best waiting task again and again, until no class has a task that can be served.
   *
   * @param heads the first waiting task of each demand class that may be served
   * @param asked what they ask for, by demand class
   * @param remembered what the classes ask for that nobody fitted in the last round
   */
  Pairing pair(
      WorkspaceSid workspace,
      List<Waiting> heads,
      Map<UUID, Demand> asked,
      Map<UUID, Demand> remembered) {
    var now = clock.instant();
    var demands = new HashMap<>(remembered);
    demands.putAll(asked);
    var floor = floors.open(workspace, demands.values(), now);
    var choice = new Choice(facts, unservable.of(workspace), workspace, floor, now);
    var offers = new ArrayList<Offer>();
    var unserved = new ArrayList<Waiting>();
    var line = new Line();
    line.add(heads);
    if (!remembered.isEmpty()) {
      line.add(waitingTasks.heads(workspace, choice.begin()));
    }
    var next = line.next();
    for (; next.isPresent() && offers.size() < settings.offersPerRound(); next = line.next()) {
      var task = next.get();
      var demand = demands.get(task.demandClass());
      if (demand == null) {
        continue;
      }
      if (!task.expiresAt().isAfter(now)) {
        // Its timer is late: it waits for its end and not for a worker.
        readOn(task, line);
        continue;
      }
      var chosen = choice.best(task, demand);
      if (chosen.isEmpty()) {
        line.close(task.demandClass());
        unserved.add(task);
        continue;
      }
      for (var candidate : chosen) {
        floor.use(candidate, demand.channel());
        offers.add(offer(task, demand, candidate, now));
      }
      readOn(task, line);
    }
    // What is offered is load, which may be what others ask for.
    var loaded =
        !offers.isEmpty() && unserved.stream().anyMatch(task -> asksForLoad(task, demands));
    return floor.sparedAnybody() || loaded
        ? new Pairing(offers, List.of(), true)
        : new Pairing(offers, unserved, next.isPresent());
  }

  private static boolean asksForLoad(Waiting task, Map<UUID, Demand> demands) {
    return demands.get(task.demandClass()) instanceof Demand demand && demand.asksForLoad();
  }

  private void readOn(Waiting task, Line line) {
    if (task.more() && !line.shows(task.demandClass())) {
      line.add(waitingTasks.after(task, READ_AHEAD));
    }
  }

  private static Offer offer(Waiting task, Demand demand, Candidate candidate, Instant now) {
    var expiresAt = now.plusSeconds(task.reservationTimeoutSeconds());
    return new Offer(
        task.sid(),
        task.workflow(),
        task.demandClass(),
        candidate.sid(),
        candidate.version(),
        candidate.name(),
        demand.queue(),
        demand.channel(),
        expiresAt.isBefore(task.expiresAt()) ? expiresAt : task.expiresAt(),
        Place.isOneWorkers(demand),
        Place.of(demand).ignoringCapacity(),
        task.announced(),
        new Offer.Wait(task.createdAt(), task.unoffered(), task.trace()));
  }
}
