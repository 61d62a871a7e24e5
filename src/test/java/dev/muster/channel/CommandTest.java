package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.web.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The command channel, as the SDK speaks to it. */
class CommandTest extends ChannelTest {

  private static final List<String> WORKER =
      List.of(
          "account_sid",
          "activity_name",
          "activity_sid",
          "attributes",
          "available",
          "date_created",
          "date_status_changed",
          "date_updated",
          "friendly_name",
          "sid",
          "workspace_sid",
          "version");
  private static final List<String> TASK =
      List.of(
          "addons",
          "age",
          "attributes",
          "date_created",
          "date_updated",
          "priority",
          "queue_name",
          "queue_sid",
          "reason",
          "routing_target",
          "sid",
          "assignment_status",
          "task_channel_unique_name",
          "task_channel_sid",
          "timeout",
          "workflow_name",
          "workflow_sid",
          "version",
          "virtual_start_time");
  private static final List<String> RESERVATION =
      List.of(
          "account_sid",
          "date_created",
          "date_updated",
          "reservation_status",
          "sid",
          "task",
          "reservation_timeout",
          "worker_sid",
          "workspace_sid",
          "version");

  private String token;

  @BeforeEach
  void takeToken() {
    token = tokens.worker(anna.getSid());
  }

  @Test
  void aWorkerHasEveryKeyThatTheClientAsksForAndSecondsForInstants() {
    var worker = payload(get(token, below("Workers", anna.getSid()), Map.of()));

    assertThat(worker.propertyNames()).containsAll(WORKER);
    assertThat(worker.path("date_created").asLong()).isEqualTo(clock.instant().getEpochSecond());
    assertThat(worker.path("attributes").asString()).isEqualTo("{\"skills\":[\"es\"]}");
    assertThat(worker.path("version").asInt()).isEqualTo(1);
  }

  @Test
  void aListOfReservationsHasTheirTasksAndOnlyOpenOnesIfAsked() {
    var task = offeredTo(anna);
    ours.answer(ours.awaitOffer(task), Status.REJECTED);

    var open = reservations(Map.of("Active", "true"));
    var all = reservations(Map.of());

    assertThat(all.size()).isEqualTo(open.size() + 1);
    var rejected = all.get(0);
    assertThat(rejected.propertyNames()).containsAll(RESERVATION);
    assertThat(rejected.path("task").propertyNames()).containsAll(TASK);
    assertThat(rejected.path("reservation_timeout").asInt()).isEqualTo(120);
    assertThat(rejected.path("task").path("queue_name").asString()).isEqualTo("Everyone");
  }

  @Test
  void listsArePagedByWhatTheyComeAfter() {
    var names = new ArrayList<String>();
    Map<String, Object> params = new HashMap<>(Map.of("PageSize", 2));
    JsonNode page;
    do {
      page = payload(get(token, below("Activities"), params));
      page.path("contents").forEach(item -> names.add(item.path("friendly_name").asString()));
      params.put("AfterSid", page.path("after_sid").asString(""));
    } while (!page.path("after_sid").isNull());

    assertThat(names).containsExactlyInAnyOrder("Offline", "Available", "Unavailable");
  }

  @Test
  void workerChannelsTellWhenTheyWereLastReserved() {
    offeredTo(anna);

    var channels =
        payload(get(token, below("Workers", anna.getSid(), "WorkerChannels"), Map.of()))
            .path("contents");

    assertThat(channels.size()).isEqualTo(5);
    assertThat(channels.get(0).path("last_reserved_time").asLong())
        .isEqualTo(clock.instant().toEpochMilli());
    assertThat(channels.get(0).path("configured_capacity").asInt()).isEqualTo(1);
  }

  @Test
  void attributesComeAsAnObjectAndAreKeptAsItsText() {
    var changed =
        payload(
            post(
                token,
                below("Workers", anna.getSid()),
                Map.of("Attributes", Map.of("languages", List.of("de")))));

    assertThat(changed.path("attributes").asString()).isEqualTo("{\"languages\":[\"de\"]}");
    assertThat(changed.path("version").asInt()).isEqualTo(2);
    assertThat(ours.present(anna).getAttributes()).isEqualTo("{\"languages\":[\"de\"]}");
  }

  @Test
  void aStaleVersionIsRefused() {
    var path = below("Workers", anna.getSid());
    var away = Map.of("ActivitySid", ours.activity("Unavailable"));

    refusedWith(command(token, "POST", path, away, "7"), 412, "Expected version 7");
    assertThat(command(token, "POST", path, away, "1").status()).isEqualTo(200);
  }

  @Test
  void aWorkersVersionRisesByOneForEachOfferAndEachChangeOfAChannel() {
    ours.move(anna, "Available");
    setChannel("Capacity", "2");
    ours.wire()
        .post(
            ours.path("Workers", anna.getSid(), "Channels", "voice"),
            "Capacity",
            "3",
            "Available",
            "false");
    var before = version();

    var tasks = List.of(ours.task(inbound, "{}"), ours.task(inbound, "{}"));
    tasks.forEach(ours::awaitOffer);

    assertThat(before).isEqualTo(1 + 1 + 1 + 2);
    assertThat(version()).isEqualTo(before + 2);
  }

  @Test
  void answersToOffersAreTakenAndCarryTheirVersion() {
    var task = offeredTo(anna);
    var offer = ours.awaitOffer(task).getSid();
    var path = below("Workers", anna.getSid(), "Reservations", offer);

    var accepted = payload(post(token, path, Map.of("ReservationStatus", "accepted")));
    var again = post(token, path, Map.of("ReservationStatus", "accepted"));

    assertThat(accepted.path("reservation_status").asString()).isEqualTo("accepted");
    assertThat(accepted.path("version").asInt()).isEqualTo(2);
    refusedWith(again, 400, "already accepted");
  }

  @Test
  void aWorkerCompletesItsTask() {
    var task = offeredTo(anna);
    ours.answer(ours.awaitOffer(task), Status.ACCEPTED);

    var completed =
        payload(
            post(
                token,
                below("Tasks", task.getSid()),
                Map.of("AssignmentStatus", "completed", "Reason", "done")));

    assertThat(completed.path("assignment_status").asString()).isEqualTo("completed");
    assertThat(completed.path("reason").asString()).isEqualTo("done");
  }

  @Test
  void aWorkerCreatesATaskForItself() {
    ours.move(anna, "Available");

    var created =
        payload(
            post(
                token,
                below("Tasks"),
                Map.of(
                    "WorkflowSid",
                    inbound.getSid(),
                    "TaskQueueSid",
                    everyone.getSid(),
                    "RoutingTarget",
                    anna.getSid(),
                    "TaskChannelUniqueName",
                    "voice",
                    "Attributes",
                    Map.of("outbound_to", "+15550001", "from", "+15550002"))));

    assertThat(created.path("sid").asString()).startsWith("WT");
    assertThat(created.path("task_channel_unique_name").asString()).isEqualTo("voice");
  }

  @Test
  void theParticipantsOfACallAreNotSteered() {
    refusedWith(
        post(token, below("Workers", anna.getSid(), "CustomerParticipant"), Map.of("Hold", true)),
        400,
        "which this service does not steer");
  }

  @Test
  void routesThatDoNotExistAreNotFound() {
    refusedWith(get(token, below("Nothing"), Map.of()), 404, "was not found");
    refusedWith(get(token, "Elsewhere/Activities", Map.of()), 404, "was not found");
    refusedWith(
        get(
            token,
            below("Workers", anna.getSid(), "Reservations", "WR" + "0".repeat(32)),
            Map.of()),
        404,
        "was not found");
    refusedWith(post(token, below("Activities"), Map.of()), 405, "read with GET");
    refusedWith(command(token, "PUT", below("Activities"), Map.of(), null), 400, "GET or POST");
  }

  @Test
  void whateverTypeTheJsonIsSaidToHaveItIsRead() {
    var body =
        JSON.writeValueAsString(
            Map.of(
                "url", below("Activities"), "method", "GET", "params", Map.of(), "token", token));
    for (var type :
        List.of("text/plain", "application/json", "application/x-www-form-urlencoded")) {
      assertThat(acme.as("", "").postBody("/v1/wschannels", type, body).status())
          .as(type)
          .isEqualTo(200);
    }
    assertThat(acme.as("", "").postBody("/v1/wschannels", "text/plain", "url=x").text("message"))
        .startsWith("Expected a JSON object");
  }

  @Test
  void aBrowserMaySendWhatTheSdkSends() {
    var preflight =
        acme.as("", "")
            .send(
                acme.as("", "")
                    .request("/v1/wschannels")
                    .header("Origin", "https://desk.example.com")
                    .header("Access-Control-Request-Method", "POST")
                    .header(
                        "Access-Control-Request-Headers",
                        "apiversion,clientversion,content-type,if-match")
                    .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(preflight.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT))
        .contains("apiversion", "clientversion", "content-type", "if-match");
  }

  private JsonNode reservations(Map<String, ?> params) {
    return payload(get(token, below("Workers", anna.getSid(), "Reservations"), params))
        .path("contents");
  }

  private int version() {
    return payload(get(token, below("Workers", anna.getSid()), Map.of())).path("version").asInt();
  }

  private void setChannel(String name, String value) {
    ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "default"), name, value);
  }

  private static JsonNode payload(Wire.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("payload");
  }
}
