package dev.muster.workflow;

import dev.muster.account.AccountSid;
import dev.muster.policy.PresentPolicies;
import dev.muster.queue.TaskQueueSid;
import dev.muster.rules.Entry;
import dev.muster.rules.Outlook;
import dev.muster.rules.Policies;
import dev.muster.rules.Ruling;
import dev.muster.workflow.Admission.Entered;
import dev.muster.workflow.Admission.Nowhere;
import dev.muster.workflow.Admission.TurnedAway;
import dev.muster.workspace.Tenants;
import dev.muster.workspace.WorkspaceSid;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Lets tasks into steps: the workflow says where a task is to go, and the operator's policies in
 * force have the last word. A step whose queue is closed to the task is over before it began, as if
 * its time had run out, and leaves nothing with the task, not even its priority.
 */
@Component
public class Admissions {

  private final PresentPolicies policies;
  private final Tenants tenants;

  Admissions(PresentPolicies policies, Tenants tenants) {
    this.policies = policies;
    this.tenants = tenants;
  }

  /** A task comes to the start of a workflow. */
  public Admission first(Plan plan, Arrival task) {
    return through(plan, plan.first(task.attributes()), task, false);
  }

  /** The time of the task's step is over. */
  public Admission afterTimeout(Plan plan, Step step, Arrival task) {
    return through(plan, plan.afterTimeout(step, task.attributes()), task, true);
  }

  /** The task's step asked to be skipped. */
  public Admission afterSkip(Plan plan, Step step, Arrival task) {
    var next = plan.afterSkip(step, task.attributes(), task.timedOut());
    return through(plan, next, task, task.timedOut());
  }

  /** A task comes to the queue that its creator chose, and has nowhere else to go. */
  public Admission placed(TaskQueueSid queue, Arrival task) {
    return admit(Optional.of(Step.placed(queue)), step -> Optional.empty(), task, false);
  }

  /** What is left of the priority of a task that stays in its queue, be that closed or not. */
  public Arrival limited(TaskQueueSid queue, Arrival task) {
    var present = policies.get();
    return present.isEmpty() ? task : task.under(present.limit(entry(queue, task)));
  }

  /**
   * What the policies may make of a workspace's steps, whatever its tasks are: by queue, only of
   * queues that they may close.
   */
  public Map<String, Outlook> outlooks(WorkspaceSid workspace, Predicate<String> mayWaitIn) {
    var present = policies.get();
    return present.isEmpty()
        ? Map.of()
        : present.outlooks(account(workspace), workspace.value(), mayWaitIn);
  }

  private Admission through(Plan plan, Optional<Step> first, Arrival task, boolean timedOut) {
    return admit(first, step -> plan.afterTimeout(step, task.attributes()), task, timedOut);
  }

  private Admission admit(
      Optional<Step> first,
      Function<Step, Optional<Step>> afterTimeout,
      Arrival task,
      boolean timedOut) {
    if (first.isEmpty()) {
      return new Nowhere();
    }
    var present = policies.get();
    var closedBy = new LinkedHashSet<String>();
    for (var next = first; next.isPresent(); next = afterTimeout.apply(next.get())) {
      var step = next.get();
      var arriving = task.at(step);
      var ruling = ruling(present, step.queue(), arriving);
      closedBy.addAll(ruling.closedBy());
      if (ruling instanceof Ruling.Enter enter) {
        var entered = arriving.under(enter);
        return new Entered(
            step.in(new TaskQueueSid(enter.queue())),
            entered.priority(),
            List.copyOf(closedBy),
            entered.loweredBy(),
            timedOut || !next.equals(first));
      }
    }
    return new TurnedAway(List.copyOf(closedBy));
  }

  private Ruling ruling(Policies present, TaskQueueSid queue, Arrival task) {
    return present.isEmpty()
        ? new Ruling.Enter(queue.value(), task.priority(), List.of(), List.of())
        : present.apply(entry(queue, task));
  }

  private Entry entry(TaskQueueSid queue, Arrival task) {
    return new Entry(
        account(task.workspace()),
        task.workspace().value(),
        task.attributes(),
        queue.value(),
        task.priority(),
        task.mayWaitIn());
  }

  /** A workspace that is just being deleted has no account any more. */
  private String account(WorkspaceSid workspace) {
    return tenants.owner(workspace).map(AccountSid::value).orElse("");
  }
}
