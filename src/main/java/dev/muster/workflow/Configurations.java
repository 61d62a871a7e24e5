package dev.muster.workflow;

import dev.muster.queue.TaskQueueSid;
import dev.muster.queue.TaskQueues;
import dev.muster.rules.CompiledInstruction;
import dev.muster.rules.Instruction;
import dev.muster.rules.Instruction.QueueReference;
import dev.muster.rules.InstructionError;
import dev.muster.rules.QueueNames;
import dev.muster.web.Refused;
import dev.muster.workspace.WorkspaceSid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads the documents that tenants want to route by, and lets none pass that could not. */
@Component
class Configurations {

  private final TaskQueues queues;

  Configurations(TaskQueues queues) {
    this.queues = queues;
  }

  /**
   * Reads a document that is about to become a version of the workflow: finds its queues, which
   * then stay until the transaction ends, and proves that the compiled rules decide as it reads.
   *
   * @param meant queues that the document is known to mean by what it calls them; others are looked
   *     up
   * @return the queues, by what the document calls them
   * @throws Refused if it is not a valid instruction, or names a queue that does not exist
   */
  Map<String, TaskQueueSid> check(
      WorkspaceSid workspace,
      WorkflowSid workflow,
      String configuration,
      Map<String, TaskQueueSid> meant) {
    try {
      var instruction = Instruction.parse(configuration);
      var held = hold(workspace, instruction.queues(), meant);
      CompiledInstruction.compile(workflow.value(), instruction).verify(configuration.hashCode());
      return held;
    } catch (InstructionError error) {
      throw Refused.because("Configuration", error);
    }
  }

  private Map<String, TaskQueueSid> hold(
      WorkspaceSid workspace, List<QueueReference> references, Map<String, TaskQueueSid> meant) {
    var words = new HashMap<String, String>();
    for (var reference : references) {
      var known = meant.get(reference.queue());
      words.put(reference.queue(), known == null ? reference.queue() : known.value());
    }
    var held = queues.hold(workspace, words.values());
    var found = new HashMap<String, TaskQueueSid>();
    for (var reference : references) {
      var queue = held.get(words.get(reference.queue()));
      if (queue == null) {
        throw unknown(workspace, reference);
      }
      found.put(reference.queue(), queue);
    }
    return found;
  }

  private Refused unknown(WorkspaceSid workspace, QueueReference reference) {
    var nearest = new QueueNames(queues.names(workspace)).nearest(reference.queue());
    return Refused.invalid(
        "Expected %s to be the SID or the friendly name of a task queue of this workspace, but got '%.80s'%s",
        reference.where(),
        reference.queue(),
        nearest.map(name -> "; the nearest is '" + name + "'").orElse(""));
  }
}
