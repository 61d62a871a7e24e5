package dev.muster.channel;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.account.AccountSid;
import dev.muster.queue.TaskOrder;
import dev.muster.queue.TaskQueue;
import dev.muster.queue.TaskQueueSid;
import dev.muster.reservation.Reservation;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.ReservationStatus;
import dev.muster.task.Task;
import dev.muster.task.TaskSid;
import dev.muster.task.Transfer;
import dev.muster.task.TransferSid;
import dev.muster.worker.Worker;
import dev.muster.worker.WorkerChannel;
import dev.muster.worker.WorkerChannelSid;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Activity;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.TaskChannelSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the worker SDK is sent. It wants every key, and instants as whole seconds since 1970, but
 * for {@code last_reserved_time}, which is in milliseconds.
 */
final class Payloads {

  private Payloads() {}

  record ActivityPayload(
      ActivitySid sid,
      AccountSid accountSid,
      WorkspaceSid workspaceSid,
      String friendlyName,
      boolean available,
      long dateCreated,
      long dateUpdated) {

    static ActivityPayload of(Activity activity, Tenant tenant) {
      return new ActivityPayload(
          activity.sid(),
          tenant.account(),
          tenant.workspace(),
          activity.friendlyName(),
          activity.available(),
          activity.createdAt().getEpochSecond(),
          activity.updatedAt().getEpochSecond());
    }
  }

  record WorkerPayload(
      WorkerSid sid,
      AccountSid accountSid,
      WorkspaceSid workspaceSid,
      String friendlyName,
      String attributes,
      ActivitySid activitySid,
      String activityName,
      boolean available,
      int version,
      long dateCreated,
      long dateUpdated,
      long dateStatusChanged) {

    static WorkerPayload of(Worker worker, Tenant tenant) {
      return new WorkerPayload(
          worker.sid(),
          tenant.account(),
          tenant.workspace(),
          worker.friendlyName(),
          worker.attributes(),
          worker.activitySid(),
          worker.activityName(),
          worker.available(),
          worker.version(),
          worker.createdAt().getEpochSecond(),
          worker.updatedAt().getEpochSecond(),
          worker.statusChangedAt().getEpochSecond());
    }

    WorkerPayload at(int version) {
      return new WorkerPayload(
          sid,
          accountSid,
          workspaceSid,
          friendlyName,
          attributes,
          activitySid,
          activityName,
          available,
          version,
          dateCreated,
          dateUpdated,
          dateStatusChanged);
    }
  }

  record WorkerChannelPayload(
      WorkerChannelSid sid,
      AccountSid accountSid,
      WorkspaceSid workspaceSid,
      WorkerSid workerSid,
      TaskChannelSid taskChannelSid,
      String taskChannelUniqueName,
      int configuredCapacity,
      int assignedTasks,
      boolean available,
      int availableCapacityPercentage,
      long lastReservedTime,
      long dateCreated,
      long dateUpdated) {

    static WorkerChannelPayload of(WorkerChannel channel, Tenant tenant) {
      return new WorkerChannelPayload(
          channel.sid(),
          tenant.account(),
          tenant.workspace(),
          channel.workerSid(),
          channel.taskChannelSid(),
          channel.taskChannelUniqueName(),
          channel.capacity(),
          channel.assigned(),
          channel.available(),
          channel.availableCapacityPercentage(),
          channel.idleSince().toEpochMilli(),
          channel.createdAt().getEpochSecond(),
          channel.updatedAt().getEpochSecond());
    }
  }

  record TaskQueuePayload(
      TaskQueueSid sid,
      AccountSid accountSid,
      WorkspaceSid workspaceSid,
      String friendlyName,
      String targetWorkers,
      int maxReservedWorkers,
      TaskOrder taskOrder,
      boolean lifoQueue,
      @Nullable ActivitySid reservationActivitySid,
      @Nullable String reservationActivityName,
      @Nullable ActivitySid assignmentActivitySid,
      @Nullable String assignmentActivityName,
      long dateCreated,
      long dateUpdated) {

    static TaskQueuePayload of(TaskQueue queue, Tenant tenant) {
      var reservation = queue.reservationActivity();
      var assignment = queue.assignmentActivity();
      return new TaskQueuePayload(
          queue.sid(),
          tenant.account(),
          tenant.workspace(),
          queue.friendlyName(),
          queue.targetWorkers(),
          queue.maxReservedWorkers(),
          queue.taskOrder(),
          queue.taskOrder() == TaskOrder.LIFO,
          reservation == null ? null : reservation.sid(),
          reservation == null ? null : reservation.friendlyName(),
          assignment == null ? null : assignment.sid(),
          assignment == null ? null : assignment.friendlyName(),
          queue.createdAt().getEpochSecond(),
          queue.updatedAt().getEpochSecond());
    }
  }

  record ReservationPayload(
      ReservationSid sid,
      AccountSid accountSid,
      WorkspaceSid workspaceSid,
      WorkerSid workerSid,
      String workerName,
      TaskSid taskSid,
      TaskChannelSid taskChannelSid,
      ReservationStatus reservationStatus,
      long reservationTimeout,
      int version,
      long dateCreated,
      long dateUpdated,
      TaskPayload task,
      @JsonInclude(NON_NULL) @Nullable TransferPayload taskTransfer,
      @JsonInclude(NON_NULL) @Nullable TransferPayload activeOutgoingTaskTransfer) {

    /**
     * @param transfer what the task is in: the worker hands it on, or is asked to take it
     */
    static ReservationPayload of(
        Reservation reservation,
        TaskPayload task,
        @Nullable TransferPayload transfer,
        Tenant tenant) {
      var outgoing = transfer != null && transfer.isBy(reservation);
      return new ReservationPayload(
          reservation.sid(),
          tenant.account(),
          tenant.workspace(),
          reservation.worker(),
          reservation.workerName(),
          reservation.task(),
          reservation.channel(),
          reservation.status(),
          Duration.between(reservation.createdAt(), reservation.expiresAt()).toSeconds(),
          reservation.version(),
          reservation.createdAt().getEpochSecond(),
          reservation.updatedAt().getEpochSecond(),
          task,
          outgoing ? null : transfer,
          outgoing ? transfer : null);
    }

    ReservationPayload at(int version) {
      return at(version, reservationStatus, dateUpdated);
    }

    ReservationPayload at(int version, ReservationStatus status, long updated) {
      return new ReservationPayload(
          sid,
          accountSid,
          workspaceSid,
          workerSid,
          workerName,
          taskSid,
          taskChannelSid,
          status,
          reservationTimeout,
          version,
          dateCreated,
          updated,
          task,
          taskTransfer,
          activeOutgoingTaskTransfer);
    }
  }

  record TransferPayload(
      TransferSid sid,
      AccountSid accountSid,
      WorkspaceSid workspaceSid,
      TaskSid taskSid,
      String transferMode,
      String transferType,
      String transferTo,
      String transferStatus,
      @Nullable String transferFailedReason,
      String initiatingReservationSid,
      WorkerSid initiatingWorkerSid,
      TaskQueueSid initiatingQueueSid,
      WorkflowSid initiatingWorkflowSid,
      long dateCreated,
      long dateUpdated) {

    static TransferPayload of(Transfer transfer, Tenant tenant) {
      return new TransferPayload(
          transfer.sid(),
          tenant.account(),
          tenant.workspace(),
          transfer.task(),
          transfer.mode().name(),
          transfer.type(),
          transfer.to().value(),
          transfer.status().wireName(),
          transfer.failedReason(),
          transfer.initiatingReservation(),
          transfer.initiatingWorker(),
          transfer.initiatingQueue(),
          transfer.initiatingWorkflow(),
          transfer.createdAt().getEpochSecond(),
          transfer.updatedAt().getEpochSecond());
    }

    boolean isBy(Reservation reservation) {
      return initiatingReservationSid.equals(reservation.sid().value());
    }

    TransferPayload at(String status, long updated) {
      return new TransferPayload(
          sid,
          accountSid,
          workspaceSid,
          taskSid,
          transferMode,
          transferType,
          transferTo,
          status,
          transferFailedReason,
          initiatingReservationSid,
          initiatingWorkerSid,
          initiatingQueueSid,
          initiatingWorkflowSid,
          dateCreated,
          updated);
    }
  }

  record TaskPayload(
      TaskSid sid,
      AccountSid accountSid,
      WorkspaceSid workspaceSid,
      String attributes,
      String addons,
      long age,
      int priority,
      @Nullable String reason,
      String assignmentStatus,
      int timeout,
      @Nullable TaskChannelSid taskChannelSid,
      @Nullable String taskChannelUniqueName,
      TaskQueueSid queueSid,
      @Nullable String queueName,
      @Nullable String workflowSid,
      @Nullable String workflowName,
      @Nullable String routingTarget,
      int version,
      long virtualStartTime,
      long dateCreated,
      long dateUpdated) {

    static TaskPayload of(Task task, Tenant tenant, Instant now) {
      return new TaskPayload(
          task.sid(),
          tenant.account(),
          tenant.workspace(),
          task.attributes(),
          "{}",
          Math.max(0, Duration.between(task.createdAt(), now).toSeconds()),
          task.priority(),
          task.reason(),
          task.status().wireName(),
          task.timeoutSeconds(),
          task.channel(),
          task.channelName(),
          task.queue(),
          task.queueName(),
          task.workflow().value(),
          task.workflowName(),
          task.routingTarget(),
          task.version(),
          task.virtualStartAt().getEpochSecond(),
          task.createdAt().getEpochSecond(),
          task.updatedAt().getEpochSecond());
    }

    /** What a reservation still knows of its task after that was deleted. */
    static TaskPayload deleted(Reservation reservation, Tenant tenant, Instant now) {
      var created = reservation.createdAt();
      return new TaskPayload(
          reservation.task(),
          tenant.account(),
          tenant.workspace(),
          "{}",
          "{}",
          Math.max(0, Duration.between(created, now).toSeconds()),
          0,
          null,
          "canceled",
          0,
          reservation.channel(),
          null,
          reservation.queue(),
          null,
          null,
          null,
          null,
          0,
          created.getEpochSecond(),
          created.getEpochSecond(),
          reservation.updatedAt().getEpochSecond());
    }
  }
}
