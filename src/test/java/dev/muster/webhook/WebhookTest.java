package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import com.twilio.security.RequestValidator;
import dev.muster.given.DeadTarget;
import dev.muster.given.Given;
import dev.muster.given.StandIn;
import dev.muster.given.StandIn.Answer;
import dev.muster.given.StandIn.Received;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Sid;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A workspace's own system is told what happens: at least once, and in order per task. */
@TestPropertySource(
    properties = {
      "muster.callout.allowed-networks=127.0.0.0/8,::1/128",
      "muster.webhook.answer-within=3s",
      "muster.webhook.lease=10s",
      "muster.webhook.sweep-every=200ms",
      "muster.webhook.at-once-per-workspace=2",
      "muster.webhook.at-once-per-account=3"
    })
class WebhookTest extends TwoTenantsTest {

  @Autowired WebhookDispatcher dispatcher;
  @Autowired Streams streams;
  @Autowired Ledger ledger;
  @Autowired EventDeliveryCleaning cleaning;

  private final StandIn system = new StandIn();
  private final StandIn theirSystem = new StandIn();
  private TaskQueue everyone;
  private Workflow workflow;

  @BeforeEach
  void haveAWorkflow() {
    everyone = ours.queue("Everyone", "1==1");
    workflow = ours.workflow("Inbound", "", everyone);
  }

  @AfterEach
  void closeSystems() {
    listen(ours, "");
    listen(theirs, "");
    system.close();
    theirSystem.close();
  }

  @Test
  void tellsTheWholeLifeOfATaskInOrder() {
    var anna = ours.availableWorker("Anna", "{\"level\": 3}");
    listen(ours, system.url("/events?a=b%20c"));
    var task = ours.task(workflow, "{\"language\": \"größe & co\"}");
    var offer = ours.awaitOffer(task);
    ours.answer(offer, Status.ACCEPTED);
    ours.complete(task);

    var told = until(() -> of(task), all -> all.size() == 9);

    assertThat(told.stream().map(it -> it.field("TaskEventNumber")))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(told.stream().map(it -> it.field("EventType")))
        .startsWith("workflow.entered", "task-queue.entered", "task.created")
        .endsWith("task.completed", "reservation.completed", "task.updated");
    var accepted = told.get(5);
    assertThat(accepted.fields())
        .containsAllEntriesOf(
            Map.ofEntries(
                Map.entry("EventType", "reservation.accepted"),
                Map.entry("AccountSid", ours.wire().user()),
                Map.entry("WorkspaceSid", ours.workspace()),
                Map.entry("WorkspaceName", "Support"),
                Map.entry("EventDescription", "Reservation " + offer.getSid() + " accepted"),
                Map.entry("ResourceType", "reservation"),
                Map.entry("ResourceSid", offer.getSid()),
                Map.entry("Timestamp", Long.toString(clock.instant().getEpochSecond())),
                Map.entry("TimestampMs", Long.toString(clock.instant().toEpochMilli())),
                Map.entry("TaskSid", task.getSid()),
                Map.entry("TaskAttributes", task.getAttributes()),
                Map.entry("TaskAge", "0"),
                Map.entry("TaskPriority", "0"),
                Map.entry("TaskAssignmentStatus", "assigned"),
                Map.entry("TaskQueueSid", everyone.getSid()),
                Map.entry("WorkflowSid", workflow.getSid()),
                Map.entry("ReservationSid", offer.getSid()),
                Map.entry("WorkerSid", anna.getSid()),
                Map.entry("WorkerName", "Anna"),
                Map.entry("WorkerAttributes", "{\"level\": 3}"),
                Map.entry("WorkerActivityName", "Available")));
    assertThat(accepted.fields().get("Sid")).startsWith("EV");
    assertThat(accepted.fields()).containsKeys("WorkerVersion", "WorkerActivitySid");
    for (var request : told) {
      assertThat(isSignedBy(ours, request)).isTrue();
      assertThat(isSignedBy(theirs, request)).isFalse();
    }
    assertThat(theirSystem.received()).isEmpty();
  }

  @Test
  void tellsOnlyWhatTheFilterNames() {
    for (var filter : List.of("task.created,task.canceled", " task.created ,\n task.canceled ")) {
      listen(ours, system.url("/"), filter);
      var before = system.received().size();
      var task = ours.task(workflow, "{}");
      ours.wire().post(ours.path("Tasks", task.getSid()), "AssignmentStatus", "canceled");

      var told = system.await(before + 2);

      awaitNothingQueued(ours);
      assertThat(told.subList(before, told.size()).stream().map(it -> it.field("EventType")))
          .containsExactly("task.created", "task.canceled");
    }
    listen(ours, system.url("/"), "  ");
    ours.worker("Anna", "{}");
    await("everything").until(() -> !all("worker.created").isEmpty());
  }

  @Test
  void writesNothingForAWorkspaceWithoutAnAddress() {
    ours.task(workflow, "{}");

    assertThat(deliveries(ours)).isEmpty();
    assertThat(published.all())
        .noneSatisfy(
            event -> assertThat(event.toString()).contains("DeliveriesQueued", ours.workspace()));
  }

  @Test
  void triesAgainWithGrowingPausesAndKeepsTheOrder() {
    var broken = new HashSet<String>();
    system.answers(
        request ->
            broken.contains(request.field("TaskSid"))
                ? new Answer(500, "text/plain", "later")
                : new Answer(204, "text/plain", ""));
    dispatcher.stop();
    listen(ours, system.url("/"));
    var ill = ours.task(workflow, "{}");
    var well = ours.task(workflow, "{}");
    broken.add(ill.getSid());
    dispatcher.start();

    until(() -> of(well), told -> told.size() == 4);
    until(() -> of(ill), told -> told.size() == 1);
    for (var pause : List.of(10, 30, 90, 270)) {
      awaitAttempts(ill);
      var tries = of(ill).size();
      clock.advance(Duration.ofSeconds(pause - 1));
      assertStays(() -> of(ill).size() == tries);
      clock.advance(Duration.ofSeconds(1));
      until(() -> of(ill), told -> told.size() == tries + 1);
    }
    assertThat(of(ill).stream().map(it -> it.field("TaskEventNumber"))).containsOnly("1");
    awaitAttempts(ill);
    var waiting = delivery(ours, of(ill).getFirst().field("Sid"));
    assertThat(waiting.path("status").asString()).isEqualTo("queued");
    assertThat(waiting.path("attempts").asInt()).isEqualTo(5);
    assertThat(waiting.path("response_code").asInt()).isEqualTo(500);
    assertThat(waiting.path("answer").asString()).isEqualTo("later");
    assertThat(waiting.path("error_message").asString()).contains("but got 500");
    assertThat(waiting.path("date_next_attempt").isNull()).isFalse();

    broken.clear();
    clock.advance(Duration.ofSeconds(810));

    var told = until(() -> of(ill), all -> all.size() == 9);
    assertThat(told.subList(5, 9).stream().map(it -> it.field("TaskEventNumber")))
        .containsExactly("1", "2", "3", "4");
    awaitNothingQueued(ours);
    assertThat(deliveries(ours, "Status", "delivered")).hasSize(deliveries(ours).size());
  }

  @Test
  void parksAfterADayAndReplaysOneOrAllOfATime() {
    system.answers(new Answer(503, "text/plain", ""));
    listen(ours, system.url("/"), "task.created,worker.created");
    var task = ours.task(workflow, "{}");
    var from = clock.instant();
    until(() -> of(task), told -> !told.isEmpty());
    awaitAttempts(task);
    clock.advance(Duration.ofHours(23).plusMinutes(59).plusSeconds(50));
    until(() -> deliveries(ours, "Status", "parked"), all -> all.size() == 1);
    var anna = ours.worker("Anna", "{}");
    until(() -> all("worker.created"), told -> !told.isEmpty());
    clock.advance(Duration.ofHours(25));
    until(() -> deliveries(ours, "Status", "parked"), all -> all.size() == 2);
    var tries = system.received().size();
    clock.advance(Duration.ofHours(2));
    assertStays(() -> system.received().size() == tries);

    system.answers(new Answer(204, "text/plain", ""));
    var parked = deliveries(ours, "Status", "parked", "EventType", "task.created").getFirst();
    var replayed = ours.wire().post(path(parked) + "/Replay");

    assertThat(replayed.status()).as(replayed.body()).isEqualTo(200);
    assertThat(replayed.text("status")).isEqualTo("queued");
    until(() -> deliveries(ours, "Status", "delivered"), all -> all.size() == 1);
    assertThat(system.received().getLast().field("TaskSid")).isEqualTo(task.getSid());

    var replay = deliveriesPath(ours) + "/Replay";
    refused(ours.wire().post(replay), "Expected StartDate, but it was missing");
    refused(
        ours.wire().post(replay, "StartDate", "2026-01-02", "EndDate", "2026-01-01"),
        "Expected EndDate not to be before StartDate");
    assertThat(
            ours.wire()
                .post(replay, "StartDate", from.toString(), "Status", "parked")
                .json()
                .path("replayed")
                .asInt())
        .isEqualTo(1);
    until(() -> deliveries(ours, "Status", "delivered"), all -> all.size() == 2);
    assertThat(system.received().getLast().field("WorkerSid")).isEqualTo(anna.getSid());
    clock.advance(Duration.ofSeconds(1));
    var again = ours.wire().post(replay, "StartDate", from.toString(), "EndDate", from.toString());
    assertThat(again.json().path("replayed").asInt()).isEqualTo(1);
    until(() -> of(task), told -> told.getLast().field("EventType").equals("task.created"));
    awaitNothingQueued(ours);
    assertThat(theirs.wire().post(path(parked) + "/Replay").status()).isEqualTo(404);
  }

  @Test
  void replaysThousandsOfATimeOnceEach() {
    dispatcher.stop();
    var at = clock.instant();
    for (var tenant : List.of(ours, theirs)) {
      jdbc.sql(
              """
              INSERT INTO event_delivery (workspace_sid, event_sid, account_sid, event_type, stream, number, request_url,
                status, created_at, queued_at, due_at)
              SELECT :workspace, 'EV' || :workspace || n, 'AC', 'task.created', 'WT' || n, 1, 'http://host/', 'delivered',
                :at + GREATEST(n - 1500, 0) * interval '1 microsecond', :at, :at
              FROM generate_series(1, 2500) AS n
              """)
          .param("workspace", tenant.workspace())
          .param("at", at.atOffset(ZoneOffset.UTC))
          .update();
    }
    clock.advance(Duration.ofSeconds(1));
    try {
      assertThat(replayed(ours, at)).isEqualTo(2_500);
      assertThat(replayed(ours, at)).isZero();
      assertThat(replayed(theirs, at.plusMillis(1))).isEqualTo(1);
    } finally {
      for (var tenant : List.of(ours, theirs)) {
        jdbc.sql("DELETE FROM event_delivery WHERE workspace_sid = :workspace")
            .param("workspace", tenant.workspace())
            .update();
      }
      dispatcher.start();
    }
  }

  @Test
  void isNotHeldUpByAnotherTenantsDeadTarget() throws IOException {
    try (var dead = new DeadTarget()) {
      var zoe = theirs.availableWorker("Zoe", "{}");
      var theirWorkflow = theirs.workflow("Inbound", "", theirs.queue("Everyone", "1==1"));
      listen(ours, dead.url("/"));
      listen(theirs, theirSystem.url("/"));
      for (var i = 0; i < 8; i++) {
        ours.task(workflow, "{}");
      }
      await("callers").until(() -> dead.callers() == 2);

      var task = theirs.task(theirWorkflow, "{}");

      assertThat(theirs.awaitOffer(task).getWorkerSid()).isEqualTo(zoe.getSid());
      await("their events")
          .atMost(Duration.ofSeconds(2))
          .until(
              () ->
                  theirSystem.received().stream()
                          .filter(it -> it.field("TaskSid").equals(task.getSid()))
                          .count()
                      == 5);
      assertThat(dead.callers()).isEqualTo(2);
      assertThat(deliveries(ours, "Status", "queued")).hasSizeGreaterThan(8);
      listen(ours, "");
    }
  }

  @Test
  void letsATargetRestThatFailsAgainAndAgain() {
    system.answers(new Answer(500, "text/plain", ""));
    dispatcher.stop();
    listen(ours, system.url("/"));
    for (var i = 0; i < 40; i++) {
      ours.task(workflow, "{}");
    }

    dispatcher.start();

    await("rest").until(() -> system.received().size() >= 5);
    assertStays(() -> system.received().size() <= 10);
  }

  @Test
  void tellsWhatWasLeftWhenANodeEnded() {
    dispatcher.stop();
    listen(ours, system.url("/"));
    var task = ours.task(workflow, "{}");
    jdbc.sql(
            "UPDATE event_delivery SET claims = 1, claimed_until = now() - interval '1s' WHERE workspace_sid = ?")
        .param(ours.workspace())
        .update();

    dispatcher.start();

    until(() -> of(task), told -> told.size() == 4);
    awaitNothingQueued(ours);
    assertThat(of(task)).hasSize(4);
  }

  @Test
  void isToldByOneNodeAloneAndOnlySoMuchAtOnce() {
    dispatcher.stop();
    try {
      jdbc.sql("DELETE FROM event_delivery").update();
      listen(ours, system.url("/"), "task.created,workflow.entered");
      listen(theirs, theirSystem.url("/"), "worker.created");
      for (var i = 0; i < 4; i++) {
        ours.task(workflow, "{}");
      }
      theirs.worker("Zoe", "{}");

      var first = streams.take(Map.of(), Set.of());
      var second = streams.take(Map.of(), Set.of());

      assertThat(first).hasSize(3);
      assertThat(ofAccount(first, ours)).hasSize(2);
      for (var stream : ofAccount(first, ours)) {
        assertThat(stream.claims().stream().map(it -> it.event().taskNumber()))
            .containsExactly(1, 3);
      }
      assertThat(ofAccount(second, ours)).hasSize(2);
      assertThat(first.stream().flatMap(it -> it.claims().stream()))
          .doesNotContainAnyElementsOf(
              second.stream().flatMap(it -> it.claims().stream()).toList());
      assertThat(streams.take(Map.of(), Set.of())).isEmpty();

      var stream = ofAccount(first, ours).getFirst();
      var lost = stream.claims().getFirst();
      ledger.write(new Outcome.Released(lost));
      assertThat(streams.take(Map.of(stream.lane(), 2), Set.of())).isEmpty();
      assertThat(streams.take(Map.of(), Set.of(ours.workspace()))).isEmpty();
      var again = streams.take(Map.of(stream.lane(), 1), Set.of());
      assertThat(again).hasSize(1);
      assertThat(again.getFirst().claims()).hasSize(2);

      ledger.write(new Outcome.Released(lost));
      ledger.write(new Outcome.Dropped(lost));
      assertThat(streams.take(Map.of(), Set.of())).isEmpty();
      assertThat(delivery(ours, lost.event().sid().value()).path("status").asString())
          .isEqualTo("queued");
      ledger.write(new Outcome.Dropped(again.getFirst().claims().getFirst()));
      assertThat(delivery(ours, lost.event().sid().value()).path("status").asString())
          .isEqualTo("dropped");
    } finally {
      jdbc.sql("DELETE FROM event_delivery").update();
      dispatcher.start();
    }
  }

  @Test
  void followsTheWorkspacesPresentAddress() {
    system.answers(new Answer(500, "text/plain", ""));
    listen(ours, system.url("/"), "task.created");
    var task = ours.task(workflow, "{}");
    until(() -> of(task), told -> !told.isEmpty());
    awaitAttempts(task);

    listen(ours, theirSystem.url("/elsewhere"), "task.created");
    clock.advance(Duration.ofSeconds(10));

    assertThat(theirSystem.await(1).getFirst().field("TaskSid")).isEqualTo(task.getSid());
    var sent =
        until(() -> deliveries(ours, "Status", "delivered"), all -> all.size() == 1).getFirst();
    assertThat(sent.path("request_url").asString()).isEqualTo(theirSystem.url("/elsewhere"));

    theirSystem.answers(new Answer(500, "text/plain", ""));
    var other = ours.task(workflow, "{}");
    await("the other").until(() -> theirSystem.received().size() == 2);
    await("its failure")
        .until(() -> deliveries(ours, "Status", "queued").getFirst().path("attempts").asInt() == 1);
    listen(ours, "", "task.created");
    clock.advance(Duration.ofSeconds(10));
    until(() -> deliveries(ours, "Status", "dropped"), all -> all.size() == 1);
    assertThat(ours.present(other).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
  }

  @Test
  void tellsThatItsWorkspaceWasDeletedAndNothingAfterwards() {
    listen(ours, system.url("/"));
    ours.task(workflow, "{}");

    ours.wire().delete("/v1/Workspaces/" + ours.workspace());

    until(() -> all("workspace.deleted"), told -> told.size() == 1);
    assertThat(isSigned(ours, all("workspace.deleted").getFirst(), system.url("/"))).isTrue();
    assertThat(all("workspace.deleted").getFirst().field("WorkspaceName")).isEqualTo("Support");
    await("the end")
        .until(
            () ->
                jdbc.sql(
                            "SELECT count(*) FROM event_delivery WHERE workspace_sid = ? AND status = 'queued'")
                        .param(ours.workspace())
                        .query(Integer.class)
                        .single()
                    == 0);
  }

  @Test
  void isListedNewestFirstPageByPageAndForNobodyElse() {
    listen(ours, system.url("/"), "worker.created");
    for (var i = 0; i < 5; i++) {
      clock.advance(Duration.ofMinutes(1));
      ours.worker("Worker " + i, "{}");
    }
    system.await(5);
    awaitNothingQueued(ours);
    var path = deliveriesPath(ours);

    var page = ours.get(path, "PageSize", "2");
    var next = ours.wire().get(page.json().at("/meta/next_page_url").asString());

    var all = deliveries(ours);
    assertThat(all.stream().map(it -> it.path("date_created").asString()))
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(page.json().at("/meta/key").asString()).isEqualTo("event_deliveries");
    assertThat(next.json().path("event_deliveries").valueStream().toList())
        .isEqualTo(all.subList(2, 4));
    var third = all.get(2);
    assertThat(deliveries(ours, "EventSid", third.path("event_sid").asString()))
        .containsExactly(third);
    assertThat(
            deliveries(
                ours,
                "StartDate",
                clock.instant().minusSeconds(150).toString(),
                "EndDate",
                clock.instant().minusSeconds(90).toString()))
        .containsExactly(third);
    assertThat(deliveries(ours, "EventType", "task.created")).isEmpty();
    assertThat(ours.wire().get(third.path("url").asString()).json()).isEqualTo(third);
    assertThat(ours.wire().get(third.path("event_url").asString()).text("sid"))
        .isEqualTo(third.path("event_sid").asString());
    assertThat(third.path("response_code").asInt()).isEqualTo(200);
    assertThat(third.path("attempts").asInt()).isEqualTo(1);
    assertThat(third.path("date_next_attempt").isNull()).isTrue();
    refused(ours.get(path, "Status", "lost"), "Expected Status to be one of queued");
    for (var foreign :
        List.of(
            path, path(third), deliveriesPath(theirs) + "/" + third.path("event_sid").asString())) {
      assertThat(theirs.get(foreign).status()).isEqualTo(404);
    }
    assertThat(ours.get(path + "/" + Sid.next("EV")).status()).isEqualTo(404);
  }

  @Test
  void isForgottenAfterAWeekAndParkedIfItNeverHadItsTurn() {
    listen(ours, system.url("/"), "worker.created");
    ours.worker("Anna", "{}");
    until(() -> deliveries(ours, "Status", "delivered"), all -> all.size() == 1);
    dispatcher.stop();
    try {
      ours.worker("Ben", "{}");
      clock.advance(Duration.ofHours(25));
      cleaning.clean();
      assertThat(deliveries(ours, "Status", "parked")).hasSize(1);
      clock.advance(Duration.ofDays(6).minusHours(2));
      cleaning.clean();
      assertThat(deliveries(ours)).hasSize(2);
      clock.advance(Duration.ofHours(2));
      cleaning.clean();
      assertThat(deliveries(ours)).isEmpty();
    } finally {
      dispatcher.start();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 20_000})
  void findsWhatIsDueWithoutLookingAtTheRest(int ofSoMany) {
    fill(ofSoMany);
    try {
      jdbc.sql("ANALYZE event_delivery, event").update();

      findsItsWay();
    } finally {
      empty();
    }
  }

  @Test
  void findsItsWayWhenAllIsToBeToldAgainAfterAQuietTime() {
    fill(20_000);
    try {
      jdbc.sql("ANALYZE event_delivery, event").update();
      jdbc.sql("UPDATE event_delivery SET status = 'queued' WHERE length(workspace_sid) < 34")
          .update();

      findsItsWay();
    } finally {
      empty();
    }
  }

  /** Deliveries of two workspaces, of which one of so many is queued, and their events. */
  private void fill(int ofSoMany) {
    jdbc.sql(
            """
            INSERT INTO event_delivery (workspace_sid, event_sid, account_sid, event_type, stream, number, request_url,
              status, created_at, queued_at, due_at)
            SELECT 'WS' || n % 2, 'EV' || n, 'AC' || n % 2, 'task.created', 'WT' || n / 500, 1, 'http://host/',
              CASE WHEN n % :ofSoMany = 0 THEN 'queued' ELSE 'delivered' END, now(), now(), now() + interval '1 day'
            FROM generate_series(1, 20000) AS n
            """)
        .param("ofSoMany", ofSoMany)
        .update();
    jdbc.sql(
            """
            INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, data, at)
            SELECT workspace_sid, event_sid, 'workspace.updated', 'workspace', workspace_sid, '{}', created_at
            FROM event_delivery WHERE length(workspace_sid) < 34
            """)
        .update();
  }

  private void empty() {
    for (var table : List.of("event_delivery", "event")) {
      jdbc.sql("DELETE FROM %s WHERE length(workspace_sid) < 34".formatted(table)).update();
    }
  }

  private void findsItsWay() {
    var plan =
        jdbc.sql("EXPLAIN " + Streams.TAKE)
            .params(
                Map.ofEntries(
                    Map.entry("accounts", new String[0]),
                    Map.entry("busyWorkspaces", new String[0]),
                    Map.entry("counts", new Integer[0]),
                    Map.entry("resting", new String[0]),
                    Map.entry("mostPerWorkspace", 2),
                    Map.entry("mostPerAccount", 3),
                    Map.entry("most", Streams.MOST),
                    Map.entry("mostOfStream", Streams.MOST_OF_STREAM),
                    Map.entry("now", clock.instant().atOffset(ZoneOffset.UTC)),
                    Map.entry("lease", 60.0)))
            .query(String.class)
            .list();

    assertThat(String.join("\n", plan))
        .contains("event_delivery_due")
        .contains("event_delivery_by_stream")
        .doesNotContain("Seq Scan on event_delivery ")
        .doesNotContain("Seq Scan on event ");
  }

  private static int replayed(Given tenant, Instant from) {
    return tenant
        .wire()
        .post(deliveriesPath(tenant) + "/Replay", "StartDate", from.toString())
        .json()
        .path("replayed")
        .asInt();
  }

  private static void listen(Given tenant, String url) {
    listen(tenant, url, "");
  }

  private static void listen(Given tenant, String url, String filter) {
    tenant
        .wire()
        .post(
            "/v1/Workspaces/" + tenant.workspace(),
            "EventCallbackUrl",
            url,
            "EventsFilter",
            filter);
  }

  private List<Received> of(Task task) {
    return system.received().stream()
        .filter(it -> it.field("TaskSid").equals(task.getSid()))
        .toList();
  }

  private List<Received> all(String type) {
    return system.received().stream().filter(it -> it.field("EventType").equals(type)).toList();
  }

  private boolean isSignedBy(Given tenant, Received request) {
    return isSigned(tenant, request, system.url("/events?a=b%20c"));
  }

  private static boolean isSigned(Given tenant, Received request, String url) {
    return new RequestValidator(tenant.wire().password())
        .validate(url, request.fields(), request.header("X-Twilio-Signature"));
  }

  private static <T> List<T> until(Callable<List<T>> list, Predicate<List<T>> condition) {
    return await().atMost(Duration.ofSeconds(20)).until(list, condition::test);
  }

  /** Holds for a second, in which every sweep has had its turn. */
  private static void assertStays(Callable<Boolean> condition) {
    await().during(Duration.ofMillis(800)).atMost(Duration.ofSeconds(3)).until(condition);
  }

  /** Until every attempt that the system saw is written down. */
  private void awaitAttempts(Task task) {
    var event = of(task).getFirst().field("Sid");
    await("attempts of " + event)
        .until(
            () ->
                delivery(ours, event).path("attempts").asInt()
                    == of(task).stream().filter(it -> it.field("Sid").equals(event)).count());
  }

  private static void awaitNothingQueued(Given tenant) {
    await("nothing queued").until(() -> deliveries(tenant, "Status", "queued").isEmpty());
  }

  private static List<Stream> ofAccount(List<Stream> streams, Given tenant) {
    return streams.stream()
        .filter(it -> it.lane().account().value().equals(tenant.wire().user()))
        .toList();
  }

  private static String deliveriesPath(Given tenant) {
    return "/muster/v1/Workspaces/" + tenant.workspace() + "/EventDeliveries";
  }

  private String path(JsonNode delivery) {
    return deliveriesPath(ours) + "/" + delivery.path("event_sid").asString();
  }

  private static JsonNode delivery(Given tenant, String event) {
    var found = tenant.get(deliveriesPath(tenant) + "/" + event);
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    return found.json();
  }

  private static List<JsonNode> deliveries(Given tenant, String... filter) {
    var query = new ArrayList<>(List.of(filter));
    query.addAll(List.of("PageSize", "1000"));
    var list = tenant.get(deliveriesPath(tenant), query.toArray(String[]::new));
    assertThat(list.status()).as(list.body()).isEqualTo(200);
    return list.json().path("event_deliveries").valueStream().toList();
  }
}
