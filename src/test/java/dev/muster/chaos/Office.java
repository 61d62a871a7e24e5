package dev.muster.chaos;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import dev.muster.local.Caller;
import dev.muster.local.Credentials;
import dev.muster.local.RebasingHttpClient;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A tenant with ready workers, whose tasks of each {@link Kind} go their ways.
 *
 * @param path of the workspace
 * @param inbound the workflow of most tasks, whose offers last 10 s
 * @param patient the workflow whose offers last a day
 * @param workers their sids
 */
record Office(
    String path, String workspaceSid, String inbound, String patient, List<String> workers) {

  private static final int WORKERS = 40;
  private static final int ROOM = 50;
  private static final int QUICK_SECONDS = 10;
  private static final int DAY_SECONDS = 86_400;

  static Office open(URI base, Credentials credentials, Caller caller) {
    var client = RebasingHttpClient.client(base, credentials.accountSid(), credentials.authToken());
    var workspace = Workspace.creator("Chaos").create(client).getSid();
    caller.post(
        "/muster/v1/Workspaces/" + workspace + "/Settings",
        "ReservationTimeoutMovesWorker",
        "false");
    var everyone =
        TaskQueue.creator(workspace, "Everyone").setTargetWorkers("1==1").create(client).getSid();
    var nobody =
        TaskQueue.creator(workspace, "Nobody").setTargetWorkers("1==2").create(client).getSid();
    var inbound =
        Workflow.creator(workspace, "Inbound", inbound(everyone, nobody))
            .setTaskReservationTimeout(QUICK_SECONDS)
            .create(client)
            .getSid();
    var patient =
        Workflow.creator(workspace, "Patient", inbound(everyone, nobody))
            .setTaskReservationTimeout(DAY_SECONDS)
            .create(client)
            .getSid();
    var available =
        Activity.reader(workspace).setFriendlyName("Available").read(client).iterator().next();
    var workers =
        IntStream.range(0, WORKERS)
            .mapToObj(number -> worker(client, workspace, available.getSid(), number))
            .toList();
    return new Office("/v1/Workspaces/" + workspace, workspace, inbound, patient, workers);
  }

  private static String worker(
      TwilioRestClient client, String workspace, String activity, int number) {
    var worker =
        Worker.creator(workspace, "Worker " + number)
            .setActivitySid(activity)
            .create(client)
            .getSid();
    for (var channel : WorkerChannel.reader(workspace, worker).read(client)) {
      if ("default".equals(channel.getTaskChannelUniqueName())) {
        WorkerChannel.updater(workspace, worker, channel.getSid()).setCapacity(ROOM).update(client);
      }
    }
    return worker;
  }

  private static String inbound(String everyone, String nobody) {
    return """
        {"task_routing": {
          "filters": [
            {"filter_friendly_name": "For nobody", "expression": "kind IN ['EXPIRES', 'CANCELED', 'WAITS']",
             "targets": [{"queue": "%s"}]},
            {"filter_friendly_name": "For nobody at first", "expression": "kind == 'ESCALATES'",
             "targets": [{"queue": "%s", "timeout": 3}, {"queue": "%s"}]}],
          "default_filter": {"queue": "%s"}}}
        """
        .formatted(nobody, nobody, everyone, everyone);
  }

  String workflowOf(Kind kind) {
    return kind == Kind.OFFERED ? patient : inbound;
  }

  /** The time to live in seconds: short where nobody will take the task. */
  static int lifeSeconds(Kind kind) {
    return switch (kind) {
      case EXPIRES -> 5;
      case CANCELED -> 20;
      default -> DAY_SECONDS;
    };
  }
}
