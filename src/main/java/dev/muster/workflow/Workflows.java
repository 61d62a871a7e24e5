package dev.muster.workflow;

import dev.muster.event.Event;
import dev.muster.event.Events;
import dev.muster.queue.TaskQueueSid;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.workflow.Published.WaitingTasks;
import dev.muster.workflow.WorkflowForms.NewWorkflow;
import dev.muster.workflow.WorkflowForms.WorkflowUpdate;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The workflows of workspaces. Every change of a configuration makes a new version; tasks keep the
 * one they have. A version keeps the queues that its document meant when it was made, whatever they
 * are called later; the document itself stays as the tenant gave it.
 */
@Service
public class Workflows {

  private static final Logger LOG = LoggerFactory.getLogger(Workflows.class);

  private static final int LIMIT = 1_000;
  private static final int COUNTED_TASKS = 1_001;

  private final WorkflowRows rows;
  private final Configurations configurations;
  private final Events events;
  private final Clock clock;
  private final ApplicationEventPublisher publisher;
  private final TransactionOperations transactions;

  Workflows(
      WorkflowRows rows,
      Configurations configurations,
      Events events,
      Clock clock,
      ApplicationEventPublisher publisher,
      TransactionOperations transactions) {
    this.rows = rows;
    this.configurations = configurations;
    this.events = events;
    this.clock = clock;
    this.publisher = publisher;
    this.transactions = transactions;
  }

  /**
   * Creates a workflow.
   *
   * @throws Refused if the document is not a valid instruction or names a queue that does not
   *     exist, the name is taken, or the workspace has 1,000 workflows
   */
  @Transactional
  public Published create(WorkspaceSid workspace, NewWorkflow form, Authorship authorship) {
    if (rows.count(workspace) >= LIMIT) {
      throw Refused.invalid(
          "Expected at most %d workflows in workspace %s, but it has them already",
          LIMIT, workspace);
    }
    var sid = WorkflowSid.next();
    var wanted = WorkflowSetup.of(form);
    var queues = configurations.check(workspace, sid, wanted.configuration(), Map.of());
    var now = clock.instant();
    try {
      rows.insert(workspace, sid, wanted, now);
    } catch (DuplicateKeyException taken) {
      throw nameTaken();
    }
    rows.addVersion(workspace, sid, 1, wanted.configuration(), queues, authorship, now);
    record(workspace, "workflow.created", sid, wanted.friendlyName(), now);
    LOG.info("Workflow {} created", sid);
    return new Published(get(workspace, sid), WaitingTasks.NONE);
  }

  public Optional<Workflow> find(WorkspaceSid workspace, WorkflowSid sid) {
    return rows.find(workspace, sid);
  }

  /**
   * The workflow.
   *
   * @throws Refused as not found
   */
  public Workflow get(WorkspaceSid workspace, WorkflowSid sid) {
    return find(workspace, sid).orElseThrow(Refused::notFound);
  }

  private Workflow hold(WorkspaceSid workspace, WorkflowSid sid) {
    return rows.hold(workspace, sid).orElseThrow(Refused::notFound);
  }

  /** Workflows in the order of their creation; of one name, whatever its case, if one is given. */
  public Page<Workflow> list(WorkspaceSid workspace, @Nullable String name, PageRequest page) {
    return rows.list(workspace, name, page);
  }

  /**
   * Changes what is given; a new configuration makes a new version. With {@code ReEvaluateTasks}
   * the waiting tasks, and those that are created meanwhile, are run through the present version
   * from the top, otherwise they keep the version they have. That begins when the change is
   * committed, and goes on by itself where more wait than a request can wait for.
   *
   * @throws Refused as not found; otherwise as {@link #create} does
   */
  public Published update(
      WorkspaceSid workspace, WorkflowSid sid, WorkflowUpdate form, Authorship authorship) {
    return commit(
        workspace,
        Boolean.TRUE.equals(form.reEvaluateTasks()),
        () -> update(workspace, sid, form, authorship, Map.of()));
  }

  private Published commit(
      WorkspaceSid workspace, boolean reEvaluateTasks, Supplier<Workflow> change) {
    var after =
        transactions.execute(
            transaction -> {
              var changed = change.get();
              if (reEvaluateTasks) {
                publisher.publishEvent(
                    new WorkflowChanged(workspace, changed.sid(), changed.version()));
              }
              return changed;
            });
    if (reEvaluateTasks) {
      publisher.publishEvent(new ReevaluationDue(workspace, after.sid()));
    }
    return new Published(after, rows.waitingTasks(workspace, after.sid(), after.version()));
  }

  private Workflow update(
      WorkspaceSid workspace,
      WorkflowSid sid,
      WorkflowUpdate form,
      Authorship authorship,
      Map<String, TaskQueueSid> meant) {
    var before = hold(workspace, sid);
    var wanted = WorkflowSetup.of(before).with(form);
    return wanted.equals(WorkflowSetup.of(before))
        ? before
        : change(workspace, before, wanted, authorship, meant);
  }

  private Workflow change(
      WorkspaceSid workspace,
      Workflow before,
      WorkflowSetup wanted,
      Authorship authorship,
      Map<String, TaskQueueSid> meant) {
    var sid = before.sid();
    var now = clock.instant();
    var version = before.version();
    if (!wanted.configuration().equals(before.configuration())) {
      version++;
      var queues = configurations.check(workspace, sid, wanted.configuration(), meant);
      rows.addVersion(workspace, sid, version, wanted.configuration(), queues, authorship, now);
    }
    try {
      rows.update(workspace, sid, wanted, version, now);
    } catch (DuplicateKeyException taken) {
      throw nameTaken();
    }
    record(workspace, "workflow.updated", sid, wanted.friendlyName(), now);
    LOG.info("Workflow {} changed, its version is {}", sid, version);
    return get(workspace, sid);
  }

  /**
   * Gives a workflow a new configuration, as {@link #update} does, if it still is at the version
   * that the draft was made from.
   */
  public Published publish(WorkspaceSid workspace, WorkflowSid sid, Draft draft) {
    return commit(
        workspace, draft.reEvaluateTasks(), () -> publish(workspace, sid, draft, Map.of()));
  }

  /**
   * As {@link #publish}, with the document of an earlier version: by its names it means the queues
   * that it meant then.
   *
   * @throws Refused if the version is the present one; otherwise as {@link #update} does
   */
  Published publishAgain(WorkspaceSid workspace, WorkflowSid sid, Draft draft, int version) {
    return commit(
        workspace,
        draft.reEvaluateTasks(),
        () -> {
          if (hold(workspace, sid).version() == version) {
            throw Refused.invalid(
                "Expected an earlier version to go back to, but %d is the present one of workflow %s",
                version, sid);
          }
          return publish(workspace, sid, draft, rows.queues(workspace, sid, version));
        });
  }

  private Workflow publish(
      WorkspaceSid workspace, WorkflowSid sid, Draft draft, Map<String, TaskQueueSid> meant) {
    draft.expected().check(hold(workspace, sid).version());
    var form =
        new WorkflowUpdate(null, draft.configuration(), null, null, null, draft.reEvaluateTasks());
    return update(workspace, sid, form, draft.authorship(), meant);
  }

  /**
   * Deletes a workflow.
   *
   * @throws Refused as not found; as invalid while tasks that are not over belong to it
   */
  @Transactional
  public void delete(WorkspaceSid workspace, WorkflowSid sid) {
    var present = rows.hold(workspace, sid).orElseThrow(Refused::notFound);
    var live = rows.liveTasks(workspace, sid, COUNTED_TASKS);
    if (live > 0) {
      throw Refused.invalid(
          "Expected workflow %s to have no live tasks before it is deleted, but it has %s: complete or cancel them first",
          sid, live == COUNTED_TASKS ? "more than 1,000" : live);
    }
    rows.delete(workspace, sid);
    record(workspace, "workflow.deleted", sid, present.friendlyName(), clock.instant());
    LOG.info("Workflow {} deleted", sid);
  }

  private void record(
      WorkspaceSid workspace, String type, WorkflowSid sid, String name, Instant now) {
    events.record(
        Event.of(
            workspace.value(),
            type,
            sid.value(),
            now,
            Map.of("workflow_sid", sid.value(), "workflow_name", name)));
  }

  private static Refused nameTaken() {
    return Refused.invalid("Workflow with the same friendly name already exists");
  }
}
