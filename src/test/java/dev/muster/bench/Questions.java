package dev.muster.bench;

import dev.muster.local.Caller;
import java.util.function.Consumer;

/**
 * How long analysts wait for an answer: why a task waits in a queue of 5,000 members, what a change
 * would have done to the last 10,000 tasks, and what is odd about it.
 *
 * @param explanation the first page, of 50 members
 * @param members all members, in pages of 1,000, until the last has come
 */
record Questions(
    Percentiles explanation, Percentiles members, Percentiles dryRun, Percentiles validation) {

  static final int MEMBERS = 5_000;
  static final int TASKS = 10_000;

  private static final int WARM_UP = 20;
  private static final int EXPLANATIONS = 200;
  private static final int TURNS = 10;

  /** Nobody is good enough, so that the reason of every member is a part of the expression. */
  private static final String INSTRUCTION =
      """
      {"task_routing": {
        "filters": [
          {"filter_friendly_name": "Spanish", "expression": "language == 'es' AND NOT (tier IN ['trial'])",
           "targets": [{"queue": "%1$s", "expression": "worker.level >= task.level AND worker.languages HAS 'es'"}]},
          {"filter_friendly_name": "Difficult", "expression": "type == 'claim' AND amount > 1000",
           "targets": [{"queue": "%1$s", "expression": "worker.level >= 9", "priority": 5}]}],
        "default_filter": {"queue": "%1$s", "expression": "worker.level >= 9"}}}
      """;

  static Questions measure(Caller caller, Consumer<String> progress) {
    var place = open(caller, progress);
    var task = place.newest(caller);
    var explanation = new Percentiles();
    var members = new Percentiles();
    var dryRun = new Percentiles();
    var validation = new Percentiles();
    var explain = place.beyond() + "/Tasks/" + task + "/Explanation";
    for (var i = -WARM_UP; i < EXPLANATIONS; i++) {
      time(i < 0 ? new Percentiles() : explanation, () -> caller.get(explain));
    }
    var draft = place.instruction().replace("amount > 1000", "amount > 100");
    for (var i = -1; i < TURNS; i++) {
      var warm = i < 0;
      time(warm ? new Percentiles() : members, () -> allMembers(caller, explain));
      time(
          warm ? new Percentiles() : dryRun,
          () ->
              caller.post(
                  place.beyond() + "/Workflows/DryRun",
                  "Configuration",
                  draft,
                  "Last",
                  String.valueOf(TASKS)));
      time(
          warm ? new Percentiles() : validation,
          () -> caller.post(place.beyond() + "/Workflows/Validate", "Configuration", draft));
    }
    return new Questions(explanation, members, dryRun, validation);
  }

  private static void time(Percentiles times, Runnable question) {
    var began = System.nanoTime();
    question.run();
    times.add(System.nanoTime() - began);
  }

  private static void allMembers(Caller caller, String explain) {
    var seen = 0;
    for (var next = explain + "?PageSize=1000"; next != null; ) {
      var answer = caller.get(next);
      seen += answer.count("worker_sid");
      next = answer.text("next_page_url").orElse(null);
    }
    if (seen < MEMBERS) {
      throw new IllegalStateException("Expected " + MEMBERS + " members, but saw " + seen);
    }
  }

  private record Place(String path, String beyond, String instruction, String workflow) {

    String newest(Caller caller) {
      return caller
          .get(path + "/Tasks?Ordering=DateCreated:desc&PageSize=1")
          .text("sid")
          .orElseThrow();
    }
  }

  private static Place open(Caller caller, Consumer<String> progress) {
    var workspace =
        caller.post("/v1/Workspaces", "FriendlyName", "Questions").text("sid").orElseThrow();
    var path = "/v1/Workspaces/" + workspace;
    var available =
        caller.get(path + "/Activities?FriendlyName=Available").text("sid").orElseThrow();
    var queue =
        caller
            .post(path + "/TaskQueues", "FriendlyName", "Everyone", "TargetWorkers", "level > 0")
            .text("sid")
            .orElseThrow();
    var instruction = INSTRUCTION.formatted(queue);
    var workflow =
        caller
            .post(path + "/Workflows", "FriendlyName", "Inbound", "Configuration", instruction)
            .text("sid")
            .orElseThrow();
    for (var i = 0; i < MEMBERS; i++) {
      caller.post(
          path + "/Workers",
          "FriendlyName",
          "Worker " + i,
          "ActivitySid",
          available,
          "Attributes",
          "{\"languages\": [\"en\", \"es\"], \"level\": %d}".formatted(1 + i % 3));
    }
    progress.accept("Its workers are there");
    for (var i = 0; i < TASKS; i++) {
      caller.post(
          path + "/Tasks",
          "WorkflowSid",
          workflow,
          "Attributes",
          "{\"type\": \"claim\", \"amount\": %d, \"level\": 9, \"language\": \"%s\"}"
              .formatted(i, i % 3 == 0 ? "es" : "en"));
    }
    progress.accept("Its tasks are there");
    return new Place(path, "/muster" + path, instruction, workflow);
  }
}
