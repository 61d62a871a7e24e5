package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A task that is over is soon forgotten by the v1 interface, and much later by everybody. */
class OldTasksTest extends TwoTenantsTest {

  private static final Duration SHOWN = Duration.ofMinutes(5);
  private static final Duration KEPT = Duration.ofDays(365);

  @Autowired OldTasks oldTasks;

  Workflow inbound;
  Worker anna;

  @BeforeEach
  void given() {
    inbound = ours.workflow("Inbound", "", ours.queue("Everyone", "1==1"));
    anna = ours.availableWorker("Anna", "{}");
    theirs.availableWorker("Anna", "{}");
  }

  @Test
  void isNotThereForAnyCallOfTheV1Interface() {
    var task = completed(ours, inbound);
    var reservation = ours.reservations(task).getFirst();
    var paths =
        List.of(
            path(task),
            path(task) + "/Reservations",
            path(task) + "/Reservations/" + reservation.getSid());
    paths.forEach(path -> assertThat(ours.get(path).status()).as(path).isEqualTo(200));

    clock.advance(SHOWN);

    paths.forEach(path -> assertThat(ours.get(path).status()).as(path).isEqualTo(404));
    assertThat(ours.wire().post(path(task), "Priority", "1").status()).isEqualTo(404);
    assertThat(ours.wire().post(path(task), "AssignmentStatus", "completed").status())
        .isEqualTo(404);
    assertThat(ours.wire().delete(path(task)).status()).isEqualTo(404);
    assertThat(ours.wire().post(paths.getLast(), "ReservationStatus", "completed").status())
        .isEqualTo(404);
    for (var filter : List.of("", "?AssignmentStatus=completed", "?Ordering=Priority:desc")) {
      assertThat(ours.get(ours.path("Tasks") + filter).json().path("tasks")).isEmpty();
    }
    assertThat(
            ours.get(ours.path("Workers", anna.getSid(), "Reservations"))
                .json()
                .path("reservations"))
        .hasSize(1);
  }

  @Test
  void isListedAmongThoseThatLiveUntilThen() {
    var first = completed(ours, inbound);
    clock.advance(SHOWN.minusSeconds(1));
    var second = completed(ours, inbound);
    var third = ours.awaitOffer(ours.task(inbound, "{}")).getTaskSid();

    assertThat(listed()).containsExactly(first.getSid(), second.getSid(), third);
    clock.advance(Duration.ofSeconds(1));

    assertThat(listed()).containsExactly(second.getSid(), third);
    var page = ours.get(ours.path("Tasks"), "PageSize", "1");
    var next = ours.wire().get(page.json().at("/meta/next_page_url").asString());
    assertThat(next.json().at("/tasks/0/sid").asString()).isEqualTo(third);
  }

  @Test
  void isStillExplainedAndTriedOnDrafts() {
    var task = completed(ours, inbound);
    clock.advance(KEPT);

    var explained = ours.get("/muster" + path(task) + "/Explanation");
    var tried =
        ours.wire()
            .post(
                "/muster" + ours.path("Workflows", "DryRun"),
                "Configuration",
                inbound.getConfiguration());

    assertThat(explained.status()).as(explained.body()).isEqualTo(200);
    assertThat(explained.json().at("/explanation/assignment_status").asString())
        .isEqualTo("completed");
    assertThat(explained.json().at("/explanation/reservations")).hasSize(1);
    assertThat(tried.json().at("/summary/tasks").asInt()).isEqualTo(1);
    assertThat(theirs.get("/muster" + path(task) + "/Explanation").status()).isEqualTo(404);
  }

  @Test
  void isNotExplainedNorTriedOnceItsWorkflowIsDeleted() {
    var task = completed(ours, inbound);
    clock.advance(SHOWN);
    assertThat(ours.wire().delete(ours.path("Workflows", inbound.getSid())).status())
        .isEqualTo(204);

    var tried =
        ours.wire()
            .post(
                "/muster" + ours.path("Workflows", "DryRun"),
                "Configuration",
                inbound.getConfiguration());

    refused(
        ours.get("/muster" + path(task) + "/Explanation"),
        "Expected the workflow and the queue of task " + task.getSid());
    assertThat(tried.status()).as(tried.body()).isEqualTo(200);
    assertThat(tried.json().at("/summary/tasks").asInt()).isZero();
  }

  @Test
  void isDeletedWithAllThatBelongsToItWhenItWasKeptLongEnough() {
    var task = completed(ours, inbound);
    var theirTask =
        completed(theirs, theirs.workflow("Inbound", "", theirs.queue("Everyone", "1==1")));
    handedOn(task);
    clock.advance(Duration.ofSeconds(1));
    var younger = completed(ours, inbound);
    clock.advance(SHOWN.plus(KEPT).minusSeconds(1));
    var living = ours.task(inbound, "{}");

    oldTasks.forget();

    assertThat(rowsOf(task)).isZero();
    assertThat(rowsOf(theirTask)).isZero();
    assertThat(rowsOf(younger)).isEqualTo(2);
    assertThat(ours.present(living).getSid()).isEqualTo(living.getSid());
    assertThat(events(task))
        .contains("task.created", "task.completed")
        .doesNotContain("task.deleted");
  }

  @Test
  void costsAListNothingHoweverManyAreKept() {
    jdbc.sql(
            """
            INSERT INTO task (workspace_sid, sid, status, attributes, priority, timeout_seconds, task_channel_sid,
              workflow_sid, workflow_version, filter_index, target_index, task_queue_sid, queue_entered_at,
              filter_entered_at, entering, virtual_start_at, ignore_capacity, demand_class, rank_priority, rank_time,
              expires_at, version, created_at, updated_at, hidden_at)
            SELECT :workspace, 'WT' || lpad(to_hex(n), 32, '0'), CASE WHEN n > 49000 THEN 'pending' ELSE 'completed' END,
              '{}', 0, 86400, 'TC', 'WW', 1, -1, 0, 'WQ', now(), now(), false, now(), false, md5('1')::uuid, 0, n,
              now() + interval '1 day', 1, now(), now(), CASE WHEN n <= 49000 THEN now() - interval '1 hour' END
            FROM generate_series(1, 50000) AS n
            """)
        .param("workspace", ours.workspace())
        .update();
    jdbc.sql("ANALYZE task").update();

    var plan =
        jdbc
            .sql("EXPLAIN ANALYZE " + Tasks.SHOWN + " ORDER BY t.sid LIMIT 51")
            .param("workspace", ours.workspace())
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .query(String.class)
            .list()
            .stream()
            .collect(Collectors.joining("\n"));

    assertThat(plan)
        .as(plan)
        .contains("task_live")
        .contains("task_ended")
        .doesNotContain("task_pkey")
        .doesNotContain("Seq Scan on task ");
    jdbc.sql("DELETE FROM task WHERE workspace_sid = ?").param(ours.workspace()).update();
  }

  private Task completed(Given tenant, Workflow workflow) {
    var task = tenant.task(workflow, "{}");
    tenant.answer(tenant.awaitOffer(task), Status.ACCEPTED);
    return tenant.complete(task);
  }

  /** As if it had been handed on while it lived. */
  private void handedOn(Task task) {
    jdbc.sql(
            """
            INSERT INTO transfer (workspace_sid, sid, task_sid, mode, to_sid, status, initiating_reservation_sid,
              initiating_worker_sid, initiating_queue_sid, initiating_workflow_sid, created_at, updated_at,
              workflow_version, filter_index, target_index, queue_entered_at, filter_entered_at, queue_closed_by,
              ignore_capacity)
            SELECT workspace_sid, 'TT1', sid, 'COLD', 'WK', 'complete', 'WR', 'WK', task_queue_sid, workflow_sid, now(),
              now(), 1, 0, 0, now(), now(), '{}', false
            FROM task WHERE sid = ?
            """)
        .param(task.getSid())
        .update();
  }

  private int rowsOf(Task task) {
    return jdbc.sql(
            """
            SELECT (SELECT count(*) FROM task WHERE sid = :sid)
              + (SELECT count(*) FROM reservation WHERE task_sid = :sid)
              + (SELECT count(*) FROM transfer WHERE task_sid = :sid)
            """)
        .param("sid", task.getSid())
        .query(Integer.class)
        .single();
  }

  private List<String> listed() {
    var tasks = new ArrayList<String>();
    Task.reader(ours.workspace()).read(ours.client()).forEach(task -> tasks.add(task.getSid()));
    return tasks;
  }

  private String path(Task task) {
    return ours.path("Tasks", task.getSid());
  }

  private List<String> events(Task task) {
    return jdbc.sql("SELECT type FROM event WHERE task_sid = ? ORDER BY sid")
        .param(task.getSid())
        .query(String.class)
        .list();
  }
}
