package dev.muster.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.given.CalledBackTest;
import dev.muster.given.StandIn;
import dev.muster.given.StandIn.Answer;
import dev.muster.web.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Instructions that make calls, by requests and as answers to callbacks. */
class CallingTest extends CalledBackTest {

  private static final String PROVIDER = "AC" + "ab".repeat(16);
  private static final String CALLER = "CA" + "12".repeat(16);
  private static final String WORKER_CALL = "CA" + "34".repeat(16);
  private static final String CUSTOMER_CALL = "CA" + "56".repeat(16);
  private static final String ON_THE_PHONE =
      "{\"call_sid\": \"%s\", \"called\": \"+15550100\", \"price\": 1.10}".formatted(CALLER);

  private final StandIn phones = new StandIn();

  @BeforeEach
  void connectTelephony() {
    var set =
        ours.wire()
            .post(
                "/muster/v1/Telephony",
                "AccountSid",
                PROVIDER,
                "AuthToken",
                "token",
                "BaseUrl",
                phones.url("/base"));
    assertThat(set.status()).as(set.body()).isEqualTo(200);
    phones.answers(Answer.json(201, "{\"sid\": \"%s\"}".formatted(WORKER_CALL)));
  }

  @AfterEach
  void closeTelephony() {
    phones.close();
  }

  @Test
  void callsTheWorkerAndAcceptsIfAsked() {
    var offer = offer("{}");

    var called =
        instruct(
            offer,
            "call",
            "CallFrom",
            "+15550101",
            "CallUrl",
            "https://example.org/hello",
            "CallTimeout",
            "20",
            "CallRecord",
            "record-from-answer",
            "CallStatusCallbackUrl",
            "https://example.org/status",
            "CallAccept",
            "true");

    assertThat(called.text("reservation_status")).isEqualTo("accepted");
    var request = phones.received().getFirst();
    assertThat(request.uri().getPath())
        .isEqualTo("/base/2010-04-01/Accounts/%s/Calls.json".formatted(PROVIDER));
    assertThat(request.header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((PROVIDER + ":token").getBytes(StandardCharsets.UTF_8)));
    assertThat(request.fields())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "To", "client:anna",
                "From", "+15550101",
                "Url", "https://example.org/hello",
                "Timeout", "20",
                "Record", "true",
                "StatusCallback", "https://example.org/status",
                "StatusCallbackMethod", "POST"));
    assertThat(attributes(offer).path("worker_call_sid").asString()).isEqualTo(WORKER_CALL);
  }

  @Test
  void callsWithoutAcceptingUnlessAsked() {
    var offer = offer("{}");

    var called =
        instruct(offer, "call", "CallFrom", "+1", "CallTo", "+2", "CallUrl", "https://a.example/");

    assertThat(called.text("reservation_status")).isEqualTo("pending");
    assertThat(phones.received().getFirst().field("To")).isEqualTo("+2");
    assertThat(attributes(offer).path("worker_call_sid").asString()).isEqualTo(WORKER_CALL);
  }

  @Test
  void redirectsTheCallAndAcceptsIfAsked() {
    var offer = offer("{}");

    var redirected =
        instruct(
            offer,
            "redirect",
            "RedirectCallSid",
            CALLER,
            "RedirectUrl",
            "https://example.org/next",
            "RedirectAccept",
            "true");

    assertThat(redirected.text("reservation_status")).isEqualTo("accepted");
    var request = phones.received().getFirst();
    assertThat(request.uri().getPath()).endsWith("/Calls/%s.json".formatted(CALLER));
    assertThat(request.fields()).isEqualTo(Map.of("Url", "https://example.org/next"));
    assertThat(attributes(offer).has("worker_call_sid")).isFalse();
  }

  @Test
  void bringsTheWaitingCallerAndTheWorkerIntoOneRoom() {
    var offer = offer(ON_THE_PHONE);
    var away = ours.activity("Unavailable");

    var dequeued =
        instruct(
            offer,
            "dequeue",
            "DequeuePostWorkActivitySid",
            away,
            "DequeueStatusCallbackUrl",
            "https://example.org/status?a=b",
            "DequeueStatusCallbackEvent",
            "ringing",
            "DequeueStatusCallbackEvent",
            "completed");

    assertThat(dequeued.text("reservation_status")).isEqualTo("accepted");
    var room =
        "<Response><Dial><Conference endConferenceOnExit=\"true\" beep=\"false\">%s</Conference></Dial></Response>"
            .formatted(offer.getSid());
    var worker = phones.received().getFirst();
    assertThat(worker.field("To")).isEqualTo("client:anna");
    assertThat(worker.field("From")).isEqualTo("+15550100");
    assertThat(worker.field("Twiml")).isEqualTo(room);
    assertThat(worker.field("Timeout")).isEqualTo("60");
    assertThat(worker.field("StatusCallback"))
        .isEqualTo("https://example.org/status?a=b&taskCallSid=" + CALLER);
    assertThat(worker.field("StatusCallbackMethod")).isEqualTo("GET");
    assertThat(worker.all("StatusCallbackEvent")).containsExactly("ringing", "completed");
    var caller = phones.received().getLast();
    assertThat(caller.uri().getPath()).endsWith("/Calls/%s.json".formatted(CALLER));
    assertThat(caller.fields()).isEqualTo(Map.of("Twiml", room));
    assertThat(attributes(offer).path("worker_call_sid").asString()).isEqualTo(WORKER_CALL);
    assertThat(task(offer).getAttributes()).contains("\"price\":1.10");

    assertThat(ours.present(anna).getActivityName()).isEqualTo("Available");
    ours.complete(task(offer));
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Unavailable");
  }

  @Test
  void meetsInAConferenceNamedByTheTask() {
    var offer = offer(ON_THE_PHONE);

    var met =
        instruct(
            offer,
            "conference",
            "From",
            "+15550102",
            "Timeout",
            "15",
            "Muted",
            "true",
            "EndConferenceOnExit",
            "true",
            "EndConferenceOnCustomerExit",
            "true",
            "BeepOnCustomerEntrance",
            "false",
            "WaitUrl",
            "https://example.org/wait?a=1&b=2",
            "ConferenceRecord",
            "true",
            "ConferenceStatusCallback",
            "https://example.org/conference",
            "ConferenceStatusCallbackEvent",
            "join",
            "ConferenceStatusCallbackEvent",
            "leave",
            "Record",
            "true",
            "RecordingChannels",
            "dual");

    assertThat(met.text("reservation_status")).isEqualTo("accepted");
    var room =
        " waitUrl=\"https://example.org/wait?a=1&amp;b=2\" record=\"record-from-start\" statusCallback=\"https://example.org/conference\" statusCallbackEvent=\"join leave\"";
    var worker = phones.received().getFirst();
    assertThat(worker.fields())
        .containsEntry("Timeout", "15")
        .containsEntry("Record", "true")
        .containsEntry("RecordingChannels", "dual")
        .containsEntry(
            "Twiml",
            "<Response><Dial><Conference%s muted=\"true\" endConferenceOnExit=\"true\">%s</Conference></Dial></Response>"
                .formatted(room, offer.getTaskSid()));
    assertThat(phones.received().getLast().field("Twiml"))
        .isEqualTo(
            "<Response><Dial><Conference%s beep=\"false\" endConferenceOnExit=\"true\">%s</Conference></Dial></Response>"
                .formatted(room, offer.getTaskSid()));
    var conference = attributes(offer).path("conference");
    assertThat(conference.path("room").asString()).isEqualTo(offer.getTaskSid());
    assertThat(conference.at("/participants/worker").asString()).isEqualTo(WORKER_CALL);
    assertThat(conference.at("/participants/customer").asString()).isEqualTo(CALLER);
  }

  @ParameterizedTest
  @CsvSource({"dequeue, DequeueFrom", "conference, From"})
  void looksInTheWorkersAttributesForWhatComesAfterTheWork(String instruction, String from) {
    var offer = offer(ON_THE_PHONE);
    Worker.updater(ours.workspace(), anna.getSid())
        .setAttributes(
            "{\"contact_uri\": \"client:anna\", \"post_work_activity_sid\": \"%s\"}"
                .formatted(ours.activity("Unavailable")))
        .update(ours.client());

    instruct(offer, instruction, from, "+15550102");
    ours.complete(task(offer));

    assertThat(ours.present(anna).getActivityName()).isEqualTo("Unavailable");
  }

  @Test
  void callsTheCustomerToTheConferenceWhoIsNotOnThePhone() {
    var offer = offer("{\"outbound_to\": \"+15550199\"}");

    instruct(offer, "conference", "From", "+15550102");

    var customer = phones.received().getLast();
    assertThat(customer.uri().getPath()).endsWith("/Calls.json");
    assertThat(customer.field("To")).isEqualTo("+15550199");
    assertThat(customer.field("From")).isEqualTo("+15550102");
    assertThat(customer.field("Twiml")).contains(offer.getTaskSid());
  }

  @Test
  void saysWhatIsMissingBeforeItCallsAnybody() {
    Worker.updater(ours.workspace(), anna.getSid()).setAttributes("{}").update(ours.client());
    var bare = offer("{\"call_sid\": \"../../Accounts\"}");
    var url = "https://example.org/";
    var offline = theirs.activity("Offline");
    ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "default"), "Capacity", "2");
    var phoned = offer(ON_THE_PHONE.replace("called", "other"));

    refused(post(bare, "call", "CallFrom", "+1", "CallUrl", url), 400, 40110);
    refused(post(bare, "call", "CallTo", "+2", "CallUrl", url), 400, 40111);
    refused(post(bare, "call", "CallTo", "+2", "CallFrom", "+1"), 400, 40112);
    refused(post(bare, "redirect", "RedirectCallSid", CALLER), 400, 40120);
    refused(post(bare, "redirect", "RedirectUrl", url), 400, 40121);
    refused(post(bare, "dequeue", "DequeueTo", "+2", "DequeueFrom", "+1"), 400, 40140);
    refused(post(phoned, "dequeue", "DequeueFrom", "+1"), 400, 40131);
    refused(post(phoned, "dequeue", "DequeueTo", "+2"), 400, 40132);
    refused(
        post(
            phoned,
            "dequeue",
            "DequeueTo",
            "+2",
            "DequeueFrom",
            "+1",
            "DequeuePostWorkActivitySid",
            offline),
        400,
        40130);
    refused(post(phoned, "conference", "From", "+1"), 400, 40137);
    refused(post(phoned, "conference", "To", "+2"), 400, 40138);
    refused(post(bare, "conference", "To", "+2", "From", "+1"), 400, 40142);
    refused(
        post(phoned, "conference", "To", "+2", "From", "+1", "PostWorkActivitySid", offline),
        400,
        40139);
    refused(post(phoned, "dequeue", "DequeueTimeout", "1000"), 400, 20001);
    Worker.updater(ours.workspace(), anna.getSid())
        .setAttributes("{\"post_work_activity_sid\": \"%s\"}".formatted(offline))
        .update(ours.client());
    refused(post(phoned, "conference", "To", "+2", "From", "+1"), 400, 40139);
    assertThat(phones.received()).isEmpty();
    for (var offer : List.of(bare, phoned)) {
      assertThat(present(offer).getReservationStatus()).isEqualTo(Status.PENDING);
    }
  }

  @Test
  void makesNoCallsButAConferenceForATaskThatIsHandedOn() {
    var first = offer(ON_THE_PHONE);
    ours.answer(first, Status.ACCEPTED);
    var ben = ours.availableWorker("Ben", "{\"contact_uri\": \"client:ben\"}");
    var handedOn =
        ours.wire()
            .post(
                "/muster" + ours.path("Workers", anna.getSid(), "Transfers"),
                "TaskSid",
                first.getTaskSid(),
                "ReservationSid",
                first.getSid(),
                "To",
                ben.getSid());
    assertThat(handedOn.status()).as(handedOn.body()).isEqualTo(201);
    var second = ours.awaitOffer(task(first));

    refused(post(second, "dequeue"), 400, 40151);
    refused(post(second, "call", "CallFrom", "+1", "CallUrl", "https://a.example/"), 400, 40151);
    refused(
        post(second, "redirect", "RedirectCallSid", CALLER, "RedirectUrl", "https://a.example/"),
        400,
        40151);
    assertThat(phones.received()).isEmpty();
    assertThat(present(second).getReservationStatus()).isEqualTo(Status.PENDING);

    instruct(second, "conference");
    assertThat(present(second).getReservationStatus()).isEqualTo(Status.ACCEPTED);
    assertThat(present(first).getReservationStatus()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void cancelsTheReservationWhenItsCallsFail() {
    phones.answers(Answer.json(400, "{\"code\": 21211, \"message\": \"Invalid 'To'\"}"));
    var offer = offer(ON_THE_PHONE);

    var failed = post(offer, "dequeue");

    refused(failed, 400, 40133);
    assertThat(failed.text("message")).contains("400").contains("Invalid 'To'");
    assertThat(phones.received()).hasSize(1);
    assertThat(present(offer).getReservationStatus()).isEqualTo(Status.CANCELED);
    assertThat(task(offer).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
    assertThat(attributes(offer).has("worker_call_sid")).isFalse();
  }

  @Test
  void leavesTheReservationPendingWhenACallThatDoesNotAcceptFails() {
    phones.answers(Answer.json(500, "no JSON"));
    var offer = offer("{}");

    refused(post(offer, "call", "CallFrom", "+1", "CallUrl", "https://example.org/"), 400, 40113);
    refused(
        post(offer, "redirect", "RedirectCallSid", CALLER, "RedirectUrl", "https://example.org/"),
        400,
        40122);

    assertThat(present(offer).getReservationStatus()).isEqualTo(Status.PENDING);
  }

  @Test
  void hangsUpOnTheWorkerWhenTheCallerIsGone() {
    phones.answers(
        request ->
            request.uri().getPath().contains(CALLER)
                ? Answer.json(404, "{\"message\": \"Call not found\"}")
                : Answer.json(201, "{\"sid\": \"%s\"}".formatted(WORKER_CALL)));
    var offer = offer(ON_THE_PHONE);

    refused(post(offer, "conference", "From", "+1"), 400, 40145);

    assertThat(hungUp()).containsExactly(WORKER_CALL);
    assertThat(present(offer).getReservationStatus()).isEqualTo(Status.CANCELED);
  }

  @Test
  void hangsUpOnTheWorkerWhoseReservationEndedMeanwhile() {
    var offer = offer(ON_THE_PHONE);
    whileCalling(
        () ->
            ours.wire()
                .post(ours.path("Tasks", offer.getTaskSid()), "AssignmentStatus", "canceled"));

    refused(post(offer, "conference", "From", "+1"), 400, 40144);

    assertThat(hungUp()).containsExactly(WORKER_CALL);
    assertThat(present(offer).getReservationStatus()).isEqualTo(Status.CANCELED);
  }

  @Test
  void hangsUpOnTheCustomerTooIfItCalledThem() {
    var offer = offer("{\"outbound_to\": \"+15550199\"}");
    whileCalling(
        () ->
            ours.wire()
                .post(ours.path("Tasks", offer.getTaskSid()), "AssignmentStatus", "canceled"));

    refused(post(offer, "conference", "From", "+1"), 400, 40144);

    assertThat(hungUp()).containsExactly(WORKER_CALL, CUSTOMER_CALL);
  }

  @Test
  void hangsUpOnEverybodyWhenItCannotNoteTheCalls() {
    var offer = offer("{\"outbound_to\": \"+15550199\"}");
    whileCalling(() -> ours.wire().delete("/v1/Workspaces/" + ours.workspace()));

    assertThat(post(offer, "conference", "From", "+1").status()).isEqualTo(404);

    assertThat(hungUp()).containsExactly(WORKER_CALL, CUSTOMER_CALL);
  }

  @Test
  void setsUpTheCallsOfAReservationOnce() {
    var offer = offer(ON_THE_PHONE);
    var second = new AtomicReference<Wire.Answer>();
    whileCalling(() -> second.set(post(offer, "dequeue")));

    instruct(offer, "dequeue");

    refused(second.get(), 400, 20001);
    assertThat(second.get().text("message")).contains("being set up");
    assertThat(phones.received()).hasSize(2);
    refused(post(offer, "dequeue"), 400, 40135);
    refused(post(offer, "conference", "From", "+1"), 400, 40136);
    refused(post(offer, "call", "CallFrom", "+1", "CallUrl", "https://example.org/"), 400, 40114);
    refused(
        post(offer, "redirect", "RedirectCallSid", CALLER, "RedirectUrl", "https://example.org/"),
        400,
        40123);
  }

  @Test
  void setsUpACallThatDoesNotAcceptOneAtATime() {
    var offer = offer("{}");
    var second = new AtomicReference<Wire.Answer>();
    whileCalling(() -> second.set(call(offer)));

    assertThat(call(offer).status()).isEqualTo(200);

    refused(second.get(), 400, 20001);
    assertThat(second.get().text("message"))
        .isEqualTo(
            "Expected reservation %s to have no calls on their way, but some are being set up",
            offer.getSid());
    assertThat(phones.received()).hasSize(1);
    assertThat(call(offer).status()).isEqualTo(200);
    assertThat(phones.received()).hasSize(2);
  }

  @Test
  void setsUpTheCallsOfSoManyReservationsOfAnAccountAtOnce() {
    ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "default"), "Capacity", "3");
    var offers = List.of(offer("{}"), offer("{}"), offer("{}"));
    var second = new AtomicReference<Wire.Answer>();
    var third = new AtomicReference<Wire.Answer>();
    whileCalling(
        () -> {
          whileCalling(() -> third.set(call(offers.get(2))));
          second.set(call(offers.get(1)));
        });

    assertThat(call(offers.get(0)).status()).isEqualTo(200);

    assertThat(second.get().status()).isEqualTo(200);
    refused(third.get(), 429, 20429);
    assertThat(third.get().text("message"))
        .isEqualTo(
            "Expected calls for at most 2 reservations of account %s to be set up at once, but there are more: wait and ask again",
            anna.getAccountSid());
    assertThat(call(offers.get(2)).status()).isEqualTo(200);
  }

  @Test
  void keepsAReservationFromLapsingNoLongerThanItsCallIsSetUp() {
    var offer = offer("{}");
    clock.advance(Duration.ofSeconds(100));
    var during = new AtomicReference<Wire.Answer>();
    whileCalling(
        () -> {
          clock.advance(Duration.ofSeconds(21));
          during.set(call(offer));
        });

    assertThat(call(offer).text("reservation_status")).isEqualTo("pending");

    assertThat(during.get().text("message")).contains("being set up");
    refused(call(offer), 400, 40114);
    assertThat(present(offer).getReservationStatus()).isEqualTo(Status.TIMEOUT);
  }

  @Test
  void doesNotLetAReservationLapseWhileItsCallsAreSetUp() {
    var offer = offer(ON_THE_PHONE);
    clock.advance(Duration.ofSeconds(100));
    whileCalling(() -> clock.advance(Duration.ofSeconds(50)));

    assertThat(instruct(offer, "dequeue").text("reservation_status")).isEqualTo("accepted");
  }

  @Test
  void comesTooLateForAReservationWhoseTimeIsOver() {
    var offer = offer(ON_THE_PHONE);
    clock.advance(Duration.ofSeconds(121));

    refused(post(offer, "dequeue"), 400, 40135);

    assertThat(phones.received()).isEmpty();
    assertThat(present(offer).getReservationStatus()).isEqualTo(Status.TIMEOUT);
  }

  @Test
  void checksTheVersionBeforeItCallsAnybody() {
    var offer = offer(ON_THE_PHONE);

    var stale = ours.postIfMatch("7", path(offer), "Instruction", "dequeue");

    assertThat(stale.status()).isEqualTo(412);
    assertThat(phones.received()).isEmpty();
    assertThat(ours.postIfMatch("1", path(offer), "Instruction", "dequeue").status())
        .isEqualTo(200);
  }

  @Test
  void isNotDoneByAnotherTenantsTelephony() {
    var offer = theirs.awaitOffer(theirs.task(theirWorkflow, ON_THE_PHONE));

    refused(
        theirs
            .wire()
            .post(
                theirs.path("Tasks", offer.getTaskSid(), "Reservations", offer.getSid()),
                "Instruction",
                "dequeue"),
        400,
        40133);
    assertThat(phones.received()).isEmpty();
  }

  @Test
  void answersACallback() {
    var away = ours.activity("Unavailable");
    system.answers(
        Answer.json(
            """
            {"instruction": "dequeue", "from": "+15550103", "to": "+2", "timeout": 30, "record": "record-from-answer",
             "post_work_activity_sid": "%s", "status_callback_url": "https://example.org/s",
             "status_callback_events": "initiated,answered"}
            """
                .formatted(away)));
    var task = ours.task(workflow, ON_THE_PHONE);

    await().until(() -> ours.present(task).getAssignmentStatus() == Task.Status.ASSIGNED);

    var worker = phones.received().getFirst();
    assertThat(worker.fields())
        .containsEntry("To", "+2")
        .containsEntry("From", "+15550103")
        .containsEntry("Timeout", "30")
        .containsEntry("Record", "true");
    assertThat(worker.all("StatusCallbackEvent")).containsExactly("initiated", "answered");
    assertThat(phones.received()).hasSize(2);
    assertThat(awaitDeliveries(1).getFirst().path("instruction").asString()).isEqualTo("dequeue");
    ours.complete(task);
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Unavailable");
  }

  @Test
  void answersACallbackWithAConferenceOrACall() {
    system.answers(
        Answer.json(
            """
            {"instruction": "conference", "from": "+1", "end_conference_on_exit": true, "max_participants": 5,
             "status_callback_url": "https://example.org/s", "conference_record": "do-not-record"}
            """));
    var met = ours.task(workflow, ON_THE_PHONE);
    await().until(() -> ours.present(met).getAssignmentStatus() == Task.Status.ASSIGNED);
    assertThat(phones.received().getFirst().field("Twiml"))
        .contains(
            "maxParticipants=\"5\"", "record=\"do-not-record\"", "endConferenceOnExit=\"true\"");
    assertThat(phones.received().getFirst().field("StatusCallback"))
        .isEqualTo("https://example.org/s");
    ours.complete(met);

    system.answers(
        Answer.json(
            "{\"instruction\": \"call\", \"from\": \"+1\", \"url\": \"https://example.org/\", \"accept\": true}"));
    var called = ours.task(workflow, "{}");
    await().until(() -> ours.present(called).getAssignmentStatus() == Task.Status.ASSIGNED);
    ours.complete(called);

    system.answers(
        Answer.json(
            "{\"instruction\": \"redirect\", \"call_sid\": \"%s\", \"url\": \"https://example.org/\", \"accept\": \"true\"}"
                .formatted(CALLER)));
    var redirected = ours.task(workflow, "{}");
    await().until(() -> ours.present(redirected).getAssignmentStatus() == Task.Status.ASSIGNED);
  }

  @Test
  void recordsWhatIsWrongWithTheAnswerToACallback() {
    var codes = new LinkedHashMap<String, Integer>();
    codes.put("\"call\", \"from\": \"+1\", \"url\": \"nowhere\"", 40112);
    codes.put("\"call\", \"to\": \"%s\"".formatted("x".repeat(3_000)), 40110);
    codes.put("\"call\", \"url\": \"https://example.org/\"", 40111);
    codes.put("\"call\", \"status_callback_url\": \"ftp://x\"", 40158);
    codes.put("\"call\", \"timeout\": \"soon\"", 40113);
    codes.put("\"redirect\", \"url\": \"x\"", 40120);
    codes.put("\"redirect\", \"call_sid\": \"CA1\"", 40121);
    codes.put("\"dequeue\", \"post_work_activity_sid\": \"WA1\"", 40130);
    codes.put("\"dequeue\", \"status_callback_events\": \"never\"", 40134);
    codes.put("\"dequeue\", \"status_callback_url\": \"x\"", 40157);
    codes.put("\"conference\", \"post_work_activity_sid\": \"WK1\"", 40143);
    codes.put("\"conference\", \"status_callback\": \"x\"", 40159);
    codes.put("\"conference\", \"conference_record\": \"maybe\"", 40145);
    codes.put("\"conference\", \"from\": \"+1\", \"to\": \"+2\"", 40142);
    var expected = new ArrayList<>(codes.values());
    for (var answer : codes.keySet()) {
      system.answers(Answer.json("{\"instruction\": %s}".formatted(answer)));
      var task = ours.task(workflow, "{}");
      await()
          .until(
              () ->
                  deliveries(ours, workflow, "Status", "delivered").stream()
                      .anyMatch(it -> it.path("task_sid").asString().equals(task.getSid())));
      assertThat(ours.pending(task)).as(answer).hasSize(1);
      ours.wire().post(ours.path("Tasks", task.getSid()), "AssignmentStatus", "canceled");
    }

    assertThat(
            deliveries(ours, workflow).stream()
                .map(each -> each.path("error_code").asInt())
                .toList())
        .isEqualTo(expected);
    assertThat(deliveries(ours, workflow).get(4).path("error_message").asString())
        .startsWith("Expected timeout to be");
    assertThat(phones.received()).isEmpty();
  }

  @Test
  void recordsThatItsCallsFailedAndCancelsTheReservation() {
    phones.answers(Answer.json(400, "{\"message\": \"no credit\"}"));
    system.answers(Answer.json("{\"instruction\": \"dequeue\"}"));
    var task = ours.task(workflow, ON_THE_PHONE);

    var delivery = awaitDeliveries(1).getFirst();

    assertThat(delivery.path("status").asString()).isEqualTo("delivered");
    assertThat(delivery.path("error_code").asInt()).isEqualTo(40133);
    assertThat(delivery.path("error_message").asString()).contains("no credit");
    assertThat(ours.reservations(task).getFirst().getReservationStatus())
        .isEqualTo(Status.CANCELED);
  }

  /** Once, while the worker's call is being made. */
  private void whileCalling(Runnable change) {
    var once = new AtomicReference<>(change);
    phones.answers(
        request -> {
          var run = once.getAndSet(null);
          if (run != null) {
            run.run();
          }
          var isCustomers = request.field("To").equals("+15550199");
          var sid = isCustomers ? CUSTOMER_CALL : WORKER_CALL;
          return Answer.json(201, "{\"sid\": \"%s\"}".formatted(sid));
        });
  }

  /** The calls that were ended. */
  private List<String> hungUp() {
    return phones.received().stream()
        .filter(request -> request.fields().equals(Map.of("Status", "completed")))
        .map(request -> request.uri().getPath().replaceFirst(".*/Calls/(.*)\\.json", "$1"))
        .toList();
  }

  private Reservation offer(String attributes) {
    return ours.awaitOffer(ours.task(workflow, attributes));
  }

  private Wire.Answer instruct(Reservation offer, String instruction, String... more) {
    var answer = post(offer, instruction, more);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private Wire.Answer call(Reservation offer) {
    return post(offer, "call", "CallFrom", "+1", "CallUrl", "https://example.org/");
  }

  private Wire.Answer post(Reservation offer, String instruction, String... more) {
    var form = new ArrayList<>(List.of("Instruction", instruction));
    form.addAll(List.of(more));
    return ours.wire().post(path(offer), form.toArray(String[]::new));
  }

  private String path(Reservation offer) {
    return ours.path("Tasks", offer.getTaskSid(), "Reservations", offer.getSid());
  }

  private Task task(Reservation offer) {
    return Task.fetcher(ours.workspace(), offer.getTaskSid()).fetch(ours.client());
  }

  private JsonNode attributes(Reservation offer) {
    return new JsonMapper().readTree(task(offer).getAttributes());
  }
}
