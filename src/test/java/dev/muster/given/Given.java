package dev.muster.given;

import static org.awaitility.Awaitility.await;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.local.RebasingHttpClient;
import dev.muster.web.Wire;
import dev.muster.workspace.WorkspaceSid;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** One tenant's workspace, as the SDK sees it and as the wire does. */
public record Given(String workspace, TwilioRestClient client, Wire wire) {

  static Given workspaceOf(Wire tenant) {
    var client = RebasingHttpClient.client(tenant.base(), tenant.user(), tenant.password());
    return new Given(Workspace.creator("Support").create(client).getSid(), client, tenant);
  }

  public WorkspaceSid workspaceSid() {
    return WorkspaceSid.of(workspace);
  }

  /** The path of something in the workspace. */
  public String path(String... steps) {
    return "/v1/Workspaces/" + workspace + "/" + String.join("/", steps);
  }

  public String activity(String name) {
    var activities = Activity.reader(workspace).setFriendlyName(name).read(client);
    return activities.iterator().next().getSid();
  }

  public Worker worker(String name, String attributes) {
    return Worker.creator(workspace, name).setAttributes(attributes).create(client);
  }

  public Worker availableWorker(String name, String attributes) {
    return Worker.creator(workspace, name)
        .setAttributes(attributes)
        .setActivitySid(activity("Available"))
        .create(client);
  }

  public TaskQueue queue(String name, String targetWorkers) {
    return TaskQueue.creator(workspace, name).setTargetWorkers(targetWorkers).create(client);
  }

  /** A workflow whose filters and default filter are given as JSON. */
  public Workflow workflow(String name, String filters, TaskQueue fallback) {
    var configuration =
        """
        {"task_routing": {"filters": [%s], "default_filter": {"queue": "%s"}}}"""
            .formatted(filters, fallback.getSid());
    return Workflow.creator(workspace, name, configuration).create(client);
  }

  public Task task(Workflow workflow, String attributes) {
    return Task.creator(workspace)
        .setWorkflowSid(workflow.getSid())
        .setAttributes(attributes)
        .create(client);
  }

  public Task present(Task task) {
    return Task.fetcher(workspace, task.getSid()).fetch(client);
  }

  public Worker present(Worker worker) {
    return Worker.fetcher(workspace, worker.getSid()).fetch(client);
  }

  /** The reservations of a task, first to last. */
  public List<Reservation> reservations(Task task) {
    var reservations = new ArrayList<Reservation>();
    Reservation.reader(workspace, task.getSid()).read(client).forEach(reservations::add);
    return reservations;
  }

  /** The one pending reservation of a task, once there is one. */
  public Reservation awaitOffer(Task task) {
    return await("an offer of " + task.getSid())
        .atMost(Duration.ofSeconds(10))
        .until(() -> pending(task), offers -> !offers.isEmpty())
        .getFirst();
  }

  public List<Reservation> pending(Task task) {
    return reservations(task).stream()
        .filter(each -> each.getReservationStatus() == Reservation.Status.PENDING)
        .toList();
  }

  public Reservation answer(Reservation reservation, Reservation.Status status) {
    return Reservation.updater(workspace, reservation.getTaskSid(), reservation.getSid())
        .setReservationStatus(status)
        .update(client);
  }

  public Task complete(Task task) {
    return Task.updater(workspace, task.getSid())
        .setAssignmentStatus(Task.Status.COMPLETED)
        .setReason("done")
        .update(client);
  }

  public void move(Worker worker, String activity) {
    Worker.updater(workspace, worker.getSid()).setActivitySid(activity(activity)).update(client);
  }

  /** Gets with names and values, one after the other, in the query. */
  public Wire.Answer get(String path, String... query) {
    return wire.get(query.length == 0 ? path : path + "?" + encoded(query));
  }

  public Wire.Answer postIfMatch(String version, String path, String... form) {
    return wire.send(
        wire.request(path)
            .header("If-Match", version)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form))));
  }

  public Wire.Answer deleteIfMatch(String version, String path) {
    return wire.send(wire.request(path).header("If-Match", version).DELETE());
  }

  private static String encoded(String... pairs) {
    var text = new StringJoiner("&");
    for (var i = 0; i < pairs.length; i += 2) {
      text.add(pairs[i] + "=" + URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return text.toString();
  }
}
