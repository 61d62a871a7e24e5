package dev.muster.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import com.twilio.security.RequestValidator;
import dev.muster.given.CalledBackTest;
import dev.muster.given.DeadTarget;
import dev.muster.given.StandIn.Answer;
import dev.muster.web.Sid;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A workflow's own system is told of its offers, and what it answers is done. */
class AssignmentCallbackTest extends CalledBackTest {

  @Autowired Dispatcher dispatcher;
  @Autowired Claims claims;
  @Autowired Deliveries deliveries;

  @Test
  void tellsAllThatTheSystemMayNeed() {
    var task = ours.task(workflow, "{\"language\": \"größe\"}");

    var request = system.await(1).getFirst();

    var offer = ours.awaitOffer(task);
    assertThat(request.uri().getPath()).isEqualTo("/assign");
    assertThat(request.fields())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("Timestamp", Long.toString(clock.instant().getEpochSecond())),
                Map.entry("AccountSid", ours.wire().user()),
                Map.entry("WorkspaceSid", ours.workspace()),
                Map.entry("WorkflowSid", workflow.getSid()),
                Map.entry("TaskQueueSid", everyone.getSid()),
                Map.entry("WorkerSid", anna.getSid()),
                Map.entry("WorkerName", "Anna"),
                Map.entry("WorkerAttributes", anna.getAttributes()),
                Map.entry("TaskSid", task.getSid()),
                Map.entry("TaskAttributes", task.getAttributes()),
                Map.entry("TaskAge", "0"),
                Map.entry("TaskPriority", "0"),
                Map.entry("TaskChannelSid", task.getTaskChannelSid()),
                Map.entry("TaskChannelUniqueName", "default"),
                Map.entry("ReservationSid", offer.getSid())));
    assertThat(request.header("User-Agent")).isEqualTo("Muster");
  }

  @Test
  void isSignedByTheAccountsToken() {
    callBack(ours, workflow, system.url("/assign?a=b%20c"), "");
    ours.task(workflow, "{\"name\": \"Zoë & Co\"}");

    var request = system.await(1).getFirst();

    var signature = request.header("X-Twilio-Signature");
    var url = system.url("/assign?a=b%20c");
    assertThat(
            new RequestValidator(ours.wire().password()).validate(url, request.fields(), signature))
        .isTrue();
    assertThat(
            new RequestValidator(theirs.wire().password())
                .validate(url, request.fields(), signature))
        .isFalse();
  }

  @Test
  void acceptsOrRejectsAsTheAnswerSays() {
    system.answers(Answer.json("{\"instruction\": \"accept\"}"));
    var accepted = ours.task(workflow, "{}");
    await().until(() -> ours.present(accepted).getAssignmentStatus() == Task.Status.ASSIGNED);
    ours.complete(accepted);

    var offline = ours.activity("Offline");
    system.answers(
        Answer.json("{\"instruction\": \"reject\", \"activity_sid\": \"%s\"}".formatted(offline)));
    var rejected = ours.task(workflow, "{}");

    await().until(() -> ours.present(anna).getActivityName().equals("Offline"));
    assertThat(ours.present(rejected).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
    var sent = awaitDeliveries(2);
    assertThat(texts(sent, "status")).containsOnly("delivered");
    assertThat(texts(sent, "instruction")).containsExactly("accept", "reject");
    assertThat(fallback.received()).isEmpty();
  }

  @Test
  void leavesTheOfferToTheTenantWhenTheAnswerSaysNothing() {
    var answers = new LinkedHashMap<Answer, Integer>();
    answers.put(Answer.ok(), null);
    answers.put(Answer.json("{}"), null);
    answers.put(Answer.json(" \n"), null);
    answers.put(new Answer(200, "text/html", "<p>Thanks</p>"), 40000);
    answers.put(new Answer(200, "text/plain", "{\"instruction\": \"accept\"}"), 40000);
    answers.put(Answer.json("{\"instruction\": "), 40001);
    answers.put(Answer.json("[1]"), 40001);
    answers.put(Answer.json("{\"x\": \"" + "y".repeat(70_000) + "\"}"), 40001);
    answers.put(Answer.json("{\"do\": \"accept\"}"), 40005);
    answers.put(Answer.json("{\"instruction\": 7}"), 40005);
    answers.put(Answer.json("{\"instruction\": \"dance\\u0000\"}"), 55555);
    answers.put(Answer.json("{\"instruction\": \"reject\", \"activity_sid\": \"WA1\"}"), 40100);
    answers.put(
        Answer.json(
            "{\"instruction\": \"reject\", \"activity_sid\": \"%s\"}"
                .formatted(theirs.activity("Offline"))),
        40100);
    answers.put(Answer.json("{\"instruction\": \"dequeue\"}"), 40133);
    answers.put(Answer.json("{\"instruction\": \"call\"}"), 40113);
    answers.put(Answer.json("{\"instruction\": \"redirect\"}"), 40122);
    answers.put(Answer.json("{\"instruction\": \"conference\"}"), 40145);
    answers.put(Answer.json("{\"instruction\": \"supervise\"}"), 40148);
    var codes = List.copyOf(answers.values().stream().map(String::valueOf).toList());
    for (var answer : answers.keySet()) {
      system.answers(answer);
      var offer = ours.awaitOffer(ours.task(workflow, "{}"));
      await()
          .until(
              () ->
                  texts(deliveries(ours, workflow, "ReservationSid", offer.getSid()), "status")
                      .equals(List.of("delivered")));
      assertThat(present(offer).getReservationStatus()).as("%s", answer).isEqualTo(Status.PENDING);
      ours.wire().post(ours.path("Tasks", offer.getTaskSid()), "AssignmentStatus", "canceled");
    }

    var sent = deliveries(ours, workflow);
    assertThat(sent.stream().map(each -> each.path("error_code").asString("null")))
        .containsExactlyElementsOf(codes);
    assertThat(sent)
        .allSatisfy(
            each ->
                assertThat(each.path("error_message").isNull())
                    .isEqualTo(each.path("error_code").isNull()));
    assertThat(fallback.received()).isEmpty();
  }

  @Test
  void asksTheFallbackTheSameWhenThereIsNoAnswer() throws IOException {
    fallback.answers(Answer.json("{\"instruction\": \"accept\"}"));
    try (var dead = new DeadTarget()) {
      for (var url : List.of(dead.url("/"), "http://127.0.0.1:1/", "http://10.255.0.1/")) {
        callBack(ours, workflow, url, fallback.url("/fallback"));
        var task = ours.task(workflow, "{}");
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> ours.present(task).getAssignmentStatus() == Task.Status.ASSIGNED);
        ours.complete(task);
      }
    }
    callBack(ours, workflow, system.url("/assign"), fallback.url("/fallback"));
    system.answers(new Answer(500, "application/json", "{\"instruction\": \"reject\"}"));
    var task = ours.task(workflow, "{}");

    var asked = fallback.await(4).getLast();

    assertThat(asked.fields()).isEqualTo(system.received().getFirst().fields());
    assertThat(
            new RequestValidator(ours.wire().password())
                .validate(
                    fallback.url("/fallback"), asked.fields(), asked.header("X-Twilio-Signature")))
        .isTrue();
    await().until(() -> ours.present(task).getAssignmentStatus() == Task.Status.ASSIGNED);
    var sent = awaitDeliveries(8);
    assertThat(texts(sent, "status"))
        .containsExactly(
            "failed",
            "delivered",
            "failed",
            "delivered",
            "failed",
            "delivered",
            "failed",
            "delivered");
    assertThat(texts(sent, "error_message").getFirst()).contains("within 3000 ms");
    assertThat(sent.getFirst().path("response_code").isNull()).isTrue();
    assertThat(sent.get(6).path("response_code").asInt()).isEqualTo(500);
    assertThat(sent.get(6).path("answer").asString()).contains("reject");
    assertThat(sent.get(7).path("request_url").asString()).isEqualTo(fallback.url("/fallback"));
  }

  @Test
  void cancelsTheOfferWhenNeitherAnswersAndTheTaskGoesToTheNext() {
    system.answers(new Answer(503, "text/plain", "busy"));
    fallback.answers(new Answer(404, "text/plain", ""));
    var task = ours.task(workflow, "{}");
    await().until(() -> !ours.reservations(task).isEmpty());
    var first = ours.reservations(task).getFirst();

    awaitStatus(first, Status.CANCELED);

    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Available");
    assertThat(
            ours.get(ours.path("Workers", anna.getSid(), "Channels", "default"))
                .json()
                .path("available_capacity_percentage")
                .asInt())
        .isEqualTo(100);
    system.answers(Answer.ok());
    var ben = ours.availableWorker("Ben", "{}");
    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
  }

  @Test
  void isAskedOncePerOfferAndTheFirstToAcceptTakesTheTask() {
    TaskQueue.updater(ours.workspace(), everyone.getSid())
        .setMaxReservedWorkers(2)
        .update(ours.client());
    ours.availableWorker("Ben", "{}");
    system.answers(Answer.json("{\"instruction\": \"accept\"}"));
    var task = ours.task(workflow, "{}");

    var sent = awaitDeliveries(2);

    assertThat(new HashSet<>(texts(sent, "reservation_sid"))).hasSize(2);
    assertThat(ours.reservations(task).stream().map(Reservation::getReservationStatus))
        .containsExactlyInAnyOrder(Status.ACCEPTED, Status.RESCINDED);
  }

  @Test
  void writesNothingForAWorkflowWithoutAnAddress() {
    callBack(ours, workflow, "", fallback.url("/fallback"));
    var task = ours.task(workflow, "{}");

    ours.awaitOffer(task);

    assertThat(deliveries(ours, workflow)).isEmpty();
    assertThat(fallback.received()).isEmpty();
    assertThat(published.all())
        .noneSatisfy(
            event ->
                assertThat(event.toString()).contains("ReservationsOffered", ours.workspace()));
  }

  @Test
  void isNotHeldUpByAnotherTenantsDeadTarget() throws IOException {
    try (var dead = new DeadTarget()) {
      callBack(ours, workflow, dead.url("/"), dead.url("/fallback"));
      ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "default"), "Capacity", "8");
      for (var i = 0; i < 8; i++) {
        ours.task(workflow, "{}");
      }
      await().until(() -> dead.callers() == 2);

      theirs.task(theirWorkflow, "{}");
      theirSystem.await(1);

      await()
          .until(
              () ->
                  texts(deliveries(theirs, theirWorkflow), "status").equals(List.of("delivered")));
      assertThat(deliveries(ours, workflow, "Status", "queued")).isNotEmpty();
      assertThat(deliveries(ours, workflow, "Status", "delivered")).isEmpty();
    }
  }

  @Test
  void dropsWhatNobodyHasToBeToldAnyMore() throws IOException {
    try (var dead = new DeadTarget()) {
      callBack(ours, workflow, dead.url("/"), "");
      ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "default"), "Capacity", "3");
      var tasks = IntStream.range(0, 3).mapToObj(i -> ours.task(workflow, "{}")).toList();
      tasks.forEach(ours::awaitOffer);
      await().until(() -> dead.callers() == 2);
      var waiting = deliveries(ours, workflow).getLast().path("task_sid").asString();

      ours.wire().post(ours.path("Tasks", waiting), "AssignmentStatus", "canceled");

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> deliveries(ours, workflow, "Status", "dropped").size() == 1);
      assertThat(
              deliveries(ours, workflow, "Status", "dropped")
                  .getFirst()
                  .path("task_sid")
                  .asString())
          .isEqualTo(waiting);
    }
  }

  @Test
  void sendsWhatWasLeftWhenANodeEnded() {
    dispatcher.stop();
    try {
      ours.awaitOffer(ours.task(workflow, "{}"));
      theirs.awaitOffer(theirs.task(theirWorkflow, "{}"));
      jdbc.sql(
              "UPDATE callback_delivery SET claims = 1, claimed_until = now() - interval '1s' WHERE workspace_sid = ?")
          .param(ours.workspace())
          .update();
    } finally {
      dispatcher.start();
    }

    system.await(1);
    theirSystem.await(1);
  }

  @Test
  void isSentByOneNodeAloneAndOnlySoManyAtOnce() {
    dispatcher.stop();
    try {
      jdbc.sql("UPDATE callback_delivery SET status = 'dropped' WHERE status = 'queued'").update();
      ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "default"), "Capacity", "9");
      var elsewhere = ours.workflow("Elsewhere", "", everyone);
      callBack(ours, elsewhere, theirSystem.url("/"), "");
      for (var i = 0; i < 4; i++) {
        ours.awaitOffer(ours.task(workflow, "{}"));
        ours.awaitOffer(ours.task(elsewhere, "{}"));
      }
      theirs.awaitOffer(theirs.task(theirWorkflow, "{}"));

      var first = claims.take(Map.of());
      var second = claims.take(Map.of());

      assertThat(first).hasSize(4);
      assertThat(count(first, ours.wire().user())).isEqualTo(3);
      assertThat(first.stream().map(Claim::lane).distinct()).hasSize(3);
      assertThat(second).hasSize(3).doesNotContainAnyElementsOf(first);
      var full = Map.of(first.getFirst().lane(), 2);
      var others = claims.take(full);
      assertThat(others).noneMatch(claim -> full.containsKey(claim.lane()));
      assertThat(claims.end(first.getFirst(), DeliveryStatus.DELIVERED, nothing())).isTrue();
      assertThat(claims.end(first.getFirst(), DeliveryStatus.FAILED, nothing())).isFalse();
    } finally {
      dispatcher.start();
    }
  }

  @Test
  void leavesADeliveryToTheNodeThatTookItOver() {
    dispatcher.stop();
    try {
      ours.awaitOffer(ours.task(workflow, "{}"));
      var lost = claims.take(Map.of()).stream().filter(this::isOurs).findFirst().orElseThrow();
      jdbc.sql("UPDATE callback_delivery SET claimed_until = now() WHERE sid = ?")
          .param(lost.sid().value())
          .update();
      var taken = claims.take(Map.of()).stream().filter(this::isOurs).findFirst().orElseThrow();

      assertThat(taken.sid()).isEqualTo(lost.sid());
      assertThat(claims.end(lost, DeliveryStatus.FAILED, nothing())).isFalse();
      assertThat(claims.end(taken, DeliveryStatus.DELIVERED, nothing())).isTrue();
    } finally {
      dispatcher.start();
    }
  }

  @Test
  void isListedForItsWorkflowPageByPageAndForNobodyElse() {
    ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "default"), "Capacity", "3");
    var offers =
        IntStream.range(0, 3).mapToObj(i -> ours.awaitOffer(ours.task(workflow, "{}"))).toList();
    var all = awaitDeliveries(3);
    var path = deliveriesPath(ours, workflow);

    var page = ours.get(path, "PageSize", "2");
    var next = ours.wire().get(page.json().at("/meta/next_page_url").asString());

    assertThat(page.json().at("/meta/key").asString()).isEqualTo("deliveries");
    assertThat(texts(deliveries(page), "sid")).isEqualTo(texts(all, "sid").subList(0, 2));
    assertThat(texts(deliveries(next), "sid")).isEqualTo(texts(all, "sid").subList(2, 3));
    assertThat(
            texts(deliveries(ours, workflow, "ReservationSid", offers.get(1).getSid()), "task_sid"))
        .containsExactly(offers.get(1).getTaskSid());
    assertThat(deliveries(ours, workflow, "Status", "failed")).isEmpty();
    refused(ours.get(path, "Status", "lost"), "Expected Status to be one of queued");
    var one = all.getFirst();
    assertThat(ours.wire().get(one.path("url").asString()).json()).isEqualTo(one);
    assertThat(one.path("duration_millis").asInt()).isNotNegative();
    assertThat(one.path("response_code").asInt()).isEqualTo(200);
    for (var foreign :
        List.of(
            path,
            path + "/" + one.path("sid").asString(),
            deliveriesPath(theirs, workflow),
            deliveriesPath(theirs, theirWorkflow) + "/" + one.path("sid").asString())) {
      assertThat(theirs.get(foreign).status()).isEqualTo(404);
    }
    assertThat(ours.get(path + "/" + Sid.next("DL")).status()).isEqualTo(404);
  }

  @Test
  void isForgottenAfterAWhileAndWithItsWorkspace() {
    ours.task(workflow, "{}");
    awaitDeliveries(1);
    theirs.task(theirWorkflow, "{}");
    await().until(() -> !deliveries(theirs, theirWorkflow, "Status", "delivered").isEmpty());

    clock.advance(Duration.ofDays(7).minusSeconds(1));
    deliveries.clean();
    assertThat(deliveries(ours, workflow)).hasSize(1);
    clock.advance(Duration.ofSeconds(2));
    deliveries.clean();
    assertThat(deliveries(ours, workflow)).isEmpty();

    ours.wire().delete("/v1/Workspaces/" + ours.workspace());
    assertThat(
            jdbc.sql("SELECT count(*) FROM callback_delivery WHERE workspace_sid = ?")
                .param(ours.workspace())
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void findsWhatIsDueWithoutLookingAtWhatIsOver() {
    jdbc.sql(
            """
            INSERT INTO callback_delivery (workspace_sid, sid, account_sid, workflow_sid, task_sid, reservation_sid,
              request_url, status, created_at)
            SELECT :workspace, 'DL' || lpad(to_hex(n), 32, '0'), 'AC' || n % 50, 'WW' || n % 50, 'WT', 'WR',
              'http://host-' || n % 100 || '/', 'delivered', :now
            FROM generate_series(1, 20000) AS n
            """)
        .param("workspace", ours.workspace())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    jdbc.sql("ANALYZE callback_delivery").update();

    var plan =
        jdbc.sql("EXPLAIN " + Claims.TAKE)
            .params(
                Map.of(
                    "accounts",
                    new String[0],
                    "targets",
                    new String[0],
                    "counts",
                    new Integer[0],
                    "mostPerTarget",
                    2,
                    "mostPerAccount",
                    3,
                    "most",
                    Claims.MOST,
                    "lease",
                    60.0))
            .query(String.class)
            .list();

    assertThat(String.join("\n", plan))
        .contains("callback_delivery_queued")
        .doesNotContain("Seq Scan on callback_delivery ");
  }

  private boolean isOurs(Claim claim) {
    return claim.workspace().equals(ours.workspaceSid());
  }

  private static Ending nothing() {
    return new Ending(200, "", null, null, null, Duration.ZERO);
  }

  private static long count(List<Claim> claims, String account) {
    return claims.stream().filter(claim -> claim.account().value().equals(account)).count();
  }

  private static List<String> texts(List<JsonNode> deliveries, String field) {
    return deliveries.stream().map(each -> each.path(field).asString("")).toList();
  }
}
