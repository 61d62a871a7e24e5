package dev.muster.assignment;

import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.Expression;
import dev.muster.rules.Scope;
import dev.muster.task.Demand;
import dev.muster.task.TaskRouting;
import dev.muster.workspace.WorkspaceSid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Asks steps whether to be skipped, once nobody could take a task on entering them. */
@Component
class SkippedSteps {

  private final WorkerFacts facts;
  private final TaskRouting routing;

  SkippedSteps(WorkerFacts facts, TaskRouting routing) {
    this.facts = facts;
    this.routing = routing;
  }

  /** A task that has just entered a step which may be skipped. */
  record Entering(Waiting task, TaskQueueSid queue, Expression skipIf) {}

  /** Those of the tasks that are still to be asked. */
  static List<Entering> toBeAsked(List<Waiting> unserved, Map<UUID, Demand> asked) {
    var entering = new ArrayList<Entering>();
    for (var task : unserved) {
      var demand = asked.get(task.demandClass());
      if (task.entering() && demand != null && demand.skipIf() != null) {
        entering.add(new Entering(task, demand.queue(), demand.skipIf()));
      }
    }
    return entering;
  }

  /**
   * Moves the tasks on whose step is to be skipped, and lets the others stay. They are held.
   *
   * @return whether any moved
   */
  boolean ask(WorkspaceSid workspace, List<Entering> entering) {
    var skipped = false;
    var members = new HashMap<TaskQueueSid, Scope>();
    for (var each : entering) {
      var task = each.task();
      var inQueue =
          members.computeIfAbsent(
              each.queue(), queue -> facts.countMembers(workspace, queue.value()));
      if (each.skipIf().test(inQueue)) {
        routing.skip(workspace, task.sid(), task.demandClass());
        skipped = true;
      } else {
        routing.stay(workspace, task.sid(), task.demandClass());
      }
    }
    return skipped;
  }
}
