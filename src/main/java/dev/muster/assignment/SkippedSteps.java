package dev.muster.assignment;

import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.Scope;
import dev.muster.task.Demand;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
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

  /**
   * Moves the tasks on whose step is to be skipped, and lets the others stay.
   *
   * @return whether any moved
   */
  boolean ask(WorkspaceSid workspace, List<Waiting> unserved, Map<UUID, Demand> asked) {
    var staying = new ArrayList<TaskSid>();
    var skipped = false;
    var members = new HashMap<TaskQueueSid, Scope>();
    for (var task : unserved) {
      var demand = asked.get(task.demandClass());
      if (!task.entering() || demand == null || demand.skipIf() == null) {
        continue;
      }
      if (demand
          .skipIf()
          .test(
              members.computeIfAbsent(
                  demand.queue(), queue -> facts.countMembers(workspace, queue.value())))) {
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
