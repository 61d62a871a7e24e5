package dev.muster.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Sid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskQueueTest extends TwoTenantsTest {

  @BeforeEach
  void given() {
    theirs.worker("Anna", "{\"level\":5}");
    theirs.queue("All", "1==1");
    heard.forget();
  }

  @Test
  void isForEverybodyOneAtATimeFirstInFirstOutUnlessToldOtherwise() {
    var queue = TaskQueue.creator(ours.workspace(), "Billing").create(ours.client());

    assertThat(queue.getTargetWorkers()).isEqualTo("1==1");
    assertThat(queue.getMaxReservedWorkers()).isEqualTo(1);
    assertThat(queue.getTaskOrder()).isEqualTo(TaskQueue.TaskOrder.FIFO);
    assertThat(queue.getReservationActivitySid()).isNull();
    assertThat(queue.getReservationActivityName()).isNull();
    assertThat(events(ours)).containsExactly("task-queue.created");
  }

  @Test
  void keepsEverySetting() {
    var queue =
        TaskQueue.creator(ours.workspace(), "Billing")
            .setTargetWorkers("skills HAS \"billing\"")
            .setMaxReservedWorkers(50)
            .setTaskOrder(TaskQueue.TaskOrder.LIFO)
            .setReservationActivitySid(ours.activity("Unavailable"))
            .setAssignmentActivitySid(ours.activity("Offline"))
            .create(ours.client());

    var read = TaskQueue.fetcher(ours.workspace(), queue.getSid()).fetch(ours.client());
    assertThat(read).isEqualTo(queue);
    assertThat(read.getTargetWorkers()).isEqualTo("skills HAS \"billing\"");
    assertThat(read.getMaxReservedWorkers()).isEqualTo(50);
    assertThat(read.getTaskOrder()).isEqualTo(TaskQueue.TaskOrder.LIFO);
    assertThat(read.getReservationActivityName()).isEqualTo("Unavailable");
    assertThat(read.getAssignmentActivityName()).isEqualTo("Offline");
    var base = read.getUrl().toString().replaceFirst("/TaskQueues.*", "");
    assertThat(read.getLinks())
        .containsEntry("workspace", base)
        .containsEntry("assignment_activity", base + "/Activities/" + ours.activity("Offline"))
        .containsEntry("reservation_activity", base + "/Activities/" + ours.activity("Unavailable"))
        .containsEntry("statistics", read.getUrl() + "/Statistics")
        .containsEntry("real_time_statistics", read.getUrl() + "/RealTimeStatistics")
        .containsEntry("cumulative_statistics", read.getUrl() + "/CumulativeStatistics")
        .containsEntry("list_statistics", base + "/TaskQueues/Statistics")
        .containsEntry("bulk_real_time_statistics", base + "/TaskQueues/RealTimeStatistics")
        .hasSize(8);
  }

  @Test
  void hasTheWorkersItsExpressionFitsAsMembers() {
    ours.worker("Anna", "{\"level\":5}");
    ours.worker("Ben", "{\"level\":2}");

    var experts = ours.queue("Experts", "level > 4");
    var nobody = ours.queue("Nobody", "");
    var senseless = ours.queue("Senseless", "level HAS \"x\"");

    assertThat(members(experts.getSid())).containsExactly("Anna");
    assertThat(members(nobody.getSid())).isEmpty();
    assertThat(members(senseless.getSid())).isEmpty();
    assertThat(heard.wakeUps(ours)).isOne();
  }

  @Test
  void gainsAndLosesMembersAsTheyChange() {
    var anna = ours.worker("Anna", "{\"level\":2}");
    var experts = ours.queue("Experts", "level > 4").getSid();
    heard.forget();

    change(anna, "{\"level\":7}");
    ours.worker("Ben", "{\"level\":9}");

    assertThat(members(experts)).containsExactly("Anna", "Ben");
    assertThat(heard.wakeUps(ours)).isEqualTo(2);

    change(anna, "{}");

    assertThat(members(experts)).containsExactly("Ben");
  }

  @Test
  void gainsAndLosesMembersAsItsExpressionChanges() {
    ours.worker("Anna", "{\"level\":5}");
    ours.worker("Ben", "{\"level\":2}");
    var queue = ours.queue("Experts", "level > 4").getSid();

    update(queue, "TargetWorkers", "level < 4");
    assertThat(members(queue)).containsExactly("Ben");

    update(queue, "TargetWorkers", "");
    assertThat(members(queue)).isEmpty();
    assertThat(events(ours))
        .containsExactly(
            "task-queue.created", "task-queue.expression.updated", "task-queue.expression.updated");
  }

  @Test
  void tellsWhenItsTasksHaveToBeRankedAgain() {
    var queue = ours.queue("Billing", "1==1").getSid();

    update(queue, "TaskOrder", "FIFO");
    update(queue, "TaskOrder", "LIFO");

    assertThat(heard.all(TaskOrderChanged.class))
        .containsExactly(
            new TaskOrderChanged(ours.workspaceSid(), TaskQueueSid.of(queue), TaskOrder.LIFO));
  }

  @Test
  void hasANameOfItsOwnWhateverTheCase() {
    ours.queue("Billing", "1==1");
    var sales = ours.queue("Sales", "1==1").getSid();

    assertThatThrownBy(() -> ours.queue("bILLING", "1==1"))
        .hasMessageContaining("TaskQueue with the same friendly name already exists");
    assertThat(ours.wire().post(ours.path("TaskQueues", sales), "FriendlyName", "billing").status())
        .isEqualTo(400);
    assertThat(ours.get(ours.path("TaskQueues", sales)).body()).contains("\"Sales\"");
  }

  @Test
  void isFoundByEveryFilter() {
    var anna = ours.worker("Anna", "{\"level\":5}");
    ours.queue("Experts", "level > 4");
    clock.advance(Duration.ofSeconds(1));
    ours.queue("Novices", "level < 3");
    clock.advance(Duration.ofSeconds(1));
    ours.queue("Nobody", "");

    assertThat(found("FriendlyName", "experts")).containsExactly("Experts");
    assertThat(found("WorkerSid", anna.getSid())).containsExactly("Experts");
    assertThat(found("EvaluateWorkerAttributes", "{\"level\":\"6\"}")).containsExactly("Experts");
    assertThat(found("EvaluateWorkerAttributes", "{\"level\":1}")).containsExactly("Novices");
    assertThat(found("Ordering", "DateUpdated:desc"))
        .containsExactly("Nobody", "Novices", "Experts");
    assertThat(found("Ordering", "DateUpdated:asc", "PageSize", "2"))
        .containsExactly("Experts", "Novices");
    var all =
        TaskQueue.reader(ours.workspace())
            .setOrdering("DateUpdated:desc")
            .setPageSize(1L)
            .read(ours.client());
    assertThat(StreamSupport.stream(all.spliterator(), false).map(TaskQueue::getFriendlyName))
        .containsExactly("Nobody", "Novices", "Experts");
  }

  @Test
  void isDeletedOnlyWithoutLiveTasksAndWorkflows() {
    var queue = ours.queue("Billing", "1==1").getSid();
    ours.worker("Anna", "{}");
    var path = ours.path("TaskQueues", queue);
    insertTask(queue, "wrapping");
    insertWorkflow(queue);

    assertThat(ours.wire().delete(path).body())
        .contains("1 pending, reserved, assigned or wrapping");
    jdbc.sql("UPDATE task SET status = 'completed' WHERE workspace_sid = ?")
        .param(ours.workspace())
        .update();
    assertThat(ours.wire().delete(path).body()).contains("named by workflow WW");
    jdbc.sql("UPDATE workflow SET version = 2 WHERE workspace_sid = ?")
        .param(ours.workspace())
        .update();
    assertThat(ours.wire().delete(path).status()).isEqualTo(204);

    assertThat(ours.get(path).status()).isEqualTo(404);
    assertThat(members(queue)).isEmpty();
    assertThat(events(ours)).containsExactly("task-queue.created", "task-queue.deleted");
  }

  @Test
  void isInvisibleToOtherTenants() {
    var queue = ours.queue("Billing", "1==1").getSid();

    for (var path :
        List.of(
            theirs.path("TaskQueues", queue),
            "/v1/Workspaces/%s/TaskQueues/%s".formatted(ours.workspace(), queue))) {
      assertThat(theirs.get(path).status()).isEqualTo(404);
      assertThat(theirs.wire().post(path, "TargetWorkers", "").status()).isEqualTo(404);
      assertThat(theirs.wire().delete(path).status()).isEqualTo(404);
    }
    assertThat(found()).containsExactly("Billing");
    assertThat(members(queue)).isEmpty();
  }

  @Test
  void refusesHostileInputAndWritesNothing() {
    ours.worker("Anna", "{}");
    var queue = ours.queue("Billing", "1==1").getSid();
    var hostile =
        List.of(
            List.of("TargetWorkers", "level >"),
            List.of("TargetWorkers", "skill-level > 3"),
            List.of("TargetWorkers", "1==1; System.exit(1)"),
            List.of("TargetWorkers", "(".repeat(100_000)),
            List.of("TargetWorkers", "a == \"\0\""),
            List.of("MaxReservedWorkers", "0"),
            List.of("MaxReservedWorkers", "51"),
            List.of("MaxReservedWorkers", "x"),
            List.of("TaskOrder", "RANDOM"),
            List.of("FriendlyName", " "),
            List.of("FriendlyName", "x".repeat(65)),
            List.of("ReservationActivitySid", theirs.activity("Offline")),
            List.of("AssignmentActivitySid", Sid.next("WA")),
            List.of("AssignmentActivitySid", "WA1"));

    for (var input : hostile) {
      var parameters = new ArrayList<>(List.of("TargetWorkers", "1==2"));
      parameters.addAll(input);
      var update =
          ours.wire().post(ours.path("TaskQueues", queue), parameters.toArray(String[]::new));
      assertThat(update.status()).as("%s: %s", input, update.body()).isEqualTo(400);
      assertThat(update.json().get("code").asInt()).isEqualTo(20001);
      if (!input.getFirst().equals("FriendlyName")) {
        parameters.addAll(List.of("FriendlyName", "Sales"));
      }
      var create = ours.wire().post(ours.path("TaskQueues"), parameters.toArray(String[]::new));
      assertThat(create.status()).as("%s: %s", input, create.body()).isEqualTo(400);
    }
    for (var query :
        List.of(
            List.of("EvaluateWorkerAttributes", "[1]"),
            List.of("EvaluateWorkerAttributes", "{"),
            List.of("WorkerSid", "x"),
            List.of("Ordering", "FriendlyName"))) {
      assertThat(ours.get(ours.path("TaskQueues"), query.toArray(String[]::new)).status())
          .as("%s", query)
          .isEqualTo(400);
    }
    assertThat(ours.wire().post(ours.path("TaskQueues", queue), "TargetWorkers", "level >").body())
        .contains("column 8");
    assertThat(members(queue)).containsExactly("Anna");
    assertThat(found()).containsExactly("Billing");
    assertThat(events(ours)).containsExactly("task-queue.created");
  }

  private void change(Worker worker, String attributes) {
    Worker.updater(ours.workspace(), worker.getSid())
        .setAttributes(attributes)
        .update(ours.client());
  }

  private void update(String queue, String name, String value) {
    var answer = ours.wire().post(ours.path("TaskQueues", queue), name, value);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private List<String> members(String queue) {
    return ours.get(ours.path("Workers"), "TaskQueueSid", queue)
        .json()
        .get("workers")
        .valueStream()
        .map(worker -> worker.get("friendly_name").asString())
        .toList();
  }

  private List<String> found(String... query) {
    var answer = ours.get(ours.path("TaskQueues"), query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer
        .json()
        .get("task_queues")
        .valueStream()
        .map(queue -> queue.get("friendly_name").asString())
        .toList();
  }

  private List<String> events(Given tenant) {
    return jdbc.sql(
            "SELECT type FROM event WHERE workspace_sid = ? AND task_queue_sid IS NOT NULL ORDER BY sid")
        .param(tenant.workspace())
        .query(String.class)
        .list();
  }

  private void insertTask(String queue, String status) {
    jdbc.sql(
            """
            INSERT INTO task (workspace_sid, sid, status, attributes, priority, timeout_seconds,
              task_channel_sid, workflow_sid, workflow_version, filter_index, target_index,
              task_queue_sid, queue_entered_at, filter_entered_at, entering, virtual_start_at,
              ignore_capacity, demand_class, rank_priority, rank_time, expires_at, version,
              created_at, updated_at)
            VALUES (?, ?, ?, '{}', 0, 1, 'TC', 'WW', 1, 0, 0, ?, now(), now(), false, now(), false,
              gen_random_uuid(), 0, 0, now(), 1, now(), now())
            """)
        .params(ours.workspace(), Sid.next("WT"), status, queue)
        .update();
  }

  private void insertWorkflow(String queue) {
    var workflow = Sid.next("WW");
    jdbc.sql("INSERT INTO workflow VALUES (?, ?, 'Inbound', 1, null, null, 120, now(), now())")
        .params(ours.workspace(), workflow)
        .update();
    jdbc.sql("INSERT INTO workflow_version VALUES (?, ?, 1, '{}', now())")
        .params(ours.workspace(), workflow)
        .update();
    jdbc.sql("INSERT INTO workflow_queue VALUES (?, ?, 1, ?, 'Billing')")
        .params(ours.workspace(), workflow, queue)
        .update();
  }
}
