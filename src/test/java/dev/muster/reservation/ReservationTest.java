package dev.muster.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.ApiException;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Sid;
import dev.muster.web.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReservationTest extends TwoTenantsTest {

  @Autowired Reservations reservations;

  TaskQueue everyone;
  Workflow inbound;
  Worker anna;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    inbound = ours.workflow("Inbound", "", everyone);
    anna = ours.availableWorker("Anna", "{}");
    theirs.availableWorker("Anna", "{}");
    theirs.workflow("Inbound", "", theirs.queue("Everyone", "1==1"));
  }

  @Test
  void isTheSameUnderItsTaskAndUnderItsWorkerButForItsAddress() {
    var offer = offer();

    var ofTask = ours.get(ofTask(offer));
    var ofWorker = ours.get(ofWorker(offer));

    assertThat(ofTask.header("ETag")).isEqualTo("\"1\"");
    assertThat(ofWorker.header("ETag")).isEqualTo("\"1\"");
    var workspace = ofTask.text("url").replaceFirst("/Tasks/.*", "");
    assertThat(ofTask.text("url"))
        .isEqualTo(
            "%s/Tasks/%s/Reservations/%s".formatted(workspace, offer.getTaskSid(), offer.getSid()));
    assertThat(ofWorker.text("url"))
        .isEqualTo(
            "%s/Workers/%s/Reservations/%s".formatted(workspace, anna.getSid(), offer.getSid()));
    assertThat(ofWorker.body())
        .isEqualTo(
            ofTask
                .body()
                .replace(
                    "/Tasks/%s/Reservations".formatted(offer.getTaskSid()),
                    "/Workers/%s/Reservations".formatted(anna.getSid())));
    assertThat(offer.getLinks())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "task", workspace + "/Tasks/" + offer.getTaskSid(),
                "worker", workspace + "/Workers/" + anna.getSid(),
                "workspace", workspace));
    assertThat(offer.getReservationStatus()).isEqualTo(Status.PENDING);
    assertThat(offer.getWorkerName()).isEqualTo("Anna");
    assertThat(offer.getAccountSid()).isEqualTo(ours.wire().user());
    assertThat(offer.getDateCreated()).isEqualTo(offer.getDateUpdated());
  }

  @Test
  void isListedUnderBothByStatusAndPageByPage() {
    var statuses = List.of("rejected", "rejected", "accepted");
    for (var status : statuses) {
      var offer = offer();
      answer(ofWorker(offer), "ReservationStatus", status);
      if (status.equals("rejected")) {
        ours.wire().post(ours.path("Tasks", offer.getTaskSid()), "AssignmentStatus", "canceled");
      }
    }
    var path = ours.path("Workers", anna.getSid(), "Reservations");

    assertThat(statuses(ours.get(path))).containsExactlyElementsOf(statuses);
    assertThat(statuses(ours.get(path, "ReservationStatus", "rejected"))).hasSize(2);
    assertThat(statuses(ours.get(path, "ReservationStatus", "pending"))).isEmpty();
    refused(ours.get(path, "ReservationStatus", "lost"), "Expected ReservationStatus to be one of");
    var one = ours.get(path, "PageSize", "2");
    var two = ours.wire().get(one.json().at("/meta/next_page_url").asString());
    var back = ours.wire().get(two.json().at("/meta/previous_page_url").asString());
    assertThat(statuses(two)).containsExactly("accepted");
    assertThat(back.json().path("reservations")).isEqualTo(one.json().path("reservations"));
    assertThat(one.json().at("/meta/key").asString()).isEqualTo("reservations");
    assertThat(one.header("ETag")).startsWith("W/\"").isEqualTo(back.header("ETag"));
    assertThat(two.header("ETag")).isNotEqualTo(one.header("ETag"));
    var all =
        com.twilio.rest.taskrouter.v1.workspace.worker.Reservation.reader(
                ours.workspace(), anna.getSid())
            .setPageSize(1L)
            .read(ours.client());
    assertThat(StreamSupport.stream(all.spliterator(), false)).hasSize(3);
  }

  @Test
  void isListedUnderItsTaskByWorkerAndStatus() {
    TaskQueue.updater(ours.workspace(), everyone.getSid())
        .setMaxReservedWorkers(2)
        .update(ours.client());
    var ben = ours.availableWorker("Ben", "{}");
    var offer = offer();
    var path = ours.path("Tasks", offer.getTaskSid(), "Reservations");
    assertThat(statuses(ours.get(path))).containsExactly("pending", "pending");
    var before = ours.get(path).header("ETag");
    assertThat(before).startsWith("W/\"");

    assertThat(workers(ours.get(path, "WorkerSid", ben.getSid()))).containsExactly(ben.getSid());
    refused(ours.get(path, "WorkerSid", "WK1"), "Expected WorkerSid");
    answer(ofTask(offer), "ReservationStatus", "accepted");

    assertThat(statuses(ours.get(path))).containsExactlyInAnyOrder("accepted", "rescinded");
    assertThat(workers(ours.get(path, "ReservationStatus", "accepted")))
        .containsExactly(offer.getWorkerSid());
    assertThat(ours.get(path).header("ETag")).isNotEqualTo(before);
  }

  @Test
  void isAcceptedWrappedAndCompletedThroughEitherParent() {
    for (var underTask : List.of(true, false)) {
      var offer = offer();
      var path = underTask ? ofTask(offer) : ofWorker(offer);

      var accepted = answer(path, "ReservationStatus", "accepted");
      assertThat(accepted.text("reservation_status")).isEqualTo("accepted");
      assertThat(accepted.header("ETag")).isEqualTo("\"2\"");
      assertThat(accepted.text("url")).endsWith(path);
      assertThat(taskOf(offer).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
      assertThat(answer(path, "ReservationStatus", "wrapping").header("ETag")).isEqualTo("\"3\"");
      assertThat(taskOf(offer).getAssignmentStatus()).isEqualTo(Task.Status.WRAPPING);
      assertThat(answer(path, "ReservationStatus", "completed").header("ETag")).isEqualTo("\"4\"");
      assertThat(taskOf(offer).getAssignmentStatus()).isEqualTo(Task.Status.COMPLETED);
    }
  }

  @Test
  void isAcceptedAndRejectedByInstructionToo() {
    var accepted = offer();
    assertThat(answer(ofTask(accepted), "Instruction", "accept").text("reservation_status"))
        .isEqualTo("accepted");
    answer(ofTask(accepted), "ReservationStatus", "completed");

    var rejected = offer();
    var unavailable = ours.activity("Unavailable");
    answer(ofWorker(rejected), "Instruction", "reject", "WorkerActivitySid", unavailable);

    assertThat(ours.present(anna).getActivityName()).isEqualTo("Unavailable");
    assertThat(taskOf(rejected).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
  }

  @Test
  void isRejectedWithTheWorkersNextActivityOrWithout() {
    var first = offer();
    ours.answer(first, Status.REJECTED);
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Available");

    var second = offer();
    Reservation.updater(ours.workspace(), second.getTaskSid(), second.getSid())
        .setReservationStatus(Status.REJECTED)
        .setWorkerActivitySid(ours.activity("Offline"))
        .update(ours.client());

    assertThat(ours.present(anna).getActivityName()).isEqualTo("Offline");
    assertThat(capacity()).isEqualTo(100);
  }

  @Test
  void startsTheWorkersNextActivityOnceTheWorkIsCompleted() {
    var unavailable = ours.activity("Unavailable");
    var first = offer();
    answer(ofTask(first), "ReservationStatus", "accepted", "PostWorkActivitySid", unavailable);
    answer(ofWorker(first), "ReservationStatus", "wrapping");
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Available");
    answer(ofTask(first), "ReservationStatus", "completed");
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Unavailable");

    ours.move(anna, "Available");
    var second = offer();
    answer(ofTask(second), "Instruction", "accept", "PostWorkActivitySid", unavailable);
    answer(
        ofWorker(second),
        "ReservationStatus",
        "completed",
        "PostWorkActivitySid",
        ours.activity("Offline"));
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Offline");
  }

  @Test
  void leavesTheWorkerWhoseNextActivityIsNoMore() {
    var lunch = Activity.creator(ours.workspace(), "Lunch").create(ours.client()).getSid();
    var offer = offer();
    answer(ofTask(offer), "ReservationStatus", "accepted", "PostWorkActivitySid", lunch);
    assertThat(ours.wire().delete(ours.path("Activities", lunch)).status()).isEqualTo(204);

    ours.wire().post(ours.path("Tasks", offer.getTaskSid()), "AssignmentStatus", "completed");

    assertThat(ours.present(anna).getActivityName()).isEqualTo("Available");
  }

  @Test
  void isNotOfferedToAWorkerAgainAtOnceWhoLetItLapseAndStays() {
    ours.wire().post("/muster" + ours.path("Settings"), "ReservationTimeoutMovesWorker", "false");
    var offer = offer();
    clock.advance(Duration.ofSeconds(120));
    reservations.expire(ours.workspaceSid(), ReservationSid.of(offer.getSid()));

    var other = offer();
    assertThat(other.getWorkerSid()).isEqualTo(anna.getSid());
    assertThat(ours.pending(taskOf(offer))).isEmpty();
    answer(ofTask(other), "ReservationStatus", "accepted");
    answer(ofTask(other), "ReservationStatus", "completed");

    clock.advance(Duration.ofSeconds(11));
    assertThat(ours.awaitOffer(taskOf(offer)).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void changesOnlyAtTheExpectedVersionUnderEitherParent() {
    var offer = offer();

    for (var path : List.of(ofTask(offer), ofWorker(offer))) {
      for (var status : List.of("accepted", "rejected", "wrapping", "completed")) {
        var stale = ours.postIfMatch("7", path, "ReservationStatus", status);
        assertThat(stale.status()).as(stale.body()).isEqualTo(412);
        assertThat(stale.json().path("code").asInt()).isEqualTo(20412);
      }
    }
    assertThat(ours.get(ofTask(offer)).text("reservation_status")).isEqualTo("pending");
    assertThat(ours.postIfMatch("1", ofTask(offer), "ReservationStatus", "accepted").status())
        .isEqualTo(200);
    assertThat(
            ours.postIfMatch("\"2\"", ofWorker(offer), "ReservationStatus", "completed").status())
        .isEqualTo(200);
  }

  @Test
  void refusesIllegalChangesOfItsStatus() {
    var offer = offer();
    for (var status : List.of("wrapping", "completed", "pending", "timeout", "canceled")) {
      refused(ours.wire().post(ofTask(offer), "ReservationStatus", status), "Expected");
    }
    answer(ofTask(offer), "ReservationStatus", "accepted");
    refused(
        ours.wire().post(ofTask(offer), "ReservationStatus", "accepted"),
        "Expected to accept reservation %s while it is pending, but it is already accepted"
            .formatted(offer.getSid()));
    refused(
        ours.wire().post(ofWorker(offer), "ReservationStatus", "rejected"), "Expected to reject");
    answer(ofTask(offer), "ReservationStatus", "completed");
    refused(
        ours.wire().post(ofTask(offer), "ReservationStatus", "wrapping"), "Expected to wrap up");
    assertThat(ours.get(ofTask(offer)).header("ETag")).isEqualTo("\"3\"");
  }

  @Test
  void isGoneForAllButTheFirstToAccept() {
    TaskQueue.updater(ours.workspace(), everyone.getSid())
        .setMaxReservedWorkers(2)
        .update(ours.client());
    ours.availableWorker("Ben", "{}");
    var task = ours.task(inbound, "{}");
    ours.awaitOffer(task);
    var offers = ours.pending(task);

    answer(ofTask(offers.getFirst()), "ReservationStatus", "accepted");

    for (var path : List.of(ofTask(offers.getLast()), ofWorker(offers.getLast()))) {
      var gone = ours.wire().post(path, "ReservationStatus", "accepted");
      assertThat(gone.status()).isEqualTo(410);
      assertThat(gone.json().path("code").asInt()).isEqualTo(20410);
    }
  }

  @Test
  void isNoLongerAnsweredOnceItsTimeIsOver() {
    var offer = offer();
    clock.advance(Duration.ofSeconds(120));

    assertThatThrownBy(() -> ours.answer(offer, Status.ACCEPTED))
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.getStatusCode()).isEqualTo(400));

    assertThat(ours.get(ofTask(offer)).text("reservation_status")).isEqualTo("timeout");
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Offline");
    assertThat(capacity()).isEqualTo(100);
    assertThat(reservations.expire(ours.workspaceSid(), ReservationSid.of(offer.getSid())))
        .isFalse();
  }

  @Test
  void isRejectedWhenItsWorkerRefusesAllThatIsPending() {
    ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "default"), "Capacity", "3");
    var accepted = offer();
    answer(ofTask(accepted), "ReservationStatus", "accepted");
    var pending = List.of(offer(), offer());

    refused(
        ours.wire()
            .post(
                ours.path("Workers", anna.getSid()),
                "ActivitySid",
                ours.activity("Available"),
                "RejectPendingReservations",
                "true"),
        "Expected ActivitySid of an unavailable activity");
    Worker.updater(ours.workspace(), anna.getSid())
        .setActivitySid(ours.activity("Unavailable"))
        .setRejectPendingReservations(true)
        .update(ours.client());

    assertThat(ours.present(anna).getActivityName()).isEqualTo("Unavailable");
    assertThat(ours.get(ofTask(accepted)).text("reservation_status")).isEqualTo("accepted");
    for (var offer : pending) {
      assertThat(ours.get(ofTask(offer)).text("reservation_status")).isEqualTo("rejected");
      assertThat(taskOf(offer).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
    }
    assertThat(capacity()).isEqualTo(66);
  }

  @Test
  void staysWithItsWorkerWhoOnlyGoesAway() {
    var offer = offer();

    ours.move(anna, "Unavailable");

    answer(ofWorker(offer), "ReservationStatus", "accepted");
    assertThat(taskOf(offer).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
  }

  @Test
  void refusesInstructionsThatNeedTelephonyWithTheirCodes() {
    var offer = offer();
    var codes = Map.of("dequeue", 40133, "call", 40113, "redirect", 40122, "conference", 40145);

    codes.forEach(
        (instruction, code) -> {
          for (var path : List.of(ofTask(offer), ofWorker(offer))) {
            refused(ours.wire().post(path, "Instruction", instruction), 400, code);
          }
        });
    refused(ours.wire().post(ofTask(offer), "Instruction", "supervise"), 400, 40148);
    refused(ours.wire().post(ofWorker(offer), "Instruction", "supervise"), 400, 20001);
    refused(
        ours.wire()
            .post(
                ofTask(offer),
                "Instruction",
                "conference",
                "To",
                "client:anna",
                "StatusCallbackEvent",
                "initiated",
                "StatusCallbackEvent",
                "completed",
                "Beep",
                "onEnter",
                "MaxParticipants",
                "250",
                "ConferenceRecord",
                "record-from-start",
                "Region",
                "ie1"),
        400,
        40145);
    assertThat(ours.get(ofTask(offer)).header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void refusesHostileInputAndWritesNothing() {
    var offer = offer();
    var rejecting = List.of("ReservationStatus", "rejected");
    for (var input :
        List.of(
            List.<String>of(),
            List.of("ReservationStatus", "maybe"),
            List.of("Instruction", "explode"),
            List.of("ReservationStatus", "accepted", "Instruction", "accept"),
            List.of("ReservationStatus", "accepted", "WorkerActivitySid", ours.activity("Offline")),
            with(rejecting, "WorkerActivitySid", theirs.activity("Offline")),
            with(rejecting, "WorkerActivitySid", Sid.next("WA")),
            with(rejecting, "WorkerActivitySid", "WA1"),
            with(rejecting, "DequeuePostWorkActivitySid", "x"),
            with(rejecting, "DequeueRecord", "all"),
            with(rejecting, "DequeueTimeout", "soon"),
            with(rejecting, "DequeueStatusCallbackUrl", "nowhere"),
            with(rejecting, "DequeueStatusCallbackEvent", "initiated,never"),
            with(rejecting, "CallUrl", "javascript:alert(1)"),
            with(rejecting, "CallTimeout", "0"),
            with(rejecting, "CallStatusCallbackUrl", "x"),
            with(rejecting, "RedirectCallSid", "CA1"),
            with(rejecting, "RedirectUrl", "x"),
            with(rejecting, "StatusCallbackMethod", "PUT"),
            with(rejecting, "StatusCallbackEvent", "never"),
            with(rejecting, "Beep", "loud"),
            with(rejecting, "MaxParticipants", "1"),
            with(rejecting, "MaxParticipants", "251"),
            with(rejecting, "ConferenceStatusCallbackEvent", "start", "party"),
            with(rejecting, "ConferenceRecord", "maybe"),
            with(rejecting, "ConferenceTrim", "all"),
            with(rejecting, "RecordingChannels", "quad"),
            with(rejecting, "RecordingStatusCallback", "x"),
            with(rejecting, "ConferenceRecordingStatusCallbackMethod", "DELETE"),
            with(rejecting, "Region", "mars1"),
            with(rejecting, "JitterBufferSize", "huge"),
            with(rejecting, "PostWorkActivitySid", "WK1"),
            with(rejecting, "PostWorkActivitySid", ours.activity("Offline")),
            List.of("ReservationStatus", "accepted", "PostWorkActivitySid", Sid.next("WA")),
            List.of("Instruction", "accept", "PostWorkActivitySid", theirs.activity("Offline")),
            with(rejecting, "WaitUrl", "x"))) {
      for (var path : List.of(ofTask(offer), ofWorker(offer))) {
        var answer = ours.wire().post(path, input.toArray(String[]::new));
        assertThat(answer.status()).as("%s: %s", input, answer.body()).isEqualTo(400);
        assertThat(answer.json().path("code").asInt()).as("%s", input).isEqualTo(20001);
        assertThat(answer.text("message")).startsWith("Expected ").contains(", but");
      }
    }
    var supervisor = with(rejecting, "SupervisorMode", "shout").toArray(String[]::new);
    refused(ours.wire().post(ofTask(offer), supervisor), "Expected SupervisorMode to be one of");
    assertThat(ours.get(ofTask(offer)).header("ETag")).isEqualTo("\"1\"");
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Available");
  }

  @Test
  void takesAJsonBody() {
    var offer = offer();

    var rejected =
        ours.wire()
            .postJson(
                ofWorker(offer),
                "{\"ReservationStatus\": \"rejected\", \"StatusCallbackEvent\": [\"ringing\"]}");

    assertThat(rejected.text("reservation_status")).isEqualTo("rejected");
  }

  @Test
  void showsEveryParameterInTheApiDocument() {
    var document = ours.wire().get("/v3/api-docs").json().path("paths");
    var ofTask =
        document
            .path("/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations/{Sid}")
            .at("/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties");
    var ofWorker =
        document
            .path("/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations/{Sid}")
            .at("/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties");

    assertThat(ofTask.propertyNames()).hasSize(54).contains("Supervisor", "SupervisorMode");
    assertThat(ofWorker.propertyNames()).hasSize(52).doesNotContain("Supervisor");
    assertThat(ofTask.at("/MaxParticipants/maximum").asInt()).isEqualTo(250);
    assertThat(ofTask.at("/StatusCallbackEvent/items/enum").toString())
        .isEqualTo("[\"initiated\",\"ringing\",\"answered\",\"completed\"]");
    assertThat(ofTask.at("/Muted/type").asString()).isEqualTo("boolean");
    assertThat(ofTask.at("/CallUrl/format").asString()).isEqualTo("uri");
  }

  @Test
  void isInvisibleToOtherTenantsAndUnderOtherParents() {
    var offer = offer();
    var ben = ours.worker("Ben", "{}");
    var other = ours.task(inbound, "{}");

    for (var path :
        List.of(
            ofTask(offer),
            ofWorker(offer),
            theirs.path("Tasks", offer.getTaskSid(), "Reservations", offer.getSid()),
            theirs.path("Workers", anna.getSid(), "Reservations", offer.getSid()))) {
      assertThat(theirs.get(path).status()).isEqualTo(404);
      assertThat(theirs.wire().post(path, "ReservationStatus", "accepted").status()).isEqualTo(404);
    }
    for (var path :
        List.of(
            ours.path("Tasks", other.getSid(), "Reservations", offer.getSid()),
            ours.path("Workers", ben.getSid(), "Reservations", offer.getSid()),
            ours.path("Tasks", offer.getTaskSid(), "Reservations", "WR1"))) {
      assertThat(ours.get(path).status()).isEqualTo(404);
      assertThat(ours.wire().post(path, "ReservationStatus", "accepted").status()).isEqualTo(404);
    }
    for (var path :
        List.of(
            ours.path("Tasks", Sid.next("WT"), "Reservations"),
            ours.path("Workers", Sid.next("WK"), "Reservations"))) {
      assertThat(ours.get(path).status()).isEqualTo(404);
    }
    assertThat(ours.get(ofTask(offer)).text("reservation_status")).isEqualTo("pending");
  }

  /** A new task's offer to whoever is ready. */
  private Reservation offer() {
    return ours.awaitOffer(ours.task(inbound, "{}"));
  }

  private Wire.Answer answer(String path, String... form) {
    var answer = ours.wire().post(path, form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private String ofTask(Reservation offer) {
    return ours.path("Tasks", offer.getTaskSid(), "Reservations", offer.getSid());
  }

  private String ofWorker(Reservation offer) {
    return ours.path("Workers", offer.getWorkerSid(), "Reservations", offer.getSid());
  }

  private Task taskOf(Reservation offer) {
    return Task.fetcher(ours.workspace(), offer.getTaskSid()).fetch(ours.client());
  }

  private static List<String> with(List<String> form, String name, String... values) {
    var more = new ArrayList<>(form);
    for (var value : values) {
      more.addAll(List.of(name, value));
    }
    return more;
  }

  private int capacity() {
    return ours.get(ours.path("Workers", anna.getSid(), "Channels", "default"))
        .json()
        .path("available_capacity_percentage")
        .asInt();
  }

  private static List<String> statuses(Wire.Answer list) {
    return texts(list, "reservation_status");
  }

  private static List<String> workers(Wire.Answer list) {
    return texts(list, "worker_sid");
  }

  private static List<String> texts(Wire.Answer list, String field) {
    assertThat(list.status()).as(list.body()).isEqualTo(200);
    return list.json()
        .path("reservations")
        .valueStream()
        .map(each -> each.path(field).asString())
        .toList();
  }
}
