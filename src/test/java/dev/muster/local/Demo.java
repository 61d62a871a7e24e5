package dev.muster.local;

import static org.awaitility.Awaitility.await;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import java.net.URI;
import java.time.Duration;

/**
 * A small call centre, set up and used through the official SDK as a customer would.
 *
 * <p>Everything is found again by its name, so playing twice, or again after an interruption, makes
 * nothing twice.
 */
final class Demo {

  /**
   * What a first visitor needs to go on by hand: a task of this workflow with the language {@code
   * es} is offered to this worker, who always has room for it.
   */
  record Played(String workspaceSid, String workflowSid, String workerSid) {}

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ROOM = 50;

  private final TwilioRestClient client;
  private final String workspace;

  private Demo(TwilioRestClient client, String workspace) {
    this.client = client;
    this.workspace = workspace;
  }

  /** Makes the workspace "Demo" unless it is there, and plays a few tasks in a new one. */
  static Played play(URI base, String accountSid, String authToken) {
    var client = RebasingHttpClient.client(base, accountSid, authToken);
    return new Demo(client, workspace(client)).play();
  }

  private static String workspace(TwilioRestClient client) {
    for (var found : Workspace.reader().setFriendlyName("Demo").read(client)) {
      return found.getSid();
    }
    return Workspace.creator("Demo").create(client).getSid();
  }

  private Played play() {
    var available = activity("Available", true);
    activity("Break", false);
    var spanish = queue("Spanish", "language HAS \"es\"");
    var everyone = queue("Everyone", "1==1");
    var workflow = workflow("By language", configuration(spanish, everyone));
    worker("Alice", available, "{\"language\":[\"en\"]}");
    worker("Ben", available, "{\"language\":[\"en\",\"fr\"]}");
    var carmen = worker("Carmen", available, "{\"language\":[\"es\"]}");
    giveRoom(carmen);
    if (!Task.reader(workspace).limit(1).read(client).iterator().hasNext()) {
      complete(task(workflow, "{\"language\":\"es\",\"subject\":\"Una factura\"}"));
      complete(task(workflow, "{\"language\":\"es\",\"subject\":\"Una reclamación\"}"));
      complete(task(workflow, "{\"language\":\"en\",\"subject\":\"A refund\"}"));
      task(workflow, "{\"language\":\"en\",\"subject\":\"A new contract\"}");
    }
    return new Played(workspace, workflow, carmen);
  }

  private String activity(String name, boolean available) {
    for (var found : Activity.reader(workspace).setFriendlyName(name).read(client)) {
      return found.getSid();
    }
    return Activity.creator(workspace, name).setAvailable(available).create(client).getSid();
  }

  private String queue(String name, String targetWorkers) {
    for (var found : TaskQueue.reader(workspace).setFriendlyName(name).read(client)) {
      return found.getSid();
    }
    return TaskQueue.creator(workspace, name)
        .setTargetWorkers(targetWorkers)
        .create(client)
        .getSid();
  }

  private String workflow(String name, String configuration) {
    for (var found : Workflow.reader(workspace).setFriendlyName(name).read(client)) {
      return found.getSid();
    }
    return Workflow.creator(workspace, name, configuration).create(client).getSid();
  }

  private static String configuration(String spanish, String everyone) {
    return """
        {"task_routing": {
          "filters": [
            {"filter_friendly_name": "Spanish", "expression": "language == 'es'",
             "targets": [{"queue": "%s", "priority": 5, "timeout": 600}]},
            {"filter_friendly_name": "Anything else", "expression": "1==1",
             "targets": [{"queue": "%s", "expression": "task.language IN worker.language"}]}
          ],
          "default_filter": {"queue": "%s"}
        }}
        """
        .formatted(spanish, everyone, everyone);
  }

  /** Who let an offer lapse since the last time is available again. */
  private String worker(String name, String activity, String attributes) {
    for (var found : Worker.reader(workspace).setFriendlyName(name).read(client)) {
      return Worker.updater(workspace, found.getSid())
          .setActivitySid(activity)
          .update(client)
          .getSid();
    }
    return Worker.creator(workspace, name)
        .setActivitySid(activity)
        .setAttributes(attributes)
        .create(client)
        .getSid();
  }

  private void giveRoom(String worker) {
    for (var channel : WorkerChannel.reader(workspace, worker).read(client)) {
      if ("default".equals(channel.getTaskChannelUniqueName())) {
        WorkerChannel.updater(workspace, worker, channel.getSid()).setCapacity(ROOM).update(client);
      }
    }
  }

  private String task(String workflow, String attributes) {
    return Task.creator(workspace)
        .setWorkflowSid(workflow)
        .setAttributes(attributes)
        .create(client)
        .getSid();
  }

  private void complete(String task) {
    var reservation = await().atMost(PATIENCE).until(() -> pending(task), sid -> !sid.isEmpty());
    Reservation.updater(workspace, task, reservation)
        .setReservationStatus(Reservation.Status.ACCEPTED)
        .update(client);
    Task.updater(workspace, task)
        .setAssignmentStatus(Task.Status.COMPLETED)
        .setReason("Solved")
        .update(client);
  }

  /** The sid of the reservation that waits for an answer; empty if there is none yet. */
  private String pending(String task) {
    for (var reservation : Reservation.reader(workspace, task).read(client)) {
      if (reservation.getReservationStatus() == Reservation.Status.PENDING) {
        return reservation.getSid();
      }
    }
    return "";
  }
}
