package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.worker.Reservation;
import dev.muster.local.Credentials;
import dev.muster.local.RebasingHttpClient;
import dev.muster.testing.MusterProcessTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The steps of an instruction in real time: it is the timers of the process that move the task, on
 * the real broker.
 */
@MusterProcessTest
class EscalationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @LocalServerPort int port;
  @Autowired Credentials credentials;
  @Autowired JdbcClient jdbc;

  private Floor floor;
  private String workflow;

  @BeforeEach
  void openAContactCentre() {
    floor =
        Floor.open(
            RebasingHttpClient.client(
                URI.create("http://127.0.0.1:" + port),
                credentials.accountSid(),
                credentials.authToken()),
            "Escalation " + System.nanoTime());
    floor.queue("First line", "line == 1");
    floor.queue("Second line", "line == 2");
    floor.queue("Everyone", "1==1");
    workflow =
        floor
            .workflow(
                """
                {"task_routing": {
                  "filters": [{"expression": "1==1", "targets": [
                    {"queue": "First line", "timeout": 2},
                    {"queue": "Second line", "priority": 5, "timeout": 3}]}],
                  "default_filter": {"queue": "Everyone"}}}
                """,
                2)
            .getSid();
  }

  @Test
  void theTimerMovesATaskToTheNextTargetAndInTheEndOutOfTheWorkflow() {
    var task = floor.task(workflow, "{}");
    assertThat(task.getTaskQueueFriendlyName()).isEqualTo("First line");

    await("the second target")
        .atMost(PATIENCE)
        .until(() -> floor.present(task).getTaskQueueFriendlyName().equals("Second line"));
    assertThat(floor.present(task).getPriority()).isEqualTo(5);
    await("the end")
        .atMost(PATIENCE)
        .until(() -> floor.present(task).getAssignmentStatus() == Task.Status.CANCELED);

    assertThat(floor.present(task).getReason()).isEqualTo("Task canceled on Workflow timeout");
    assertThat(events(task))
        .containsExactly(
            "workflow.entered",
            "task-queue.entered",
            "task.created",
            "workflow.target-matched",
            "task-queue.timeout",
            "task-queue.moved",
            "task-queue.entered",
            "workflow.target-matched",
            "task-queue.timeout",
            "workflow.timeout",
            "task.canceled");
    assertThat(floor.present(task).getAge()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void aTaskWhoseOfferLapsesAfterTheStepsTimeGoesOnAtOnce() {
    var first = floor.worker("First", "{\"line\": 1}");
    var second = floor.worker("Second", "{\"line\": 2}");
    floor.move(first, floor.activity("Available"));
    floor.move(second, floor.activity("Available"));
    var task = floor.task(workflow, "{}");
    var offer = floor.awaitOffer(first);
    assertThat(offer.getTaskSid()).isEqualTo(task.getSid());

    var next = floor.awaitOffer(second);

    assertThat(next.getTaskSid()).isEqualTo(task.getSid());
    assertThat(floor.present(offer).getReservationStatus()).isEqualTo(Reservation.Status.TIMEOUT);
    floor.answer(next, Reservation.Status.ACCEPTED);
    assertThat(floor.complete(task.getSid(), "solved").getAssignmentStatus())
        .isEqualTo(Task.Status.COMPLETED);
  }

  private List<String> events(Task task) {
    return jdbc.sql(
            """
            SELECT type FROM event
            WHERE workspace_sid = :workspace AND resource_type = 'task' AND task_sid = :task ORDER BY sid
            """)
        .param("workspace", floor.workspace)
        .param("task", task.getSid())
        .query(String.class)
        .list();
  }
}
