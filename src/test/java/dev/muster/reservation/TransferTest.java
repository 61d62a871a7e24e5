package dev.muster.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.given.TwoTenantsTest;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.web.Sid;
import dev.muster.web.Wire;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A worker hands a task on; it never has two workers, and never none. */
class TransferTest extends TwoTenantsTest {

  @Autowired Reservations reservations;
  @Autowired TaskRouting routing;

  TaskQueue support;
  TaskQueue experts;
  Workflow inbound;
  Worker anna;
  Worker ben;

  /** Anna has the task; Ben, an expert, is offline. */
  Task task;

  Reservation annas;

  @BeforeEach
  void given() {
    support = ours.queue("Support", "1==1");
    experts = ours.queue("Experts", "level >= 5");
    inbound = ours.workflow("Inbound", "", support);
    anna = ours.availableWorker("Anna", "{\"level\": 9}");
    ben = ours.worker("Ben", "{\"level\": 5}");
    task = ours.task(inbound, "{\"customer\": \"Zoe\"}");
    annas = ours.answer(ours.awaitOffer(task), Status.ACCEPTED);
    capacity(anna, 5);
    capacity(ben, 5);
    theirs.availableWorker("Cleo", "{\"level\": 9}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WARM", "COLD"})
  void leavesTheTaskWithTheFirstWorkerUntilTheNextTakesIt(String mode) {
    ours.move(ben, "Available");
    var transfer = handOn(ben.getSid(), "Mode", mode);

    assertThat(transfer.status()).as(transfer.body()).isEqualTo(201);
    assertThat(transfer.text("sid")).matches("TT[0-9a-f]{32}");
    assertThat(transfer.text("account_sid")).isEqualTo(ours.wire().user());
    assertThat(transfer.text("workspace_sid")).isEqualTo(ours.workspace());
    assertThat(transfer.text("task_sid")).isEqualTo(task.getSid());
    assertThat(transfer.text("transfer_mode")).isEqualTo(mode);
    assertThat(transfer.text("transfer_type")).isEqualTo("WORKER");
    assertThat(transfer.text("transfer_to")).isEqualTo(ben.getSid());
    assertThat(transfer.text("transfer_status")).isEqualTo("initiated");
    assertThat(transfer.json().path("transfer_failed_reason").isNull()).isTrue();
    assertThat(transfer.text("initiating_reservation_sid")).isEqualTo(annas.getSid());
    assertThat(transfer.text("initiating_worker_sid")).isEqualTo(anna.getSid());
    assertThat(transfer.text("initiating_queue_sid")).isEqualTo(support.getSid());
    assertThat(transfer.text("initiating_workflow_sid")).isEqualTo(inbound.getSid());
    var bens = ours.awaitOffer(task);
    assertThat(bens.getWorkerSid()).isEqualTo(ben.getSid());
    assertThat(statuses()).containsExactly("Anna accepted", "Ben pending");
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
    assertThat(load(anna)).isEqualTo("1 1");
    assertThat(load(ben)).isEqualTo("1 0");

    ours.answer(bens, Status.ACCEPTED);

    assertThat(statuses()).containsExactly("Anna completed", "Ben accepted");
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
    assertThat(load(anna)).isEqualTo("0 0");
    assertThat(load(ben)).isEqualTo("1 1");
    assertThat(present(transfer).text("transfer_status")).isEqualTo("complete");
    assertThat(events())
        .containsExactly(
            "task.transfer-initiated",
            "reservation.created",
            "reservation.accepted",
            "task.transfer-completed",
            "reservation.completed");
    ours.complete(task);
    assertThat(statuses()).containsExactly("Anna completed", "Ben completed");
  }

  @Test
  void goesToWhoeverOfAQueueTakesItButTheOneWhoHasIt() {
    var transfer = handOn(experts.getSid());
    assertThat(transfer.text("transfer_type")).isEqualTo("QUEUE");
    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(experts.getSid());
    assertThat(ours.pending(task)).isEmpty();

    ours.move(ben, "Available");
    ours.answer(ours.awaitOffer(task), Status.ACCEPTED);

    assertThat(statuses()).containsExactly("Anna completed", "Ben accepted");
    assertThat(ours.present(task).getTaskQueueFriendlyName()).isEqualTo("Experts");
    assertThat(events())
        .containsExactly(
            "task.transfer-initiated",
            "task-queue.moved",
            "task-queue.entered",
            "reservation.created",
            "reservation.accepted",
            "task.transfer-completed",
            "reservation.completed");
  }

  @Test
  void goesThroughAWorkflowStepByStep() {
    var nobody = ours.queue("Nobody", "1==2");
    var escalation =
        ours.workflow(
            "Escalation",
            """
            {"expression": "customer == 'Zoe'", "targets": [
              {"queue": "%s", "timeout": 10}, {"queue": "%s", "priority": 7}]}
            """
                .formatted(nobody.getSid(), experts.getSid()),
            support);
    var transfer = handOn(escalation.getSid());
    assertThat(transfer.text("transfer_type")).isEqualTo("WORKFLOW");
    assertThat(ours.present(task).getWorkflowSid()).isEqualTo(escalation.getSid());
    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(nobody.getSid());

    clock.advance(Duration.ofSeconds(10));
    assertThat(due()).isTrue();

    ours.move(ben, "Available");
    ours.answer(ours.awaitOffer(task), Status.ACCEPTED);
    assertThat(ours.present(task).getPriority()).isEqualTo(7);
    assertThat(events())
        .startsWith(
            "task.transfer-initiated",
            "workflow.entered",
            "task-queue.moved",
            "task-queue.entered",
            "workflow.target-matched",
            "task-queue.timeout",
            "task-queue.moved",
            "task-queue.entered",
            "workflow.target-matched",
            "reservation.created");
  }

  @Test
  void failsWhenItsWorkflowHasNoFurtherStepAndTheTaskIsWhereItWas() {
    var nobody = ours.queue("Nobody", "1==2");
    var hasty =
        ours.workflow(
            "Hasty",
            """
            {"expression": "1==1", "targets": [{"queue": "%s", "timeout": 10}]}
            """
                .formatted(nobody.getSid()),
            support);
    var before = ours.get(path());
    var transfer = handOn(hasty.getSid());

    clock.advance(Duration.ofSeconds(10));
    assertThat(due()).isTrue();

    var failed = present(transfer);
    assertThat(failed.text("transfer_status")).isEqualTo("failed");
    assertThat(failed.text("transfer_failed_reason")).isEqualTo("No worker took the task");
    for (var field :
        List.of(
            "task_queue_sid",
            "task_queue_entered_date",
            "workflow_sid",
            "routing_target",
            "assignment_status",
            "reason")) {
      assertThat(ours.get(path()).json().path(field)).isEqualTo(before.json().path(field));
    }
    assertThat(events()).endsWith("workflow.timeout", "task.transfer-failed");
    assertThat(statuses()).containsExactly("Anna accepted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rejects", "does not answer"})
  void failsWhenTheWorkerItIsMeantForDoesNotTakeIt(String answer) {
    ours.move(ben, "Available");
    var transfer = handOn(ben.getSid());
    letGo(ours.awaitOffer(task), answer);

    assertThat(present(transfer).text("transfer_status")).isEqualTo("failed");
    assertThat(present(transfer).text("transfer_failed_reason"))
        .isEqualTo("The worker did not take the task");
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
    assertThat(statuses().getFirst()).isEqualTo("Anna accepted");
    assertThat(load(ben)).isEqualTo("0 0");
    assertThat(events()).endsWith("task.transfer-attempt-failed", "task.transfer-failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rejects", "does not answer"})
  void asksTheNextOfAQueueWhenOneLetsItGo(String answer) {
    ours.move(ben, "Available");
    var transfer = handOn(experts.getSid());
    letGo(ours.awaitOffer(task), answer);
    assertThat(present(transfer).text("transfer_status")).isEqualTo("initiated");
    assertThat(events()).endsWith("task.transfer-attempt-failed");

    var cleo = ours.availableWorker("Cleo", "{\"level\": 7}");

    var cleos = ours.awaitOffer(task);
    assertThat(cleos.getWorkerSid()).isEqualTo(cleo.getSid());
    ours.answer(cleos, Status.ACCEPTED);
    assertThat(statuses()).contains("Anna completed", "Cleo accepted");
  }

  @Test
  void asksSeveralAtOnceWhereTheQueueSaysSoAndCountsTheirRefusalsAsOneAttempt() {
    ours.wire().post(ours.path("TaskQueues", experts.getSid()), "MaxReservedWorkers", "2");
    ours.move(ben, "Available");
    ours.availableWorker("Cleo", "{\"level\": 7}");
    var transfer = handOn(experts.getSid());
    ours.awaitOffer(task);
    var offers = ours.pending(task);
    assertThat(offers).hasSize(2);

    ours.answer(offers.getFirst(), Status.REJECTED);
    assertThat(events()).doesNotContain("task.transfer-attempt-failed");
    ours.answer(offers.getLast(), Status.REJECTED);
    assertThat(events()).containsOnlyOnce("task.transfer-attempt-failed");
    clock.advance(Duration.ofSeconds(10));
    ours.awaitOffer(task);
    ours.answer(ours.pending(task).getFirst(), Status.ACCEPTED);

    assertThat(present(transfer).text("transfer_status")).isEqualTo("complete");
    assertThat(statuses()).filteredOn(status -> status.endsWith("accepted")).hasSize(1);
    assertThat(statuses()).contains("Anna completed");
  }

  @Test
  void failsWhenItsTimeToLiveIsOverButTheTaskLivesOn() {
    clock.advance(Duration.ofHours(1));
    var shortLived = ours.wire().post(ours.path("Tasks"), "Timeout", "60").text("sid");
    var brief = Task.fetcher(ours.workspace(), shortLived).fetch(ours.client());
    var offer = ours.answer(ours.awaitOffer(brief), Status.ACCEPTED);
    clock.advance(Duration.ofHours(1));
    var transfer =
        post("TaskSid", brief.getSid(), "ReservationSid", offer.getSid(), "To", experts.getSid());
    var sid = TaskSid.of(brief.getSid());

    clock.advance(Duration.ofSeconds(59));
    assertThat(routing.doWhatIsDue(ours.workspaceSid(), sid)).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(routing.doWhatIsDue(ours.workspaceSid(), sid)).isTrue();

    assertThat(present(transfer).text("transfer_status")).isEqualTo("failed");
    assertThat(present(transfer).text("transfer_failed_reason"))
        .isEqualTo("No worker took the task");
    assertThat(ours.present(brief).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
  }

  @Test
  void endsOffersThatAreStillOpenWithItsTimeToLive() {
    ours.move(ben, "Available");
    var transfer = handOn(ben.getSid());
    var bens = ReservationSid.of(ours.awaitOffer(task).getSid());
    jdbc.sql("UPDATE task SET expires_at = ? WHERE sid = ?")
        .params(clock.instant().plusSeconds(120).atOffset(java.time.ZoneOffset.UTC), task.getSid())
        .update();

    clock.advance(Duration.ofSeconds(120));
    assertThat(reservations.expire(ours.workspaceSid(), bens)).isTrue();

    assertThat(statuses()).containsExactly("Anna accepted", "Ben canceled");
    assertThat(present(transfer).text("transfer_status")).isEqualTo("failed");
    assertThat(ours.present(ben).getActivityName()).isEqualTo("Available");
    assertThat(load(ben)).isEqualTo("0 0");
  }

  @Test
  void isTakenBackByTheWorkerWhoHasTheTask() {
    ours.move(ben, "Available");
    var transfer = handOn(ben.getSid());
    ours.awaitOffer(task);

    var canceled = cancel(transfer);

    assertThat(canceled.status()).as(canceled.body()).isEqualTo(200);
    assertThat(canceled.text("transfer_status")).isEqualTo("canceled");
    assertThat(statuses()).containsExactly("Anna accepted", "Ben canceled");
    assertThat(load(ben)).isEqualTo("0 0");
    assertThat(events()).endsWith("task.transfer-canceled", "reservation.canceled");
    var again = cancel(transfer);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text("message"))
        .isEqualTo(
            "Transfer %s is already canceled . Cannot cancel transfer."
                .formatted(transfer.text("sid")));
    assertThat(handOn(experts.getSid()).status()).isEqualTo(201);
  }

  @Test
  void isNotTakenBackOnceItIsComplete() {
    ours.move(ben, "Available");
    var transfer = handOn(ben.getSid());
    ours.answer(ours.awaitOffer(task), Status.ACCEPTED);

    assertThat(cancel(transfer).text("message"))
        .endsWith("is already complete . Cannot cancel transfer.");
    assertThat(statuses()).containsExactly("Anna completed", "Ben accepted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrapping", "completed"})
  void endsWhenTheFirstWorkerIsDoneMeanwhile(String status) {
    ours.move(ben, "Available");
    var transfer = handOn(ben.getSid());
    ours.awaitOffer(task);

    var done =
        ours.wire()
            .post(
                ours.path("Workers", anna.getSid(), "Reservations", annas.getSid()),
                "ReservationStatus",
                status);

    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(present(transfer).text("transfer_status")).isEqualTo("canceled");
    assertThat(ours.get(path()).text("assignment_status")).isEqualTo(status);
    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(support.getSid());
    assertThat(statuses()).containsExactly("Anna " + status, "Ben canceled");
    assertThat(events())
        .contains("task.transfer-canceled", "reservation.canceled")
        .doesNotContain("task.transfer-failed");
  }

  @Test
  void letsAWorkerWhoHasLeftWriteUpWhileTheTaskGoesOn() {
    ours.move(ben, "Available");
    var transfer = handOn(ben.getSid(), "Mode", "COLD");
    var bens = ours.awaitOffer(task);

    assertThat(ours.answer(annas, Status.WRAPPING).getReservationStatus())
        .isEqualTo(Status.WRAPPING);

    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
    assertThat(load(anna)).isEqualTo("1 0");
    refused(
        ours.wire()
            .post(path() + "/Reservations/" + annas.getSid(), "ReservationStatus", "completed"),
        "Expected the transfer of task " + task.getSid());
    ours.answer(bens, Status.ACCEPTED);
    assertThat(statuses()).containsExactly("Anna completed", "Ben accepted");
    assertThat(load(anna)).isEqualTo("0 0");
    assertThat(present(transfer).text("transfer_status")).isEqualTo("complete");
    assertThat(events()).doesNotContain("task.wrapup");
  }

  @Test
  void leavesTheTaskWithAWorkerWhoIsWritingUpIfNobodyTakesIt() {
    ours.move(ben, "Available");
    handOn(ben.getSid(), "Mode", "COLD");
    var bens = ours.awaitOffer(task);
    ours.answer(annas, Status.WRAPPING);

    ours.answer(bens, Status.REJECTED);

    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.WRAPPING);
    assertThat(statuses()).containsExactly("Anna wrapping", "Ben rejected");
    assertThat(events()).endsWith("task.transfer-failed", "task.wrapup");
    ours.complete(task);
    assertThat(statuses()).containsExactly("Anna completed", "Ben rejected");
  }

  @Test
  void mayBeEndedByTheTaskItselfInEitherMode() {
    for (var status : List.of("wrapping", "completed")) {
      var another = ours.task(inbound, "{}");
      var offer = ours.answer(ours.awaitOffer(another), Status.ACCEPTED);
      var transfer =
          post(
              "TaskSid",
              another.getSid(),
              "ReservationSid",
              offer.getSid(),
              "To",
              experts.getSid(),
              "Mode",
              "COLD");
      ours.answer(offer, Status.WRAPPING);

      var ended =
          ours.wire()
              .post(
                  ours.path("Tasks", another.getSid()), "AssignmentStatus", status, "Reason", "x");

      assertThat(ended.text("assignment_status")).as(ended.body()).isEqualTo(status);
      assertThat(present(transfer).text("transfer_status")).isEqualTo("canceled");
      assertThat(ours.reservations(another).getFirst().getReservationStatus()).hasToString(status);
    }
  }

  @Test
  void endsWithTheTask() {
    ours.move(ben, "Available");
    var transfer = handOn(ben.getSid());
    ours.awaitOffer(task);

    assertThat(ours.wire().delete(path()).status()).isEqualTo(204);

    assertThat(present(transfer).text("transfer_status")).isEqualTo("canceled");
    assertThat(load(anna)).isEqualTo("0 0");
    assertThat(load(ben)).isEqualTo("0 0");
    assertThat(events()).contains("task.transfer-canceled", "task.deleted");
  }

  @Test
  void isOverWithTheDayForWhichAWorkerMayHaveTheTask() {
    clock.advance(Duration.ofHours(20));
    var transfer = handOn(experts.getSid());
    clock.advance(Duration.ofHours(4));

    assertThat(due()).isTrue();

    assertThat(present(transfer).text("transfer_status")).isEqualTo("failed");
    assertThat(ours.get(path()).status()).isEqualTo(404);
    assertThat(load(anna)).isEqualTo("0 0");
    assertThat(events()).endsWith("reservation.completed", "task.system-deleted");
  }

  @Test
  void givesTheNextWorkerADayOfItsOwn() {
    clock.advance(Duration.ofHours(20));
    ours.move(ben, "Available");
    handOn(ben.getSid());
    ours.answer(ours.awaitOffer(task), Status.ACCEPTED);

    clock.advance(Duration.ofHours(23));
    assertThat(due()).isFalse();
    clock.advance(Duration.ofHours(1));
    assertThat(due()).isTrue();
  }

  @Test
  void changesWhatTheTaskSaysOfItself() {
    var answer =
        ours.wire()
            .postJson(
                transfers(),
                """
                {"TaskSid": "%s", "ReservationSid": "%s", "To": "%s", "Attributes": {"vip": true}, "Priority": 9}
                """
                    .formatted(task.getSid(), annas.getSid(), experts.getSid()));

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.text("transfer_mode")).isEqualTo("WARM");
    assertThat(ours.present(task).getAttributes()).isEqualTo("{\"vip\":true}");
    assertThat(ours.present(task).getPriority()).isEqualTo(9);
    assertThat(events()).startsWith("task.updated", "task.transfer-initiated");
  }

  @Test
  void isServedInTheOrderOfAllThatWaits() {
    var waiting = new ArrayList<String>();
    for (var i = 0; i < 2; i++) {
      clock.advance(Duration.ofSeconds(1));
      waiting.add(
          ours.wire()
              .post(
                  ours.path("Tasks"),
                  "WorkflowSid",
                  inbound.getSid(),
                  "TaskQueueSid",
                  experts.getSid(),
                  "Priority",
                  "5")
              .text("sid"));
      ours.answer(ours.awaitOffer(task(waiting.get(i))), Status.REJECTED);
    }
    handOn(experts.getSid(), "Priority", "7");
    capacity(ben, 1);

    ours.move(ben, "Available");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
    assertThat(ours.pending(task(waiting.getFirst()))).isEmpty();
  }

  @Test
  void keepsWhatTheTaskMayComeBackToFromBeingDeleted() {
    var other = ours.workflow("Other", "", experts);
    handOn(other.getSid());

    for (var needed :
        List.of(
            ours.path("TaskQueues", support.getSid()),
            ours.path("Workflows", inbound.getSid()),
            ours.path("TaskQueues", experts.getSid()),
            ours.path("Workflows", other.getSid()))) {
      assertThat(ours.wire().delete(needed).status()).as(needed).isEqualTo(400);
    }
  }

  @Test
  void isExplainedAsATaskThatWaitsForAnother() {
    ours.availableWorker("Cleo", "{\"level\": 1}");
    handOn(experts.getSid());

    var answer = ours.get("/muster" + path() + "/Explanation");

    assertThat(answer.json().path("members").valueStream().map(m -> m.path("reason").asString()))
        .containsExactly("assigned", "unavailable_activity");
    assertThat(answer.json().at("/explanation/position/ahead").asInt()).isZero();
  }

  @Test
  void refusesWhatCannotBeHandedOnAndWritesNothing() {
    var missing = List.of("TaskSid", "ReservationSid", "To");
    for (var name : missing) {
      var form = new ArrayList<>(form(experts.getSid()));
      var at = form.indexOf(name);
      form.subList(at, at + 2).clear();
      refused(post(form.toArray(String[]::new)), name + " field is required");
    }
    for (var to :
        List.of(
            anna.getSid(),
            Sid.next("WK"),
            Sid.next("WQ"),
            Sid.next("WW"),
            theirs.queue("Theirs", "1==1").getSid(),
            annas.getSid(),
            "x")) {
      refused(handOn(to), "Expected To to be");
    }
    refused(handOn(experts.getSid(), "Mode", "LUKEWARM"), "Expected Mode to be one of COLD, WARM");
    refused(handOn(experts.getSid(), "Priority", "-1"), "Expected Priority");
    assertThat(handOn(experts.getSid(), "Attributes", "[").text("message"))
        .startsWith("Attributes: Expected a JSON object");
    refused(handOn(experts.getSid(), "TaskSid", Sid.next("WT")), "Expected ReservationSid to be a");
    refused(
        handOn(experts.getSid(), "ReservationSid", Sid.next("WR")),
        "Expected ReservationSid to be a reservation of worker");
    var picky =
        ours.wire()
            .post(
                ours.path("Workflows"),
                "FriendlyName",
                "Picky",
                "Configuration",
                "{\"task_routing\": {\"filters\": [{\"expression\": \"a == 1\", \"targets\": [{\"queue\": \"%s\"}]}]}}"
                    .formatted(experts.getSid()))
            .text("sid");
    refused(handOn(picky), "Expected a filter or the default filter of workflow");
    assertThat(events()).isEmpty();
    assertThat(
            jdbc.sql("SELECT count(*) FROM transfer WHERE task_sid = ?")
                .param(task.getSid())
                .query(Integer.class)
                .single())
        .isZero();

    ours.answer(annas, Status.WRAPPING);
    refused(
        handOn(experts.getSid()),
        "to be accepted before its task is handed on, but it is wrapping");
  }

  @Test
  void isOneAtATime() {
    assertThat(handOn(experts.getSid()).status()).isEqualTo(201);

    refused(handOn(ben.getSid()), "but it is being handed on already");
  }

  /** Whoever is first; nobody is refused for another reason than having been late. */
  @Test
  void hasOneOutcomeHoweverItsPartiesCollide() throws Exception {
    var seed = System.nanoTime();
    System.out.println("TransferTest seed " + seed);
    var random = new Random(seed);
    ours.move(ben, "Available");
    ours.complete(task);
    for (var round = 0; round < 25; round++) {
      var contested = ours.task(inbound, "{}");
      var first = ours.awaitOffer(contested);
      var from = first.getWorkerSid();
      var to = from.equals(anna.getSid()) ? ben.getSid() : anna.getSid();
      ours.answer(first, Status.ACCEPTED);
      var path = "/muster" + ours.path("Workers", from, "Transfers");
      var transfer =
          ours.wire()
              .post(
                  path,
                  "TaskSid",
                  contested.getSid(),
                  "ReservationSid",
                  first.getSid(),
                  "To",
                  to,
                  "Mode",
                  random.nextBoolean() ? "WARM" : "COLD");
      var second = ours.awaitOffer(contested);

      var answers =
          together(
              () -> status(second, "accepted"),
              () -> status(second, "rejected"),
              () -> status(first, random.nextBoolean() ? "wrapping" : "completed"),
              () ->
                  ours.wire()
                      .post(
                          path + "/" + transfer.text("sid"),
                          "TaskSid",
                          contested.getSid(),
                          "TransferStatus",
                          "canceled"));

      assertThat(answers).as("seed %d, round %d", seed, round).doesNotContain(500);
      assertThat(ours.get(path + "/" + transfer.text("sid")).text("transfer_status"))
          .isIn("complete", "canceled", "failed");
      var reservations = ours.reservations(contested);
      assertThat(reservations)
          .as("seed %d, round %d", seed, round)
          .extracting(Reservation::getReservationStatus)
          .doesNotContain(Status.PENDING);
      var open =
          reservations.stream()
              .map(Reservation::getReservationStatus)
              .filter(List.of(Status.ACCEPTED, Status.WRAPPING)::contains)
              .toList();
      var over = ours.present(contested).getAssignmentStatus() == Task.Status.COMPLETED;
      assertThat(open).as("seed %d, round %d", seed, round).hasSize(over ? 0 : 1);
      ours.wire().delete(ours.path("Tasks", contested.getSid()));
      assertThat(load(anna)).as("seed %d, round %d", seed, round).isEqualTo("0 0");
      assertThat(load(ben)).as("seed %d, round %d", seed, round).isEqualTo("0 0");
    }
  }

  private Wire.Answer status(Reservation reservation, String status) {
    return ours.wire()
        .post(
            ours.path("Tasks", reservation.getTaskSid(), "Reservations", reservation.getSid()),
            "ReservationStatus",
            status);
  }

  @SafeVarargs
  private static List<Integer> together(Callable<Wire.Answer>... calls) throws Exception {
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(calls.length)) {
      for (var answer : threads.invokeAll(List.of(calls))) {
        statuses.add(answer.get().status());
      }
    }
    return statuses;
  }

  @Test
  void isInvisibleToOtherTenantsAndUnderOtherWorkers() {
    var transfer = handOn(experts.getSid());
    var sid = transfer.text("sid");
    var cleo = theirs.worker("Dora", "{}");

    for (var path :
        List.of(
            "/muster" + ours.path("Workers", ben.getSid(), "Transfers", sid),
            transfers() + "/" + Sid.next("TT"),
            transfers() + "/TT1")) {
      assertThat(ours.get(path).status()).as(path).isEqualTo(404);
      assertThat(
              ours.wire()
                  .post(path, "TaskSid", task.getSid(), "TransferStatus", "canceled")
                  .status())
          .isEqualTo(404);
    }
    assertThat(theirs.get(transfers() + "/" + sid).status()).isEqualTo(404);
    var foreign = "/muster" + theirs.path("Workers", cleo.getSid(), "Transfers");
    refused(
        theirs.wire().post(foreign, form(experts.getSid()).toArray(String[]::new)),
        "Expected ReservationSid to be a reservation of worker");
    assertThat(theirs.get(foreign + "/" + sid).status()).isEqualTo(404);
    refused(
        ours.wire()
            .post(transfers() + "/" + sid, "TaskSid", Sid.next("WT"), "TransferStatus", "canceled"),
        "Expected TaskSid to be the task of transfer");
    refused(
        ours.wire()
            .post(transfers() + "/" + sid, "TaskSid", task.getSid(), "TransferStatus", "complete"),
        "Expected TransferStatus to be canceled");
    assertThat(present(transfer).text("transfer_status")).isEqualTo("initiated");
  }

  private Wire.Answer handOn(String to, String... more) {
    var form = new ArrayList<>(form(to));
    for (var i = 0; i < more.length; i += 2) {
      var at = form.indexOf(more[i]);
      if (at >= 0) {
        form.set(at + 1, more[i + 1]);
      } else {
        form.addAll(List.of(more[i], more[i + 1]));
      }
    }
    return post(form.toArray(String[]::new));
  }

  private List<String> form(String to) {
    return List.of("TaskSid", task.getSid(), "ReservationSid", annas.getSid(), "To", to);
  }

  private Wire.Answer post(String... form) {
    return ours.wire().post(transfers(), form);
  }

  private Wire.Answer present(Wire.Answer transfer) {
    return ours.get(transfers() + "/" + transfer.text("sid"));
  }

  private Wire.Answer cancel(Wire.Answer transfer) {
    return ours.wire()
        .post(
            transfers() + "/" + transfer.text("sid"),
            "TaskSid",
            transfer.text("task_sid"),
            "TransferStatus",
            "canceled");
  }

  private String transfers() {
    return "/muster" + ours.path("Workers", anna.getSid(), "Transfers");
  }

  private void letGo(Reservation offer, String how) {
    if (how.equals("rejects")) {
      ours.answer(offer, Status.REJECTED);
    } else {
      clock.advance(Duration.of(120, ChronoUnit.SECONDS));
      reservations.expire(ours.workspaceSid(), ReservationSid.of(offer.getSid()));
    }
  }

  private boolean due() {
    return routing.doWhatIsDue(ours.workspaceSid(), TaskSid.of(task.getSid()));
  }

  private Task task(String sid) {
    return Task.fetcher(ours.workspace(), sid).fetch(ours.client());
  }

  private void capacity(Worker worker, int capacity) {
    ours.wire()
        .post(
            ours.path("Workers", worker.getSid(), "Channels", "default"),
            "Capacity",
            "" + capacity);
  }

  /** Units that are taken, and accepted reservations. */
  private String load(Worker worker) {
    return jdbc.sql(
            """
            SELECT c.reserved || ' ' || c.assigned FROM worker_channel c JOIN task_channel t ON t.sid = c.task_channel_sid
            WHERE c.worker_sid = ? AND t.unique_name = 'default'
            """)
        .param(worker.getSid())
        .query(String.class)
        .single();
  }

  private List<String> statuses() {
    return jdbc.sql(
            "SELECT worker_name || ' ' || status FROM reservation WHERE task_sid = ? ORDER BY sid")
        .param(task.getSid())
        .query(String.class)
        .list();
  }

  private String path() {
    return ours.path("Tasks", task.getSid());
  }

  /** What was told of the task since Anna had it. */
  private List<String> events() {
    return jdbc.sql(
            """
            SELECT type FROM event WHERE task_sid = :task AND sid > (
              SELECT min(sid) FROM event WHERE task_sid = :task AND type = 'reservation.accepted')
            ORDER BY sid
            """)
        .param("task", task.getSid())
        .query(String.class)
        .list();
  }
}
