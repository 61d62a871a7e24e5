package dev.muster.acceptance;

import static org.awaitility.Awaitility.await;

import com.twilio.base.ResourceSet;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.worker.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.worker.ReservationUpdater;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One tenant's contact centre, seen through the official SDK and nothing else. */
final class Floor {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final TwilioRestClient client;
  final String workspace;

  private Floor(TwilioRestClient client, String workspace) {
    this.client = client;
    this.workspace = workspace;
  }

  static Floor open(TwilioRestClient client, String name) {
    return new Floor(client, Workspace.creator(name).create(client).getSid());
  }

  Activity activity(String name) {
    return Activity.reader(workspace).setFriendlyName(name).read(client).iterator().next();
  }

  TaskQueue queue(String name, String targetWorkers) {
    return TaskQueue.creator(workspace, name).setTargetWorkers(targetWorkers).create(client);
  }

  Workflow workflow(String configuration, int reservationTimeoutSeconds) {
    return Workflow.creator(workspace, "Inbound", configuration)
        .setTaskReservationTimeout(reservationTimeoutSeconds)
        .create(client);
  }

  Worker worker(String name, String attributes) {
    return Worker.creator(workspace, name).setAttributes(attributes).create(client);
  }

  Worker move(Worker worker, Activity activity) {
    return Worker.updater(workspace, worker.getSid())
        .setActivitySid(activity.getSid())
        .update(client);
  }

  Worker present(Worker worker) {
    return Worker.fetcher(workspace, worker.getSid()).fetch(client);
  }

  Task task(String workflow, String attributes) {
    return Task.creator(workspace)
        .setWorkflowSid(workflow)
        .setAttributes(attributes)
        .create(client);
  }

  Task present(Task task) {
    return Task.fetcher(workspace, task.getSid()).fetch(client);
  }

  List<Task> tasks(Task.Status status) {
    return all(Task.reader(workspace).setAssignmentStatus(List.of(status.toString())).read(client));
  }

  Reservation awaitOffer(Worker worker) {
    return await("an offer to " + worker.getFriendlyName())
        .atMost(PATIENCE)
        .until(() -> offer(worker), Optional::isPresent)
        .orElseThrow();
  }

  Optional<Reservation> offer(Worker worker) {
    return all(
            Reservation.reader(workspace, worker.getSid())
                .setReservationStatus(Reservation.Status.PENDING)
                .read(client))
        .stream()
        .findFirst();
  }

  Reservation present(Reservation reservation) {
    return Reservation.fetcher(workspace, reservation.getWorkerSid(), reservation.getSid())
        .fetch(client);
  }

  Reservation answer(Reservation reservation, Reservation.Status status) {
    return updater(reservation).setReservationStatus(status).update(client);
  }

  ReservationUpdater updater(Reservation reservation) {
    return Reservation.updater(workspace, reservation.getWorkerSid(), reservation.getSid());
  }

  Task complete(String taskSid, String reason) {
    return Task.updater(workspace, taskSid)
        .setAssignmentStatus(Task.Status.COMPLETED)
        .setReason(reason)
        .update(client);
  }

  static <T extends com.twilio.base.Resource> List<T> all(ResourceSet<T> set) {
    var items = new ArrayList<T>();
    set.forEach(items::add);
    return items;
  }
}
