package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.given.TwoTenantsTest;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A reservation's life, line by line as the specification has it. */
class ReservationStatesTest extends TwoTenantsTest {

  @Autowired Reservations reservations;
  @Autowired TaskRouting routing;

  Workflow inbound;
  Worker anna;
  Worker ben;

  @BeforeEach
  void given() {
    var everyone = ours.queue("Everyone", "1==1");
    TaskQueue.updater(ours.workspace(), everyone.getSid())
        .setMaxReservedWorkers(2)
        .update(ours.client());
    inbound = ours.workflow("Inbound", "", everyone);
    anna = ours.availableWorker("Anna", "{}");
    ben = ours.worker("Ben", "{}");
    theirs.availableWorker("Anna", "{}");
  }

  /** What a caller asks for, under the task and under the worker, and what comes of it. */
  @ParameterizedTest(name = "a reservation that is {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # it is     | accepted | rejected | wrapping     | completed | pending | timeout | canceled | rescinded
          pending     | yes      | yes      | not accepted | not open  | follows | follows | follows  | follows
          accepted    | late     | late     | yes          | yes       | follows | follows | follows  | follows
          rejected    | late     | late     | not accepted | not open  | follows | follows | follows  | follows
          timeout     | late     | late     | not accepted | not open  | follows | follows | follows  | follows
          canceled    | late     | late     | not accepted | not open  | follows | follows | follows  | follows
          rescinded   | gone     | gone     | not accepted | not open  | follows | follows | follows  | follows
          wrapping    | late     | late     | not accepted | yes       | follows | follows | follows  | follows
          completed   | late     | late     | not accepted | not open  | follows | follows | follows  | follows
          """)
  void comesOnlyToTheStatusThatItMayComeTo(
      String is,
      String accepted,
      String rejected,
      String wrapping,
      String completed,
      String pending,
      String timeout,
      String canceled,
      String rescinded) {
    asked(is, "accepted", accepted);
    asked(is, "rejected", rejected);
    asked(is, "wrapping", wrapping);
    asked(is, "completed", completed);
    asked(is, "pending", pending);
    asked(is, "timeout", timeout);
    asked(is, "canceled", canceled);
    asked(is, "rescinded", rescinded);
  }

  private void asked(String is, String wanted, String outcome) {
    for (var form : forms(wanted)) {
      for (var underTask : List.of(true, false)) {
        var reservation = reservationThatIs(is);
        var path = underTask ? ofTask(reservation) : ofWorker(reservation);
        var before = ours.get(path).body();

        var answer = ours.wire().post(path, form.toArray(String[]::new));

        if (outcome.equals("yes")) {
          assertThat(answer.status()).as("%s → %s: %s", is, form, answer.body()).isEqualTo(200);
          assertThat(answer.text("reservation_status")).isEqualTo(wanted);
        } else {
          var gone = outcome.equals("gone");
          assertThat(answer.status())
              .as("%s → %s: %s", is, form, answer.body())
              .isEqualTo(gone ? 410 : 400);
          assertThat(answer.json().path("code").asInt()).isEqualTo(gone ? 20410 : 20001);
          assertThat(answer.text("message")).isEqualTo(refusal(reservation, is, wanted, outcome));
          assertThat(ours.get(path).body()).isEqualTo(before);
        }
        clear(reservation);
      }
    }
  }

  /** An instruction asks for the same. */
  private static List<List<String>> forms(String wanted) {
    var forms = new ArrayList<List<String>>();
    forms.add(List.of("ReservationStatus", wanted));
    switch (wanted) {
      case "accepted" -> forms.add(List.of("Instruction", "accept"));
      case "rejected" -> forms.add(List.of("Instruction", "reject"));
      default -> {}
    }
    return forms;
  }

  private static String refusal(Reservation reservation, String is, String wanted, String outcome) {
    return switch (outcome) {
      case "follows" ->
          "Expected ReservationStatus to be accepted, rejected, wrapping or completed, but got '%s'"
              .formatted(wanted);
      case "late", "gone" ->
          "Expected to %s reservation %s while it is pending, but it is already %s"
              .formatted(wanted.replaceFirst("ed$", ""), reservation.getSid(), is);
      case "not accepted" ->
          "Expected to wrap up reservation %s while it is accepted, but it is %s"
              .formatted(reservation.getSid(), is);
      case "not open" ->
          "Expected to complete reservation %s while it is accepted or wrapping, but it is %s"
              .formatted(reservation.getSid(), is);
      default -> throw new IllegalArgumentException(outcome);
    };
  }

  /** What brings a reservation from one status to the next, and what that does to its worker. */
  @ParameterizedTest(name = "{0} → {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # from   | to        | cause                                | event                 | units | worker is
          pending  | accepted  | ReservationStatus=accepted           | reservation.accepted  | 1     | Available
          pending  | accepted  | Instruction=accept                   | reservation.accepted  | 1     | Available
          pending  | rejected  | ReservationStatus=rejected           | reservation.rejected  | 0     | Available
          pending  | rejected  | Instruction=reject                   | reservation.rejected  | 0     | Available
          pending  | rejected  | ReservationStatus=rejected and leave | reservation.rejected  | 0     | Unavailable
          pending  | rejected  | RejectPendingReservations            | reservation.rejected  | 0     | Unavailable
          pending  | timeout   | nobody answers                       | reservation.timeout   | 0     | Offline
          pending  | timeout   | nobody answers and workers stay      | reservation.timeout   | 0     | Available
          pending  | canceled  | task canceled                        | reservation.canceled  | 0     | Available
          pending  | canceled  | task deleted                         | reservation.canceled  | 0     | Available
          pending  | rescinded | a sibling is accepted                | reservation.rescinded | 0     | Available
          accepted | wrapping  | ReservationStatus=wrapping           | reservation.wrapup    | 1     | Available
          accepted | wrapping  | task wrapping                        | reservation.wrapup    | 1     | Available
          accepted | completed | ReservationStatus=completed          | reservation.completed | 0     | Available
          accepted | completed | task completed                       | reservation.completed | 0     | Available
          accepted | completed | task deleted                         | reservation.completed | 0     | Available
          accepted | completed | a day passes                         | reservation.completed | 0     | Available
          wrapping | completed | ReservationStatus=completed          | reservation.completed | 0     | Available
          wrapping | completed | task completed                       | reservation.completed | 0     | Available
          wrapping | completed | task deleted                         | reservation.completed | 0     | Available
          wrapping | completed | a day passes                         | reservation.completed | 0     | Available
          """)
  void goesThroughItsLifeAndItsWorkerWithIt(
      String from, String to, String cause, String event, int units, String activity) {
    var reservation = reservationThatIs(from, cause.startsWith("a sibling"));

    cause(reservation, cause);

    var sid = reservation.getSid();
    assertThat(one("SELECT status FROM reservation WHERE sid = ?", sid)).isEqualTo(to);
    assertThat(one("SELECT type FROM event WHERE resource_sid = ? ORDER BY sid DESC LIMIT 1", sid))
        .isEqualTo(event);
    assertThat(ours.present(anna).getActivityName()).isEqualTo(activity);
    assertThat(
            one(
                """
                SELECT c.reserved::text FROM worker_channel c JOIN task_channel t ON t.sid = c.task_channel_sid
                WHERE c.worker_sid = ? AND t.unique_name = 'default'
                """,
                anna.getSid()))
        .isEqualTo("" + units);
  }

  private void cause(Reservation reservation, String cause) {
    var task = ours.path("Tasks", reservation.getTaskSid());
    var worker = ours.path("Workers", anna.getSid());
    var unavailable = ours.activity("Unavailable");
    switch (cause) {
      case "ReservationStatus=rejected and leave" ->
          ours.wire()
              .post(
                  ofTask(reservation),
                  "ReservationStatus",
                  "rejected",
                  "WorkerActivitySid",
                  unavailable);
      case "RejectPendingReservations" ->
          ours.wire().post(worker, "ActivitySid", unavailable, "RejectPendingReservations", "true");
      case "nobody answers" -> lapse(reservation);
      case "nobody answers and workers stay" -> {
        ours.wire()
            .post("/muster" + ours.path("Settings"), "ReservationTimeoutMovesWorker", "false");
        lapse(reservation);
      }
      case "task deleted" -> ours.wire().delete(task);
      case "a sibling is accepted" -> {
        var sibling =
            ours.reservations(taskOf(reservation)).stream()
                .filter(other -> other.getWorkerSid().equals(ben.getSid()))
                .findAny()
                .orElseThrow();
        ours.answer(sibling, Status.ACCEPTED);
      }
      case "a day passes" -> {
        clock.advance(Duration.ofDays(1));
        assertThat(routing.doWhatIsDue(ours.workspaceSid(), TaskSid.of(reservation.getTaskSid())))
            .isTrue();
      }
      default -> {
        var words = cause.split("[ =]");
        if (cause.startsWith("task ")) {
          ours.wire().post(task, "AssignmentStatus", words[1]);
        } else {
          ours.wire().post(ofTask(reservation), words[0], words[1]);
        }
      }
    }
  }

  private void lapse(Reservation reservation) {
    clock.advance(Duration.ofSeconds(120));
    assertThat(reservations.expire(ours.workspaceSid(), ReservationSid.of(reservation.getSid())))
        .isTrue();
  }

  private Reservation reservationThatIs(String status) {
    return reservationThatIs(status, status.equals("rescinded"));
  }

  /** A reservation of Anna's; Ben is asked too if it is to have a sibling. */
  private Reservation reservationThatIs(String status, boolean withSibling) {
    ours.move(anna, "Available");
    ours.move(ben, withSibling ? "Available" : "Offline");
    var task = ours.task(inbound, "{}");
    ours.awaitOffer(task);
    var reservation =
        ours.reservations(task).stream()
            .filter(offer -> offer.getWorkerSid().equals(anna.getSid()))
            .findAny()
            .orElseThrow();
    switch (status) {
      case "accepted", "rejected" -> cause(reservation, "ReservationStatus=" + status);
      case "wrapping", "completed" -> {
        cause(reservation, "ReservationStatus=accepted");
        cause(reservation, "ReservationStatus=" + status);
      }
      case "timeout" -> cause(reservation, "nobody answers");
      case "canceled" -> cause(reservation, "task canceled");
      case "rescinded" -> cause(reservation, "a sibling is accepted");
      default -> {}
    }
    assertThat(one("SELECT status FROM reservation WHERE sid = ?", reservation.getSid()))
        .isEqualTo(status);
    return reservation;
  }

  /** Leaves nothing to be offered again. */
  private void clear(Reservation reservation) {
    ours.wire().delete(ours.path("Tasks", reservation.getTaskSid()));
  }

  private Task taskOf(Reservation reservation) {
    return Task.fetcher(ours.workspace(), reservation.getTaskSid()).fetch(ours.client());
  }

  private String ofTask(Reservation reservation) {
    return ours.path("Tasks", reservation.getTaskSid(), "Reservations", reservation.getSid());
  }

  private String ofWorker(Reservation reservation) {
    return ours.path("Workers", reservation.getWorkerSid(), "Reservations", reservation.getSid());
  }

  private String one(String query, String sid) {
    return jdbc.sql(query).param(sid).query(String.class).single();
  }
}
