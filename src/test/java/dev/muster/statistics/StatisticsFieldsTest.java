package dev.muster.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.given.TwoTenantsTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every resource carries every field that v1 has for it, also when there is nothing to count. */
class StatisticsFieldsTest extends TwoTenantsTest {

  private static final List<String> PLACE = List.of("account_sid", "workspace_sid", "url");
  private static final List<String> WAITING =
      List.of("longest_task_waiting_age", "longest_task_waiting_sid");
  private static final List<String> TASKS = List.of("tasks_by_status", "total_tasks");
  private static final List<String> WORKERS = List.of("activity_statistics", "total_workers");
  private static final List<String> MEMBERS =
      List.of("activity_statistics", "total_available_workers", "total_eligible_workers");
  private static final List<String> WINDOW = List.of("start_time", "end_time");
  private static final List<String> OFFERS =
      List.of(
          "reservations_created",
          "reservations_accepted",
          "reservations_rejected",
          "reservations_timed_out",
          "reservations_canceled",
          "reservations_rescinded");
  private static final List<String> WAITS =
      List.of(
          "avg_task_acceptance_time",
          "split_by_wait_time",
          "wait_duration_until_accepted",
          "wait_duration_until_canceled");
  private static final List<String> ENDS =
      List.of("tasks_canceled", "tasks_completed", "tasks_deleted", "tasks_moved");

  private String queue;
  private String workflow;
  private String worker;

  @BeforeEach
  void openForBusiness() {
    var everyone = ours.queue("Everyone", "1==1");
    queue = everyone.getSid();
    workflow = ours.workflow("Inbound", "", everyone).getSid();
    worker = ours.worker("Ana", "{}").getSid();
  }

  @Test
  void ofAWorkspace() {
    has(get("RealTimeStatistics"), PLACE, WAITING, TASKS, WORKERS, List.of("tasks_by_priority"));
    var past = List.of("tasks_created", "tasks_timed_out_in_workflow");
    has(get("CumulativeStatistics"), PLACE, WINDOW, OFFERS, WAITS, ENDS, past);
    var both = get("Statistics");
    has(both, PLACE, List.of("realtime", "cumulative"));
    has(both.path("realtime"), WAITING, TASKS, WORKERS);
    has(both.path("cumulative"), WINDOW, OFFERS, List.of("avg_task_acceptance_time"), ENDS, past);
  }

  @Test
  void ofAQueue() {
    var of = List.of("task_queue_sid");
    has(
        get("TaskQueues", queue, "RealTimeStatistics"),
        PLACE,
        of,
        WAITING,
        TASKS,
        MEMBERS,
        List.of(
            "longest_relative_task_age_in_queue",
            "longest_relative_task_sid_in_queue",
            "tasks_by_priority"));
    has(
        get("TaskQueues", queue, "CumulativeStatistics"),
        PLACE,
        of,
        WINDOW,
        OFFERS,
        WAITS,
        ENDS,
        List.of("tasks_entered", "wait_duration_in_queue_until_accepted"));
    var one = get("TaskQueues", queue, "Statistics");
    var listed = get("TaskQueues", "Statistics").path("task_queues_statistics").path(0);
    has(one, PLACE, of);
    has(listed, List.of("account_sid", "workspace_sid"), of);
    assertThat(listed.has("url")).isFalse();
    for (var both : List.of(one, listed)) {
      has(both.path("realtime"), WAITING, TASKS, MEMBERS);
      has(
          both.path("cumulative"),
          WINDOW,
          OFFERS,
          ENDS,
          List.of("avg_task_acceptance_time", "tasks_entered"));
    }
  }

  @Test
  void ofQueuesInBulk() {
    var bulk =
        ours.wire()
            .postJson(
                ours.path("TaskQueues", "RealTimeStatistics"),
                "{\"queueSids\": [\"%s\"]}".formatted(queue))
            .json();

    has(bulk, PLACE, List.of("task_queue_response_count", "task_queue_data"));
    has(
        bulk.path("task_queue_data").path(0),
        WAITING,
        TASKS,
        MEMBERS,
        List.of("task_queue_sid", "tasks_by_priority"));
  }

  @Test
  void ofAWorkflow() {
    var of = List.of("workflow_sid");
    var past = List.of("tasks_entered", "tasks_timed_out_in_workflow");
    has(
        get("Workflows", workflow, "RealTimeStatistics"),
        PLACE,
        of,
        WAITING,
        TASKS,
        List.of("tasks_by_priority"));
    has(
        get("Workflows", workflow, "CumulativeStatistics"),
        PLACE,
        of,
        WINDOW,
        OFFERS,
        WAITS,
        ENDS,
        past);
    var both = get("Workflows", workflow, "Statistics");
    has(both, PLACE, of);
    has(both.path("realtime"), WAITING, TASKS);
    has(both.path("cumulative"), WINDOW, OFFERS, List.of("avg_task_acceptance_time"), ENDS, past);
  }

  @Test
  void ofWorkers() {
    var past = List.of("activity_durations");
    has(get("Workers", "RealTimeStatistics"), PLACE, WORKERS);
    has(get("Workers", "CumulativeStatistics"), PLACE, WINDOW, OFFERS, past);
    var both = get("Workers", "Statistics");
    has(both, PLACE);
    has(both.path("realtime"), WORKERS);
    has(both.path("cumulative"), WINDOW, OFFERS, past);
    var one = get("Workers", worker, "Statistics");
    has(one, PLACE, List.of("worker_sid"));
    has(one.path("cumulative"), WINDOW, OFFERS, past);
    has(
        one.path("cumulative").path("activity_durations").path(0),
        List.of("sid", "friendly_name", "avg", "min", "max", "total"));
  }

  private JsonNode get(String... steps) {
    return ours.get(ours.path(steps)).json();
  }

  @SafeVarargs
  private static void has(JsonNode answer, List<String>... names) {
    var expected = new ArrayList<String>();
    Stream.of(names).forEach(expected::addAll);
    assertThat(answer.propertyNames()).containsAll(expected);
  }
}
