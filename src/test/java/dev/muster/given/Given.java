package dev.muster.given;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import dev.muster.workspace.WorkspaceSid;

/** One tenant: an account with a workspace, as the SDK sees it and as the wire does. */
public record Given(String account, String workspace, TwilioRestClient client, Wire wire) {

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
}
