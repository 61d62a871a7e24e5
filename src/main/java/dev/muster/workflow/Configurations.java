package dev.muster.workflow;

import dev.muster.queue.TaskQueueSid;
import dev.muster.queue.TaskQueues;
import dev.muster.rules.CompiledInstruction;
import dev.muster.rules.Instruction;
import dev.muster.rules.Instruction.QueueReference;
import dev.muster.rules.InstructionError;
import dev.muster.web.Refused;
import dev.muster.web.Sid;
import dev.muster.workspace.WorkspaceSid;
import java.util.Set;
import java.util.stream.Collectors;
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
   * @return the queues it names
   * @throws Refused if it is not a valid instruction, or names a queue that does not exist
   */
  Set<TaskQueueSid> check(WorkspaceSid workspace, WorkflowSid workflow, String configuration) {
    try {
      var instruction = Instruction.parse(configuration);
      var held = hold(workspace, instruction);
      CompiledInstruction.compile(workflow.value(), instruction).verify(configuration.hashCode());
      return held;
    } catch (InstructionError error) {
      throw Refused.because("Configuration", error);
    }
  }

  private Set<TaskQueueSid> hold(WorkspaceSid workspace, Instruction instruction) {
    var named =
        instruction.queues().stream()
            .map(QueueReference::queue)
            .filter(queue -> Sid.is("WQ", queue))
            .map(TaskQueueSid::new)
            .collect(Collectors.toSet());
    var held = queues.hold(workspace, named);
    for (var reference : instruction.queues()) {
      if (!held.contains(new TaskQueueSid(reference.queue()))) {
        throw Refused.invalid(
            "Expected %s to be the SID of a task queue of this workspace, but got '%.80s'",
            reference.where(), reference.queue());
      }
    }
    return held;
  }
}
