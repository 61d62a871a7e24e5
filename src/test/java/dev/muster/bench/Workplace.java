package dev.muster.bench;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import dev.muster.local.Credentials;
import dev.muster.local.RebasingHttpClient;
import java.net.URI;

/**
 * A tenant with one workflow, two queues and ready workers.
 *
 * @param path of the workspace
 */
record Workplace(String path, String workspaceSid, String workflowSid) {

  private static final int ROOM = 50;
  private static final String[] ATTRIBUTES = {
    "{\"language\":\"es\",\"subject\":\"Una factura\"}",
    "{\"type\":\"claim\",\"amount\":5000,\"language\":\"en\"}",
    "{\"type\":\"chat\",\"language\":\"en\"}"
  };

  /** Attributes for the nth task; each of the workflow's ways is taken by a third. */
  static String attributes(long number) {
    return ATTRIBUTES[(int) (number % ATTRIBUTES.length)];
  }

  /** Opens one, through the official SDK. */
  static Workplace open(URI base, Credentials credentials) {
    var client = RebasingHttpClient.client(base, credentials.accountSid(), credentials.authToken());
    var workspace = Workspace.creator("Benchmark").create(client).getSid();
    var spanish = queue(client, workspace, "Spanish", "language HAS \"es\"");
    var everyone = queue(client, workspace, "Everyone", "1==1");
    var workflow =
        Workflow.creator(workspace, "Inbound", configuration(spanish, everyone)).create(client);
    var available =
        Activity.reader(workspace).setFriendlyName("Available").read(client).iterator().next();
    for (var i = 0; i < BenchSettings.WORKERS; i++) {
      worker(client, workspace, available.getSid(), i);
    }
    return new Workplace("/v1/Workspaces/" + workspace, workspace, workflow.getSid());
  }

  private static String queue(
      TwilioRestClient client, String workspace, String name, String targetWorkers) {
    return TaskQueue.creator(workspace, name)
        .setTargetWorkers(targetWorkers)
        .create(client)
        .getSid();
  }

  private static String configuration(String spanish, String everyone) {
    return """
        {"task_routing": {
          "filters": [
            {"filter_friendly_name": "Spanish", "expression": "language == 'es'",
             "targets": [{"queue": "%s", "priority": 10}]},
            {"filter_friendly_name": "Difficult", "expression": "type == 'claim' AND amount > 1000",
             "targets": [{"queue": "%s", "expression": "worker.level >= 2", "priority": 5}]}],
          "default_filter": {"queue": "%s"}}}
        """
        .formatted(spanish, everyone, everyone);
  }

  /** Every second speaks Spanish; levels are 1 to 3. */
  private static void worker(
      TwilioRestClient client, String workspace, String activity, int number) {
    var languages = number % 2 == 0 ? "[\"en\",\"es\"]" : "[\"en\"]";
    var worker =
        Worker.creator(workspace, "Worker " + number)
            .setActivitySid(activity)
            .setAttributes("{\"language\":%s,\"level\":%d}".formatted(languages, 1 + number % 3))
            .create(client)
            .getSid();
    for (var channel : WorkerChannel.reader(workspace, worker).read(client)) {
      if ("default".equals(channel.getTaskChannelUniqueName())) {
        WorkerChannel.updater(workspace, worker, channel.getSid()).setCapacity(ROOM).update(client);
      }
    }
  }
}
