package dev.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.ApiException;
import com.twilio.rest.taskrouter.v1.workspace.TaskChannel;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.WorkerReader;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Sid;
import dev.muster.web.Wire;
import dev.muster.workspace.ActivitySid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class WorkerTest extends TwoTenantsTest {

  @Autowired Workers workers;

  @BeforeEach
  void given() {
    theirs.worker("Anna", "{\"level\":9}");
    heard.forget();
  }

  @Test
  void startsInTheDefaultActivityWithOneUnitOnEveryTaskChannel() {
    var anna = ours.worker("Anna", " {\"level\": 3.0, \"skills\":[\"a\"] } ");

    assertThat(anna.getActivityName()).isEqualTo("Offline");
    assertThat(anna.getAvailable()).isFalse();
    assertThat(anna.getAttributes()).isEqualTo(" {\"level\": 3.0, \"skills\":[\"a\"] } ");
    assertThat(anna.getDateStatusChanged()).isEqualTo(anna.getDateCreated());
    assertThat(channels(anna))
        .extracting(WorkerChannel::getTaskChannelUniqueName)
        .containsExactlyInAnyOrder("default", "voice", "chat", "sms", "video");
    assertThat(channels(anna))
        .allSatisfy(
            channel -> {
              assertThat(channel.getConfiguredCapacity()).isEqualTo(1);
              assertThat(channel.getAvailable()).isTrue();
              assertThat(channel.getAssignedTasks()).isZero();
              assertThat(channel.getAvailableCapacityPercentage()).isEqualTo(100);
            });
    assertThat(events(ours)).containsExactly("worker.created");
    assertThat(heard.wakeUps(ours)).isZero();
  }

  @Test
  void linksToEverythingAboutIt() {
    var anna = ours.worker("Anna", "{}");

    var base = "http://localhost:%s/v1/Workspaces/%s".formatted(port(anna), ours.workspace());
    var url = base + "/Workers/" + anna.getSid();
    assertThat(anna.getUrl()).hasToString(url);
    assertThat(anna.getLinks())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "channels", url + "/Channels",
                "activity", base + "/Activities/" + anna.getActivitySid(),
                "workspace", base,
                "statistics", base + "/Workers/Statistics",
                "real_time_statistics", base + "/Workers/RealTimeStatistics",
                "cumulative_statistics", base + "/Workers/CumulativeStatistics",
                "worker_statistics", url + "/Statistics",
                "worker_channels", url + "/Channels",
                "reservations", url + "/Reservations"));
  }

  @Test
  void keepsTheTimeOfItsActivityAndTellsHowLongItWasInTheLast() {
    var anna = ours.worker("Anna", "{}");
    clock.advance(Duration.ofMillis(26_123));

    var moved = moveTo(anna, "Available");

    assertThat(moved.getAvailable()).isTrue();
    assertThat(moved.getActivityName()).isEqualTo("Available");
    assertThat(moved.getDateStatusChanged()).isAfter(anna.getDateStatusChanged());
    assertThat(lastEvent(ours, "worker.activity.update"))
        .contains("\"worker_time_in_previous_activity\": \"26\"")
        .contains("\"worker_time_in_previous_activity_ms\": \"26123\"")
        .contains("\"worker_previous_activity_sid\": \"%s\"".formatted(anna.getActivitySid()))
        .contains("\"worker_previous_activity_name\": \"Offline\"")
        .contains("\"worker_activity_name\": \"Available\"")
        .contains("\"worker_version\": \"2\"");
    assertThat(heard.wakeUps(ours)).isOne();
    assertThat(ready(anna)).isEqualTo(5);
  }

  @Test
  void isIdleSinceItFirstBecameAvailableUntilItHasATask() {
    var anna = ours.worker("Anna", "{}");
    clock.advance(Duration.ofMinutes(1));
    moveTo(anna, "Available");
    var first = clock.instant();
    clock.advance(Duration.ofMinutes(1));
    moveTo(anna, "Offline");
    clock.advance(Duration.ofMinutes(1));
    moveTo(anna, "Available");

    assertThat(
            jdbc.sql("SELECT idle_since FROM worker WHERE sid = ?")
                .param(anna.getSid())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single())
        .isEqualTo(first);
  }

  @Test
  void doesNothingWhenNothingChanges() {
    var anna = ours.worker("Anna", "{}");

    var same =
        ours.wire()
            .post(
                ours.path("Workers", anna.getSid()),
                "ActivitySid",
                anna.getActivitySid(),
                "Attributes",
                "{}");

    assertThat(same.status()).isEqualTo(200);
    assertThat(same.header("ETag")).isEqualTo("\"1\"");
    assertThat(events(ours)).containsExactly("worker.created");
  }

  @Test
  void changesOnlyAtTheExpectedVersion() {
    var anna = ours.worker("Anna", "{}");
    var path = ours.path("Workers", anna.getSid());

    for (var version : List.of("1", "\"2\"", "W/\"3\"", "*")) {
      var answer =
          ours.postIfMatch(version, path, "Attributes", "{\"v\":\"" + version.length() + "\"}");
      assertThat(answer.status()).as(version).isEqualTo(200);
    }
    assertThat(ours.get(path).header("ETag")).isEqualTo("\"5\"");
    var stale = ours.postIfMatch("4", path, "FriendlyName", "Hanna");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.json().get("code").asInt()).isEqualTo(20412);
    assertThat(ours.deleteIfMatch("4", path).status()).isEqualTo(412);
    assertThat(ours.get(path).json().get("friendly_name").asString()).isEqualTo("Anna");
    assertThat(ours.deleteIfMatch("\"5\"", path).status()).isEqualTo(204);
  }

  @Test
  void hasANameOfItsOwnWhateverTheCase() {
    var anna = ours.worker("Anna", "{}");
    var ben = ours.worker("Ben", "{}");

    assertThatThrownBy(() -> ours.worker("aNNA", "{}"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("Worker with the same friendly name already exists");
    assertThatThrownBy(
            () ->
                Worker.updater(ours.workspace(), ben.getSid())
                    .setFriendlyName("ANNA")
                    .update(ours.client()))
        .hasMessageContaining("Worker with the same friendly name already exists");
    var renamed =
        Worker.updater(ours.workspace(), anna.getSid())
            .setFriendlyName("ANNA")
            .update(ours.client());
    assertThat(renamed.getFriendlyName()).isEqualTo("ANNA");
  }

  @Test
  void isFoundByEveryFilter() {
    var anna = ours.availableWorker("Anna", "{\"level\":5,\"skills\":[\"billing\"]}");
    var ben = ours.worker("Ben", "{\"level\":\"2\",\"skills\":[\"billing\"]}");
    var queue = ours.queue("Experts", "level > 4");

    assertThat(found("ActivityName", "available")).containsExactly("Anna");
    assertThat(found("ActivitySid", ben.getActivitySid())).containsExactly("Ben");
    assertThat(found("Available", "yes")).containsExactly("Anna");
    assertThat(found("Available", "nonsense")).containsExactly("Ben");
    assertThat(found("FriendlyName", "BEN")).containsExactly("Ben");
    assertThat(found("TaskQueueSid", queue.getSid())).containsExactly("Anna");
    assertThat(found("TaskQueueName", "experts")).containsExactly("Anna");
    assertThat(found("TargetWorkersExpression", "skills HAS 'billing' AND level < 3"))
        .containsExactly("Ben");
    assertThat(found("TargetWorkersExpression", "sid == '%s'".formatted(anna.getSid())))
        .containsExactly("Anna");
    assertThat(found("TargetWorkersExpression", "activity_name == 'Offline'"))
        .containsExactly("Ben");
    assertThat(found("TargetWorkersExpression", "friendly_name != 'x'", "Available", "true"))
        .containsExactly("Anna");
    assertThat(found("FriendlyName", "nobody")).isEmpty();
  }

  @Test
  void isListedByItsLastChangeOfActivityAndPageByPage() {
    for (var name : List.of("A", "B", "C", "D", "E")) {
      ours.worker(name, "{\"odd\":%b}".formatted("ACE".contains(name)));
      clock.advance(Duration.ofSeconds(1));
    }
    moveTo(byName("B"), "Unavailable");

    assertThat(found("Ordering", "DateStatusChanged:desc"))
        .containsExactly("B", "E", "D", "C", "A");
    assertThat(found("Ordering", "DateStatusChanged:asc", "PageSize", "2"))
        .containsExactly("A", "C");
    assertThat(sdkNames(Worker.reader(ours.workspace()).setPageSize(2L)))
        .containsExactly("A", "B", "C", "D", "E");
    assertThat(
            sdkNames(
                Worker.reader(ours.workspace())
                    .setTargetWorkersExpression("odd == true")
                    .setOrdering("DateStatusChanged:desc")
                    .setPageSize(1L)))
        .containsExactly("E", "C", "A");
  }

  @Test
  void goesBackThroughPagesOfASearch() {
    for (var name : List.of("A", "B", "C", "D", "E")) {
      ours.worker(name, "{\"odd\":%b}".formatted("ACE".contains(name)));
    }
    var path = ours.path("Workers");
    var first = ours.get(path, "TargetWorkersExpression", "odd == true", "PageSize", "1").json();
    var second = ours.get(next(first)).json();
    var third = ours.get(next(second)).json();
    assertThat(third.at("/meta/next_page_url").isNull()).isTrue();

    var back = ours.get(third.at("/meta/previous_page_url").asString().split("://[^/]+")[1]).json();

    assertThat(back.at("/workers/0/friendly_name").asString()).isEqualTo("C");
    assertThat(back.at("/meta/next_page_url").isNull()).isFalse();
  }

  @Test
  void rejectsPendingReservationsOnlyOnTheWayToAnUnavailableActivity() {
    var anna = ours.availableWorker("Anna", "{}");
    var path = ours.path("Workers", anna.getSid());

    var alone = ours.wire().post(path, "RejectPendingReservations", "true");
    var available =
        ours.wire()
            .post(
                path,
                "RejectPendingReservations",
                "true",
                "ActivitySid",
                ours.activity("Available"));
    assertThat(List.of(alone.status(), available.status())).containsOnly(400);
    assertThat(heard.all(PendingReservationsRefused.class)).isEmpty();

    Worker.updater(ours.workspace(), anna.getSid())
        .setActivitySid(ours.activity("Offline"))
        .setRejectPendingReservations(true)
        .update(ours.client());
    assertThat(heard.all(PendingReservationsRefused.class))
        .containsExactly(
            new PendingReservationsRefused(ours.workspaceSid(), WorkerSid.of(anna.getSid())));
  }

  @Test
  void isMovedOnceAndThenStays() {
    var anna = WorkerSid.of(ours.availableWorker("Anna", "{}").getSid());
    var offline = ActivitySid.of(ours.activity("Offline"));
    heard.forget();

    workers.moveTo(ours.workspaceSid(), anna, offline, clock.instant());
    workers.moveTo(ours.workspaceSid(), anna, offline, clock.instant());
    workers.moveTo(theirs.workspaceSid(), anna, offline, clock.instant());

    assertThat(workers.get(ours.workspaceSid(), anna).version()).isEqualTo(2);
    assertThat(events(ours)).containsExactly("worker.created", "worker.activity.update");
    assertThat(heard.all(WorkerChanged.class))
        .containsExactly(new WorkerChanged(ours.workspaceSid(), anna, false));
  }

  @Test
  void isDeletedOnlyWithoutReservations() {
    var anna = ours.worker("Anna", "{}");
    jdbc.sql(
            """
            INSERT INTO reservation (workspace_sid, sid, task_sid, worker_sid, worker_name,
              task_queue_sid, task_channel_sid, status, expires_at, version, created_at, updated_at)
            VALUES (?, ?, 'WT', ?, 'Anna', 'WQ', 'TC', 'wrapping', now(), 1, now(), now())
            """)
        .params(ours.workspace(), Sid.next("WR"), anna.getSid())
        .update();

    assertThatThrownBy(() -> Worker.deleter(ours.workspace(), anna.getSid()).delete(ours.client()))
        .hasMessageContaining("holds 1 pending, accepted or wrapping reservations");
    jdbc.sql("UPDATE reservation SET status = 'completed' WHERE workspace_sid = ?")
        .param(ours.workspace())
        .update();
    assertThat(Worker.deleter(ours.workspace(), anna.getSid()).delete(ours.client())).isTrue();

    assertThat(ours.get(ours.path("Workers", anna.getSid())).status()).isEqualTo(404);
    assertThat(events(ours)).containsExactly("worker.created", "worker.deleted");
  }

  @Test
  void isInvisibleToOtherTenants() {
    var anna = ours.worker("Anna", "{}");

    var foreignPath = "/v1/Workspaces/%s/Workers/%s".formatted(ours.workspace(), anna.getSid());
    var mixedPath = theirs.path("Workers", anna.getSid());
    for (var path : List.of(foreignPath, mixedPath, mixedPath + "/Channels/voice")) {
      assertThat(theirs.get(path).status()).as(path).isEqualTo(404);
      assertThat(theirs.wire().post(path, "FriendlyName", "X").status()).isEqualTo(404);
    }
    assertThat(theirs.wire().delete(mixedPath).status()).isEqualTo(404);
    assertThat(theirs.get(mixedPath + "/Channels").status()).isEqualTo(404);
    assertThat(theirs.get(theirs.path("Workers")).json().get("workers").size()).isEqualTo(1);
    assertThat(found()).containsExactly("Anna");
  }

  @Test
  void refusesHostileInputAndWritesNothing() {
    var anna = ours.worker("Anna", "{\"level\":1}");
    var foreign = theirs.activity("Available");
    var hostile =
        List.of(
            List.of("Attributes", "[1]"),
            List.of("Attributes", ""),
            List.of("Attributes", "null"),
            List.of("Attributes", "{\"a\":1} x"),
            List.of("Attributes", "{\"a\":1,\"a\":2}"),
            List.of("Attributes", "{\"a\":\"" + "x".repeat(4096) + "\"}"),
            List.of("Attributes", "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}"),
            List.of("Attributes", "{\"a\":1e999999999}"),
            List.of("Attributes", "{\"a\":NaN}"),
            List.of("FriendlyName", " "),
            List.of("FriendlyName", ""),
            List.of("FriendlyName", "x".repeat(65)),
            List.of("FriendlyName", "a\0b"),
            List.of("ActivitySid", foreign),
            List.of("ActivitySid", "WA' OR 1=1"),
            List.of("ActivitySid", Sid.next("WA")));
    var path = ours.path("Workers", anna.getSid());

    for (var input : hostile) {
      var parameters = input.toArray(String[]::new);
      var update = ours.wire().post(path, parameters);
      assertThat(update.status()).as("%s: %s", input, update.body()).isEqualTo(400);
      assertThat(update.json().get("code").asInt()).isEqualTo(20001);
      var named = new ArrayList<>(input);
      if (!input.getFirst().equals("FriendlyName")) {
        named.addAll(List.of("FriendlyName", "Ben"));
      }
      assertThat(ours.wire().post(ours.path("Workers"), named.toArray(String[]::new)).status())
          .as("%s", input)
          .isEqualTo(400);
    }
    assertThat(ours.wire().post(ours.path("Workers")).body())
        .contains("FriendlyName field is required");
    assertThat(ours.get(path).header("ETag")).isEqualTo("\"1\"");
    assertThat(found()).containsExactly("Anna");
    assertThat(events(ours)).containsExactly("worker.created");
  }

  @Test
  void refusesHostileSearches() {
    ours.worker("Anna", "{}");
    for (var query :
        List.of(
            List.of("TargetWorkersExpression", "level >"),
            List.of("TargetWorkersExpression", "skill-level > 3"),
            List.of("TargetWorkersExpression", "(".repeat(1000)),
            List.of("TaskQueueSid", "WQ1"),
            List.of("ActivitySid", "x"),
            List.of("Ordering", "DateCreated:asc"),
            List.of("Ordering", "DateStatusChanged:desc; DROP TABLE worker"),
            List.of("PageSize", "1001"),
            List.of("FriendlyName", "\0"))) {
      var answer = ours.get(ours.path("Workers"), query.toArray(String[]::new));
      assertThat(answer.status()).as("%s: %s", query, answer.body()).isEqualTo(400);
      assertThat(answer.json().get("code").asInt()).isEqualTo(20001);
    }
    assertThat(ours.get(ours.path("Workers"), "TargetWorkersExpression", "level >").body())
        .contains("column");
    assertThat(found("FriendlyName", "' OR '1'='1")).isEmpty();
  }

  @Test
  void isSearchedForByExpressionOnlySoOften() {
    var statuses =
        IntStream.range(0, 100)
            .map(i -> search(ours).status())
            .boxed()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(statuses).containsOnlyKeys(200, 429);
    assertThat(statuses.get(200)).isGreaterThanOrEqualTo(30);
    assertThat(search(theirs).status()).isEqualTo(200);
  }

  @Test
  void getsAChannelWhenATaskChannelAppears() {
    var anna = ours.availableWorker("Anna", "{}");

    TaskChannel.creator(ours.workspace(), "Fax", "fax").create(ours.client());

    var fax = WorkerChannel.fetcher(ours.workspace(), anna.getSid(), "fax").fetch(ours.client());
    assertThat(fax.getConfiguredCapacity()).isEqualTo(1);
    assertThat(ready(anna)).isEqualTo(6);
  }

  private Worker moveTo(Worker worker, String activity) {
    return Worker.updater(ours.workspace(), worker.getSid())
        .setActivitySid(ours.activity(activity))
        .update(ours.client());
  }

  private List<WorkerChannel> channels(Worker worker) {
    var channels = WorkerChannel.reader(ours.workspace(), worker.getSid()).read(ours.client());
    return StreamSupport.stream(channels.spliterator(), false).toList();
  }

  private Worker byName(String name) {
    return Worker.reader(ours.workspace())
        .setFriendlyName(name)
        .read(ours.client())
        .iterator()
        .next();
  }

  private List<String> sdkNames(WorkerReader reader) {
    return StreamSupport.stream(reader.read(ours.client()).spliterator(), false)
        .map(Worker::getFriendlyName)
        .toList();
  }

  private List<String> found(String... query) {
    var answer = ours.get(ours.path("Workers"), query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("ETag")).startsWith("W/");
    return answer
        .json()
        .get("workers")
        .valueStream()
        .map(worker -> worker.get("friendly_name").asString())
        .toList();
  }

  private static Wire.Answer search(Given tenant) {
    return tenant.get(tenant.path("Workers"), "TargetWorkersExpression", "1==1");
  }

  private static String next(JsonNode page) {
    return page.at("/meta/next_page_url").asString().split("://[^/]+")[1];
  }

  private static String port(Worker worker) {
    return String.valueOf(worker.getUrl().getPort());
  }

  private int ready(Worker worker) {
    return jdbc.sql("SELECT count(*) FROM worker_channel WHERE worker_sid = ? AND ready")
        .param(worker.getSid())
        .query(Integer.class)
        .single();
  }

  private List<String> events(Given tenant) {
    return jdbc.sql(
            "SELECT type FROM event WHERE workspace_sid = ? AND worker_sid IS NOT NULL ORDER BY sid")
        .param(tenant.workspace())
        .query(String.class)
        .list();
  }

  private String lastEvent(Given tenant, String type) {
    return jdbc.sql(
            "SELECT data FROM event WHERE workspace_sid = ? AND type = ? ORDER BY sid DESC LIMIT 1")
        .params(tenant.workspace(), type)
        .query(String.class)
        .single();
  }
}
