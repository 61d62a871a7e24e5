package dev.muster.proof;

import dev.muster.proof.Client.Request;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * One tenant's workspace in a proof, and what stays the same in it.
 *
 * @param queues the first reserves one worker at once, the second two, the third three
 * @param multitasking whether workers may have several tasks at once; else those who are asked are
 *     Reserved, and those who accepted Busy
 * @param activities their sids by name
 * @param versions what the versions of its workflow mean, as far as they were looked up
 */
record Site(
    Client client,
    Snapshots snapshots,
    boolean multitasking,
    String workspace,
    List<String> queues,
    String workflow,
    Map<String, String> activities,
    Map<Integer, Instructions> versions) {

  static final int RESERVATION_TIMEOUT_SECONDS = 30;
  static final List<String> TARGET_WORKERS = List.of("1==1", "language == 'es'", "level > 1", "");

  /** Opens one without workers. */
  static Site open(Client client, Snapshots snapshots, boolean multitasking) {
    var workspace =
        client.sid(
            Request.post(
                "/v1/Workspaces",
                "FriendlyName",
                "Proof",
                "MultiTaskEnabled",
                String.valueOf(multitasking)));
    var path = "/v1/Workspaces/" + workspace;
    var activities = new TreeMap<String, String>();
    for (var name : List.of("Available", "Offline", "Unavailable")) {
      var list = path + "/Activities?FriendlyName=" + name;
      activities.put(name, client.sid(new Request("GET", list, null, List.of())));
    }
    for (var name : List.of("Reserved", "Busy")) {
      var created = Request.post(path + "/Activities", "FriendlyName", name, "Available", "false");
      activities.put(name, client.sid(created));
    }
    var queues =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    client.sid(
                        Request.post(
                            path + "/TaskQueues",
                            "FriendlyName",
                            "Queue " + i,
                            "TargetWorkers",
                            TARGET_WORKERS.get(i),
                            "MaxReservedWorkers",
                            String.valueOf(i + 1),
                            "ReservationActivitySid",
                            activities.get("Reserved"),
                            "AssignmentActivitySid",
                            activities.get("Busy"))))
            .toList();
    var workflow =
        client.sid(
            Request.post(
                path + "/Workflows",
                "FriendlyName",
                "Workflow",
                "TaskReservationTimeout",
                String.valueOf(RESERVATION_TIMEOUT_SECONDS),
                "Configuration",
                Instructions.ALL.getFirst().configuration(queues)));
    return new Site(
        client,
        snapshots,
        multitasking,
        workspace,
        queues,
        workflow,
        activities,
        new ConcurrentHashMap<>());
  }

  String path(String... steps) {
    return "/v1/Workspaces/" + workspace + "/" + String.join("/", steps);
  }

  String transfers(String worker) {
    return "/muster/v1/Workspaces/" + workspace + "/Workers/" + worker + "/Transfers";
  }

  String activity(String name) {
    return activities.getOrDefault(name, "");
  }

  Snapshot present() {
    return snapshots.of(workspace);
  }

  Instructions instructions(int version) {
    return versions.computeIfAbsent(
        version, number -> Instructions.of(snapshots.configuration(workspace, number)));
  }

  boolean available(String activity) {
    return activity.equals(activity("Available"));
  }

  void close() {
    client.send(Request.delete("/v1/Workspaces/" + workspace));
  }
}
