package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.HttpMethod;
import com.twilio.jwt.taskrouter.FilterRequirement;
import com.twilio.jwt.taskrouter.Policy;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.testing.AnotherNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.web.socket.CloseStatus;
import tools.jackson.databind.JsonNode;

/** The official worker SDK, unmodified and with its version check on, in Node. */
class WorkerSdkTest extends ChannelTest {

  private static final Map<String, ?> CHECKED = Map.of("enableVersionCheck", true);

  @Autowired Environment environment;
  @Autowired Switchboard switchboard;

  private SdkWorker sdk;

  @AfterEach
  void leave() {
    if (sdk != null) {
      sdk.close();
    }
  }

  @Test
  void becomesReadyWithItsActivitiesAndChannels() {
    start(anna);

    var ready = sdk.await("ready");

    assertThat(ready.path("sid").asString()).isEqualTo(anna.getSid());
    assertThat(ready.path("activity").asString()).isEqualTo("Offline");
    assertThat(ready.path("activities").size()).isEqualTo(3);
    assertThat(ready.path("channels").asInt()).isEqualTo(5);
    assertThat(ready.path("attributes").path("skills").get(0).asString()).isEqualTo("es");
  }

  @Test
  void takesATaskFromTheOfferToItsEnd() {
    start(anna);
    sdk.await("ready");
    sdk.tell("setActivity", Map.of("name", "Available"));
    sdk.await("activityUpdated");

    var task = ours.task(inbound, "{\"subject\":\"bill\"}");
    var offer = sdk.await("reservationCreated");
    assertThat(offer.path("task").asString()).isEqualTo(task.getSid());
    assertThat(offer.path("attributes").path("subject").asString()).isEqualTo("bill");
    assertThat(offer.path("timeout").asInt()).isEqualTo(120);
    assertThat(offer.path("queue").asString()).isEqualTo("Everyone");

    sdk.tell("accept", of(offer));
    assertThat(sdk.await("reservation.accepted").path("status").asString()).isEqualTo("accepted");
    sdk.tell("setTaskAttributes", with(offer, "attributes", Map.of("subject", "bill", "done", 1)));
    assertThat(sdk.await("task.updated").path("attributes").path("done").asInt()).isEqualTo(1);
    sdk.tell("completeTask", of(offer));
    assertThat(sdk.await("reservation.completed").path("sid").asString())
        .isEqualTo(offer.path("sid").asString());
    assertThat(ours.present(task).getAssignmentStatus().toString()).isEqualTo("completed");
    assertNothingFailed();
  }

  @Test
  void wrapsUpAndCompletesTheReservation() {
    start(anna);
    sdk.await("ready");
    var task = offeredTo(anna);
    var offer = sdk.await("reservationCreated");

    sdk.tell("accept", of(offer));
    sdk.await("reservation.accepted");
    sdk.tell("wrap", of(offer));
    sdk.await("reservation.wrapup");
    sdk.tell("completeReservation", of(offer));
    sdk.await("reservation.completed");

    assertThat(ours.present(task).getAssignmentStatus().toString()).isEqualTo("completed");
    assertNothingFailed();
  }

  @Test
  void rejectsAndGoesToAnotherActivity() {
    start(anna);
    sdk.await("ready");
    var task = offeredTo(anna);
    var offer = sdk.await("reservationCreated");

    sdk.tell("reject", with(offer, "options", Map.of("activitySid", ours.activity("Unavailable"))));

    sdk.await("reservation.rejected");
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Unavailable");
    assertThat(ours.present(task).getAssignmentStatus().toString()).isEqualTo("pending");
    assertNothingFailed();
  }

  @Test
  void hearsWhatOthersChangeAboutIt() {
    start(anna);
    sdk.await("ready");

    ours.move(anna, "Unavailable");
    assertThat(sdk.await("activityUpdated").path("activity").asString()).isEqualTo("Unavailable");
    ours.wire()
        .post(
            ours.path("Workers", anna.getSid(), "Channels", "voice"),
            "Capacity",
            "3",
            "Available",
            "false");
    assertThat(sdk.await("capacityUpdated").path("capacity").asInt()).isEqualTo(3);
    assertThat(sdk.await("availabilityUpdated").path("available").asBoolean()).isFalse();
    sdk.tell("setAttributes", Map.of("attributes", Map.of("skills", new String[] {"fr"})));
    assertThat(sdk.await("attributesUpdated").path("attributes").path("skills").get(0).asString())
        .isEqualTo("fr");
    assertNothingFailed();
  }

  @Test
  void countsVersionsAsTheServerDoes() {
    start(anna);
    sdk.await("ready");
    ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "default"), "Capacity", "3");
    sdk.await("capacityUpdated");
    ours.move(anna, "Available");
    sdk.await("activityUpdated");
    for (var i = 0; i < 3; i++) {
      ours.task(inbound, "{}");
      sdk.await("reservationCreated");
    }

    var counted = sdk.does("state", Map.of()).path("version").asString();

    assertThat(ours.get(ours.path("Workers", anna.getSid())).header("ETag"))
        .isEqualTo("\"" + counted + "\"");
    sdk.does("setActivity", Map.of("name", "Unavailable"));
    assertNothingFailed();
  }

  @Test
  void isToldWhenItsAnswerComesTooLate() {
    start(anna);
    sdk.await("ready");
    var task = offeredTo(anna);
    var offer = sdk.await("reservationCreated");
    ours.answer(ours.awaitOffer(task), Status.ACCEPTED);
    sdk.await("reservation.accepted");

    assertThat(sdk.fails("accept", of(offer)))
        .contains("status code 400")
        .contains("already accepted");
    assertThat(sdk.fails("call", of(offer))).contains("Expected");
  }

  @Test
  void handsItsTaskOnToAColleague() {
    try (var colleague = started(ben)) {
      colleague.await("ready");
      var offer = accepted();
      ours.move(ben, "Available");

      sdk.tell("transfer", with(offer, "to", ben.getSid()));
      assertThat(sdk.await("transferInitiated").path("type").asString()).isEqualTo("WORKER");
      var handed = colleague.await("reservationCreated");
      assertThat(handed.path("task").asString()).isEqualTo(offer.path("task").asString());
      assertThat(handed.path("transferMode").asString()).isEqualTo("WARM");
      colleague.tell("accept", of(handed));

      colleague.await("reservation.accepted");
      assertThat(names(sdk, 2, "transfer.completed", "reservation.completed"))
          .containsExactlyInAnyOrder("transfer.completed", "reservation.completed");
      assertNothingFailed();
    }
  }

  @Test
  void keepsATaskThatItTakesBack() {
    var nobody = ours.queue("Nobody", "1==2");
    var offer = accepted();

    sdk.tell("transfer", with(offer, "to", nobody.getSid()));
    sdk.await("transferInitiated");
    sdk.tell("cancelTransfer", of(offer));
    assertThat(sdk.await("transfer.canceled").path("status").asString()).isEqualTo("canceled");

    sdk.tell("completeTask", of(offer));
    sdk.await("reservation.completed");
    assertNothingFailed();
  }

  @Test
  void createsATaskForItself() {
    start(anna);
    sdk.await("ready");
    ours.move(anna, "Available");

    sdk.tell("createTask", Map.of("workflow", inbound.getSid(), "queue", everyone.getSid()));

    var offer = sdk.await("reservationCreated");
    assertThat(offer.path("attributes").path("outbound_to").asString()).isEqualTo("+15550001");
  }

  @Test
  void listsTheWorkspaceForASupervisorAndMovesItsWorkers() {
    ours.queue("Spanish", "skills HAS 'es'");
    sdk =
        SdkWorker.start(
            "supervisor",
            tokens.access(anna.getSid(), "supervisor", WorkerTokens.HOUR),
            acme.base(),
            ours.workspace(),
            CHECKED);
    sdk.await("ready");

    assertThat(texts(sdk.does("queues", Map.of()).path("names")))
        .containsExactlyInAnyOrder("Everyone", "Spanish");
    assertThat(texts(sdk.does("workers", Map.of()).path("names")))
        .containsExactlyInAnyOrder("Anna", "Ben");
    sdk.does(
        "setWorkerActivity",
        Map.of("worker", ben.getSid(), "activity", ours.activity("Available")));
    assertThat(ours.present(ben).getActivityName()).isEqualTo("Available");
  }

  @Test
  void comesBackWhenItsSocketIsCut() {
    start(anna);
    sdk.await("ready");

    switchboard.sockets().stream()
        .filter(socket -> socket.worker().value().equals(anna.getSid()))
        .forEach(socket -> socket.close(CloseStatus.SERVER_ERROR));

    sdk.await("disconnected");
    sdk.await("ready");
    var task = offeredTo(anna);
    assertThat(sdk.await("reservationCreated").path("task").asString()).isEqualTo(task.getSid());
  }

  @Test
  void comesBackWhenItsNodeIsStartedAgainAndFindsItsOffer() {
    var port = freePort();
    var node = AnotherNode.beside(environment, port);
    try {
      sdk =
          SdkWorker.start(
              "worker", tokens.worker(anna.getSid()), node.base(), ours.workspace(), CHECKED);
      sdk.await("ready");
      node.close();
      sdk.await("disconnected");
      offeredTo(anna);

      node = AnotherNode.beside(environment, port);

      assertThat(sdk.await("ready").path("reservations").asInt()).isEqualTo(1);
    } finally {
      node.close();
    }
  }

  @Test
  void waitsForANewTokenWhenItsOwnHasExpired() {
    sdk =
        SdkWorker.start(
            "worker",
            tokens.access(anna.getSid(), "worker", 7),
            acme.base(),
            ours.workspace(),
            CHECKED);
    sdk.await("ready");

    sdk.await("tokenExpired");
    clock.advance(Duration.ofSeconds(10));
    sdk.await("disconnected");
    assertThat(sdk.fails("refresh", Map.of())).contains("401").contains("has not expired");
    sdk.tell("updateToken", Map.of("token", tokens.worker(anna.getSid())));

    sdk.await("ready");
    sdk.does("setActivity", Map.of("name", "Available"));
  }

  @Test
  void worksWithACapabilityTokenAsFarAsItsPoliciesGo() {
    var ofAnna = "https://taskrouter.twilio.com/v1/" + below("Workers", anna.getSid());
    var token =
        tokens.capability(
            anna.getSid(),
            allowed(HttpMethod.GET, ofAnna + "/WorkerChannels", Map.of()),
            allowed(HttpMethod.POST, ofAnna, Map.of("ActivitySid", FilterRequirement.REQUIRED)));
    sdk = SdkWorker.start("worker", token, acme.base(), ours.workspace(), CHECKED);
    sdk.await("ready");

    sdk.does("setActivity", Map.of("name", "Available"));
    ours.task(inbound, "{}");
    var offer = sdk.await("reservationCreated");

    assertThat(sdk.fails("setAttributes", Map.of("attributes", Map.of("skills", "all"))))
        .contains("403")
        .contains("Expected a token that allows");
    assertThat(sdk.fails("accept", of(offer))).contains("403");
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Available");
  }

  private static Policy allowed(
      HttpMethod method, String url, Map<String, FilterRequirement> parameters) {
    return new Policy.Builder()
        .url(url)
        .method(method)
        .postFilter(parameters)
        .allowed(true)
        .build();
  }

  private void start(Worker worker) {
    sdk = started(worker);
  }

  private SdkWorker started(Worker worker) {
    return SdkWorker.start(
        "worker", tokens.worker(worker.getSid()), acme.base(), ours.workspace(), CHECKED);
  }

  /** What Anna accepted. */
  private JsonNode accepted() {
    start(anna);
    sdk.await("ready");
    offeredTo(anna);
    var offer = sdk.await("reservationCreated");
    sdk.tell("accept", of(offer));
    sdk.await("reservation.accepted");
    return offer;
  }

  /** Which of these events the worker says, in whatever order, once so many were said. */
  private static List<String> names(SdkWorker worker, int count, String... names) {
    return Awaitility.await(String.join(" and ", names))
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                worker.said().stream()
                    .map(event -> event.path("event").asString())
                    .filter(List.of(names)::contains)
                    .toList(),
            said -> said.size() >= count);
  }

  private void assertNothingFailed() {
    assertThat(sdk.said())
        .extracting(event -> event.path("event").asString())
        .doesNotContain("failed", "error");
  }

  private static Map<String, ?> of(JsonNode offer) {
    return Map.of("sid", offer.path("sid").asString());
  }

  private static Map<String, ?> with(JsonNode offer, String name, Object value) {
    return Map.of("sid", offer.path("sid").asString(), name, value);
  }

  private static List<String> texts(JsonNode names) {
    return names.valueStream().map(JsonNode::asString).toList();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
