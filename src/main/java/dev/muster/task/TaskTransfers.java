package dev.muster.task;

import dev.muster.task.RoutingTarget.ToQueue;
import dev.muster.task.RoutingTarget.ToWorker;
import dev.muster.task.RoutingTarget.ToWorkflow;
import dev.muster.task.TaskForms.TaskUpdate;
import dev.muster.web.Refused;
import dev.muster.workflow.Admission;
import dev.muster.workflow.Admission.Entered;
import dev.muster.workflow.Admission.Nowhere;
import dev.muster.workflow.Admission.TurnedAway;
import dev.muster.workflow.Step;
import dev.muster.workspace.WorkspaceSid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets a worker hand a task on. The task stays assigned; its row goes through routing once more,
 * and what is offered of it is offered beside the reservation by which the worker has it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class TaskTransfers {

  private final TransferRows rows;
  private final TransferLife life;
  private final TaskEdits edits;
  private final TaskPlaces places;
  private final TaskMoves moves;

  TaskTransfers(
      TransferRows rows, TransferLife life, TaskEdits edits, TaskPlaces places, TaskMoves moves) {
    this.rows = rows;
    this.life = life;
    this.edits = edits;
    this.places = places;
    this.moves = moves;
  }

  @Transactional(propagation = Propagation.SUPPORTS)
  public Optional<Transfer> find(WorkspaceSid workspace, TransferSid sid) {
    return rows.find(workspace, sid);
  }

  /** The transfer that a task is in. */
  @Transactional(propagation = Propagation.SUPPORTS)
  public Optional<Transfer> present(Task task) {
    return task.isTransferred() ? life.present(task) : Optional.empty();
  }

  /**
   * Looks for the next worker of an assigned task, which is held, as are the places. The time to
   * live of the task counts anew, but not beyond the time for which a worker may have it.
   *
   * @throws Refused if there is no such target, it is the worker who hands the task on, the
   *     workflow has no place for it, the operator has closed every queue that it could wait in, or
   *     the task is handed on already
   */
  public Transfer begin(Task held, TransferRequest request, Instant now) {
    if (held.isTransferred()) {
      throw Refused.invalid(
          "Expected task %s to stay with its worker before it is handed on, but it is being handed on already",
          held.sid());
    }
    var leading = rows.target(held, request);
    edit(held, request, now);
    var transfer = rows.insert(held, request, now);
    var seeking = rows.seek(held, request, leading, now);
    life.begun(seeking, transfer, now);
    moves.handOn(seeking, place(seeking, request.to()), leading.version(), now);
    return transfer;
  }

  private void edit(Task held, TransferRequest request, Instant now) {
    if (request.attributes() != null || request.priority() != null) {
      edits.edit(
          held,
          new TaskUpdate(request.attributes(), null, null, request.priority(), null, null),
          now);
    }
  }

  private Entered place(Task seeking, RoutingTarget to) {
    return switch (to) {
      case ToWorker worker ->
          new Entered(
              Step.placed(seeking.queue()),
              seeking.priority(),
              List.of(),
              seeking.loweredBy(),
              false);
      case ToQueue queue -> entered(places.placed(seeking, queue.sid()), to);
      case ToWorkflow workflow -> entered(places.first(seeking, seeking.workflowVersion()), to);
    };
  }

  private static Entered entered(Admission admission, RoutingTarget to) {
    return switch (admission) {
      case Entered entered -> entered;
      case TurnedAway turnedAway ->
          throw Refused.invalid(
              "Expected %s to lead the task to an open queue, but every queue it could wait in is closed at present",
              to.value());
      case Nowhere nowhere ->
          throw Refused.invalid(
              "Expected a filter or the default filter of workflow %s to take the task, but none matches its attributes",
              to.value());
    };
  }

  /**
   * Takes back a transfer that is still on; the task, which is held, stays with its worker.
   *
   * @throws Refused if it is over
   */
  public Transfer cancel(Task held, Transfer transfer, Instant now) {
    if (transfer.status() != TransferStatus.INITIATED) {
      throw Refused.invalid(
          "Transfer %s is already %s . Cannot cancel transfer.",
          transfer.sid(), transfer.status().wireName());
    }
    life.cancel(held, now);
    return rows.find(held.workspace(), transfer.sid()).orElseThrow();
  }
}
