package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.given.TwoTenantsTest;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A task's life, line by line as the specification has it. */
class TaskStatesTest extends TwoTenantsTest {

  @Autowired Reservations reservations;
  @Autowired TaskRouting routing;

  TaskQueue everyone;
  Workflow inbound;
  Worker anna;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    var nobody = ours.queue("Nobody yet", "team == 'new'");
    inbound =
        ours.workflow(
            "Inbound",
            """
            {"expression": "wants == 'nobody'", "targets": [{"queue": "%1$s"}]},
            {"expression": "wants == 'haste'", "targets": [{"queue": "%1$s", "timeout": 30}]}
            """
                .formatted(nobody.getSid()),
            everyone);
    anna = ours.availableWorker("Anna", "{}");
    ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "default"), "Capacity", "50");
    theirs.availableWorker("Anna", "{}");
  }

  /** What a caller asks for with AssignmentStatus, and what comes of it. */
  @ParameterizedTest(name = "a task that is {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # it is     | pending | reserved | assigned | wrapping     | completed    | canceled
          pending     | follows | follows  | follows  | not assigned | not assigned | yes
          reserved    | follows | follows  | follows  | not assigned | not assigned | yes
          assigned    | follows | follows  | follows  | yes          | yes          | not waiting
          handed on   | follows | follows  | follows  | yes          | yes          | not waiting
          wrapping    | follows | follows  | follows  | not assigned | yes          | not waiting
          completed   | follows | follows  | follows  | not assigned | not assigned | not waiting
          canceled    | follows | follows  | follows  | not assigned | not assigned | not waiting
          """)
  void comesOnlyToTheStatusThatItMayComeTo(
      String is,
      String pending,
      String reserved,
      String assigned,
      String wrapping,
      String completed,
      String canceled) {
    asked(is, "pending", pending);
    asked(is, "reserved", reserved);
    asked(is, "assigned", assigned);
    asked(is, "wrapping", wrapping);
    asked(is, "completed", completed);
    asked(is, "canceled", canceled);
  }

  private void asked(String is, String wanted, String outcome) {
    var task = taskThatIs(is);
    var before = ours.get(path(task));

    var answer = ours.wire().post(path(task), "AssignmentStatus", wanted, "Reason", "asked");

    if (outcome.equals("yes")) {
      assertThat(answer.status()).as("%s → %s: %s", is, wanted, answer.body()).isEqualTo(200);
      assertThat(answer.text("assignment_status")).isEqualTo(wanted);
      assertThat(answer.text("reason")).isEqualTo("asked");
    } else {
      assertThat(answer.status()).as("%s → %s: %s", is, wanted, answer.body()).isEqualTo(400);
      assertThat(answer.json().path("code").asInt()).isEqualTo(20001);
      assertThat(answer.text("message")).isEqualTo(refusal(task, wanted, outcome));
      assertThat(ours.get(path(task)).body()).isEqualTo(before.body());
    }
  }

  private String refusal(Task task, String wanted, String outcome) {
    var who =
        "task %s in workspace %s for account %s"
            .formatted(task.getSid(), ours.workspace(), ours.wire().user());
    return switch (outcome) {
      case "follows" ->
          "Expected AssignmentStatus to be canceled, wrapping or completed, but got '%s': the others follow from reservations"
              .formatted(wanted);
      case "not assigned" ->
          "Cannot %s %s because it is not currently assigned."
              .formatted(wanted.equals("wrapping") ? "wrap up a" : "complete", who);
      case "not waiting" ->
          "Cannot cancel %s because it is not pending or reserved.".formatted(who);
      default -> throw new IllegalArgumentException(outcome);
    };
  }

  /** What brings a task from one status to the next, and what is told of it. */
  @ParameterizedTest(name = "{0} → {1}: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # from    | to        | cause                            | events of the task and its reservations
          pending   | reserved  | a worker becomes ready           | reservation.created
          reserved  | pending   | the worker rejects               | reservation.rejected
          reserved  | pending   | the worker does not answer       | reservation.timeout
          reserved  | pending   | the worker rejects the 999th offer | reservation.rejected
          reserved  | assigned  | the worker accepts               | reservation.accepted
          assigned  | wrapping  | asked for wrapping               | task.wrapup reservation.wrapup
          assigned  | wrapping  | the worker wraps up              | task.wrapup reservation.wrapup
          assigned  | completed | asked for completed              | task.completed reservation.completed task.updated
          wrapping  | completed | asked for completed              | task.completed reservation.completed task.updated
          assigned  | completed | the worker completes             | task.completed reservation.completed task.updated
          wrapping  | completed | the worker completes             | task.completed reservation.completed task.updated
          pending   | canceled  | asked for canceled               | task.canceled
          reserved  | canceled  | asked for canceled               | task.canceled reservation.canceled
          pending   | canceled  | its time to live is over         | task.canceled
          reserved  | canceled  | its time to live is over         | task.canceled reservation.canceled
          in haste  | canceled  | its last step is over            | task-queue.timeout workflow.timeout task.canceled
          reserved  | canceled  | the worker rejects the 1,000th offer | reservation.rejected task.canceled
          assigned  | gone      | 24 hours have passed             | reservation.completed task.system-deleted
          wrapping  | gone      | 24 hours have passed             | reservation.completed task.system-deleted
          completed | gone      | five minutes have passed         | -
          canceled  | gone      | five minutes have passed         | -
          pending   | gone      | deleted                          | task.deleted
          reserved  | gone      | deleted                          | reservation.canceled task.deleted
          assigned  | gone      | deleted                          | reservation.completed task.deleted
          wrapping  | gone      | deleted                          | reservation.completed task.deleted
          completed | gone      | deleted                          | task.deleted
          canceled  | gone      | deleted                          | task.deleted
          """)
  void goesThroughItsLifeAndSaysSo(String from, String to, String cause, String events) {
    var task = taskThatIs(from);
    var before = events(task);

    cause(task, cause);

    if (to.equals("gone")) {
      assertThat(ours.get(path(task)).status()).isEqualTo(404);
      assertThat(ours.get(ours.path("Tasks")).json().path("tasks")).isEmpty();
    } else {
      await()
          .untilAsserted(
              () -> assertThat(ours.get(path(task)).text("assignment_status")).isEqualTo(to));
    }
    var told = events(task).subList(before.size(), events(task).size());
    assertThat(told).isEqualTo(events == null ? List.of() : List.of(events.split(" ")));
  }

  private void cause(Task task, String cause) {
    switch (cause) {
      case "a worker becomes ready" ->
          ours.wire()
              .post(ours.path("Workers", anna.getSid()), "Attributes", "{\"team\": \"new\"}");
      case "the worker accepts" -> ours.answer(ours.awaitOffer(task), Status.ACCEPTED);
      case "the worker rejects" -> ours.answer(ours.awaitOffer(task), Status.REJECTED);
      case "the worker rejects the 999th offer" -> rejectOfferNumber(999, task);
      case "the worker rejects the 1,000th offer" -> rejectOfferNumber(1_000, task);
      case "the worker wraps up" ->
          ours.answer(ours.reservations(task).getFirst(), Status.WRAPPING);
      case "the worker completes" ->
          ours.answer(ours.reservations(task).getFirst(), Status.COMPLETED);
      case "the worker does not answer" -> {
        var offer = ReservationSid.of(ours.awaitOffer(task).getSid());
        clock.advance(Duration.ofSeconds(120));
        assertThat(reservations.expire(ours.workspaceSid(), offer)).isTrue();
      }
      case "its time to live is over" -> dueAfter(Duration.ofDays(1), task);
      case "its last step is over" -> dueAfter(Duration.ofSeconds(30), task);
      case "24 hours have passed" -> dueAfter(Duration.ofDays(1), task);
      case "five minutes have passed" -> {
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(ours.get(path(task)).status()).isEqualTo(200);
        assertThat(ours.get(ours.path("Tasks")).json().path("tasks")).hasSize(1);
        clock.advance(Duration.ofMillis(1));
      }
      case "deleted" -> assertThat(ours.wire().delete(path(task)).status()).isEqualTo(204);
      default ->
          ours.wire().post(path(task), "AssignmentStatus", cause.replaceFirst("asked for ", ""));
    }
  }

  /** Nothing happens a moment before. */
  private void dueAfter(Duration time, Task task) {
    var sid = TaskSid.of(task.getSid());
    clock.advance(time.minusMillis(1));
    assertThat(routing.doWhatIsDue(ours.workspaceSid(), sid)).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(routing.doWhatIsDue(ours.workspaceSid(), sid)).isTrue();
    assertThat(routing.doWhatIsDue(ours.workspaceSid(), sid)).isFalse();
  }

  private void rejectOfferNumber(int number, Task task) {
    jdbc.sql("UPDATE task SET offers = ? WHERE sid = ?").params(number, task.getSid()).update();
    ours.answer(ours.awaitOffer(task), Status.REJECTED);
  }

  /** The reasons that the service itself gives. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pending  | its time to live is over             | Task TTL Exceeded
          reserved | its time to live is over             | Task TTL Exceeded
          in haste | its last step is over                | Task canceled on Workflow timeout
          reserved | the worker rejects the 1,000th offer | Task TTL Exceeded or Max assignment count exceeded
          """)
  void keepsTheReasonWhyItWasCanceled(String from, String cause, String reason) {
    var task = taskThatIs(from);

    cause(task, cause);

    assertThat(ours.present(task).getReason()).isEqualTo(reason);
  }

  @Test
  void isOfferedAThousandTimesHoweverManyAreAskedAtOnce() {
    ours.wire().post(ours.path("TaskQueues", everyone.getSid()), "MaxReservedWorkers", "2");
    ours.availableWorker("Ben", "{}");
    var task = ours.task(inbound, "{}");
    rejectBothOffers(task);
    jdbc.sql("UPDATE task SET offers = 998 WHERE sid = ?").param(task.getSid()).update();

    clock.advance(Duration.ofSeconds(10));
    rejectBothOffers(task);
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
    clock.advance(Duration.ofSeconds(10));
    rejectBothOffers(task);

    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.CANCELED);
    assertThat(ours.present(task).getReason())
        .isEqualTo("Task TTL Exceeded or Max assignment count exceeded");
  }

  private void rejectBothOffers(Task task) {
    ours.awaitOffer(task);
    var offers = ours.pending(task);
    assertThat(offers).hasSize(2);
    offers.forEach(offer -> ours.answer(offer, Status.REJECTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"assigned", "wrapping"})
  void countsItsLastDayFromTheAcceptance(String status) {
    var task = taskThatIs("reserved");
    clock.advance(Duration.ofSeconds(100));
    ours.answer(ours.awaitOffer(task), Status.ACCEPTED);
    clock.advance(Duration.ofHours(23));
    if (status.equals("wrapping")) {
      ours.wire().post(path(task), "AssignmentStatus", "wrapping");
    }

    dueAfter(Duration.ofHours(1), task);

    assertThat(ours.get(path(task)).status()).isEqualTo(404);
    assertThat(
            ours.get(ours.path("Workers", anna.getSid(), "Channels", "default"))
                .json()
                .path("assigned_tasks")
                .asInt())
        .isZero();
  }

  private Task taskThatIs(String status) {
    var wants =
        Map.of("pending", "{\"wants\": \"nobody\"}", "in haste", "{\"wants\": \"haste\"}")
            .getOrDefault(status, "{}");
    var task = ours.task(inbound, wants);
    if (List.of("pending", "in haste").contains(status)) {
      return task;
    }
    var offer = ours.awaitOffer(task);
    if (status.equals("canceled")) {
      ours.wire().post(path(task), "AssignmentStatus", "canceled");
    } else if (!status.equals("reserved")) {
      ours.answer(offer, Status.ACCEPTED);
    }
    switch (status) {
      case "handed on" -> handOn(task, offer.getSid());
      case "wrapping", "completed" -> ours.wire().post(path(task), "AssignmentStatus", status);
      default -> {}
    }
    return task;
  }

  private void handOn(Task task, String reservation) {
    var answer =
        ours.wire()
            .post(
                "/muster" + ours.path("Workers", anna.getSid(), "Transfers"),
                "TaskSid",
                task.getSid(),
                "ReservationSid",
                reservation,
                "To",
                ours.get(ours.path("TaskQueues"), "FriendlyName", "Nobody yet")
                    .json()
                    .at("/task_queues/0/sid")
                    .asString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
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
