package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.HttpMethod;
import com.twilio.jwt.taskrouter.FilterRequirement;
import com.twilio.jwt.taskrouter.Policy;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.web.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is let in, and for what. */
class TokenTest extends ChannelTest {

  @Test
  void anAccessTokenOpensTheWorkersOwnRecord() {
    var answer = get(tokens.worker(anna.getSid()), below("Workers", anna.getSid()), Map.of());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("payload").path("friendly_name").asString()).isEqualTo("Anna");
  }

  @Test
  void aCapabilityTokenOpensWhatItsPoliciesName() {
    var token = tokens.capability(anna.getSid());

    assertThat(own(token).status()).isEqualTo(200);
    assertThat(get(token, below("Activities"), Map.of("PageSize", 1000)).status()).isEqualTo(200);
    refusedWith(get(token, below("TaskQueues"), Map.of()), 403, "Expected a token that allows");
    refusedWith(get(token, below("Workers", ben.getSid()), Map.of()), 403, "Expected a token");
    refusedWith(goAvailable(token), 403, "Expected a token that allows");
  }

  @Test
  void aPolicyAllowsOnlyTheParametersThatItNames() {
    var token = tokens.capability(anna.getSid(), mayChangeActivity(true));

    assertThat(goAvailable(token).status()).isEqualTo(200);
    refusedWith(
        post(token, below("Workers", anna.getSid()), Map.of("Attributes", Map.of())),
        403,
        "Expected a token");
  }

  @Test
  void aPolicyThatForbidsWinsOverOnesThatAllow() {
    var token = tokens.capability(anna.getSid(), mayChangeActivity(true), mayChangeActivity(false));

    refusedWith(goAvailable(token), 403, "Expected a token");
  }

  @Test
  void nothingIsLetInAfterItsEnd() {
    var token = tokens.access(anna.getSid(), "worker", 60);
    assertThat(own(token).status()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(62));

    refusedWith(own(token), 401, "Expected a token that has not expired");
    assertThat(own(token).json().path("code").asInt()).isEqualTo(20104);
  }

  @Test
  void theSignatureMustBeTheIssuers() {
    var stolen = new WorkerTokens(ours, tokens.keySid(), WorkerTokens.of(theirs).keySecret());

    refusedWith(own(stolen.worker(anna.getSid())), 401, "signature");
  }

  @Test
  void theAlgorithmIsNotTheTokensToChoose() {
    var parts = tokens.worker(anna.getSid()).split("\\.");
    var unsigned = encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".";
    var otherwise = encoded("{\"alg\":\"HS512\"}") + "." + parts[1] + "." + parts[2];

    assertThat(own(unsigned).status()).isEqualTo(401);
    refusedWith(own(otherwise), 401, "HS256");
  }

  @Test
  void nonsenseIsRefusedWithASentence() {
    for (var token : new String[] {"", "a", "a.b.c", encoded("{}") + "." + encoded("{}") + "."}) {
      var answer = own(token);
      assertThat(answer.status()).as(token).isEqualTo(401);
      assertThat(answer.text("message")).startsWith("Expected ");
    }
  }

  @Test
  void aTenantsTokenOpensNothingOfAnothers() {
    var foreignWorkspace =
        tokens.access(theirs.workspace(), foreign.getSid(), "admin", WorkerTokens.HOUR);
    var foreignWorker = tokens.worker(foreign.getSid());
    var own = tokens.access(anna.getSid(), "admin", WorkerTokens.HOUR);

    refusedWith(own(foreignWorkspace), 401, "Expected a token for a workspace of account");
    refusedWith(own(foreignWorker), 401, "Expected a token for a worker of workspace");
    refusedWith(
        get(own, below(theirs, "Workers", foreign.getSid()), Map.of()), 404, "was not found");
    refusedWith(get(own, below("Workers", foreign.getSid()), Map.of()), 404, "was not found");
  }

  @Test
  void aDeletedKeySignsNoMore() {
    var token = tokens.worker(anna.getSid());
    acme.delete("/2010-04-01/Accounts/%s/Keys/%s.json".formatted(acme.user(), tokens.keySid()));

    refusedWith(own(token), 401, "Expected a token of an active account");
  }

  @Test
  void aSuspendedAccountsTokensAreNoMoreGood() {
    var token = tokens.worker(anna.getSid());
    var capability = tokens.capability(anna.getSid());
    first.post("/2010-04-01/Accounts/" + acme.user() + ".json", "Status", "suspended");

    refusedWith(own(token), 401, "active account");
    refusedWith(own(capability), 401, "active account");
  }

  @Test
  void aWorkerDoesOnlyWhatConcernsItself() {
    var token = tokens.worker(anna.getSid());
    var task = offeredTo(ben);

    refusedWith(get(token, below("Workers"), Map.of()), 403, "Expected a token");
    refusedWith(get(token, below("Workers", ben.getSid()), Map.of()), 403, "Expected a token");
    refusedWith(get(token, below("Tasks", task.getSid()), Map.of()), 403, "Expected a token");
    refusedWith(
        post(token, below("Workers", anna.getSid()), Map.of("FriendlyName", "Boss")),
        403,
        "Expected a token");
  }

  @Test
  void aWorkerSeesTheTasksThatItIsOffered() {
    var task = offeredTo(anna);
    var token = tokens.worker(anna.getSid());

    assertThat(get(token, below("Tasks", task.getSid()), Map.of()).status()).isEqualTo(200);
    refusedWith(
        post(token, below("Tasks", task.getSid()), Map.of("Priority", 99)),
        403,
        "Expected a token");
  }

  @Test
  void aWorkerEndsNoTaskThatItIsOnlyOffered() {
    var task = offeredTo(anna);
    var path = below("Tasks", task.getSid());
    var token = tokens.worker(anna.getSid());

    for (var status : List.of("canceled", "completed", "wrapping")) {
      refusedWith(post(token, path, Map.of("AssignmentStatus", status)), 403, "Expected a token");
    }
    refusedWith(post(token, path, Map.of("Attributes", Map.of())), 403, "Expected a token");
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.RESERVED);
  }

  @Test
  void aWorkerToWhomATaskIsHandedOnEndsItOnlyOnceItHasAcceptedIt() {
    var task = offeredTo(anna);
    var annas = ours.answer(ours.awaitOffer(task), Status.ACCEPTED);
    ours.move(ben, "Available");
    var path = below("Tasks", task.getSid());
    var bens = tokens.worker(ben.getSid());
    handOn(annas, ben);
    var offer = ours.awaitOffer(task);

    refusedWith(post(bens, path, Map.of("AssignmentStatus", "completed")), 403, "Expected a token");
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);

    ours.answer(offer, Status.ACCEPTED);
    assertThat(post(bens, path, Map.of("AssignmentStatus", "completed")).status()).isEqualTo(200);
  }

  @Test
  void aWorkerCompletesOrWrapsUpTheTaskThatItHoldsAndNothingElse() {
    var task = offeredTo(anna);
    ours.answer(ours.awaitOffer(task), Status.ACCEPTED);
    var path = below("Tasks", task.getSid());
    var token = tokens.worker(anna.getSid());

    for (var status : List.of("canceled", List.of("canceled"), "pending", "")) {
      refusedWith(post(token, path, Map.of("AssignmentStatus", status)), 403, "Expected a token");
    }
    assertThat(post(token, path, Map.of("AssignmentStatus", "wrapping")).status()).isEqualTo(200);
    assertThat(post(token, path, Map.of("Attributes", Map.of("n", 1))).status()).isEqualTo(200);
    assertThat(post(token, path, Map.of("AssignmentStatus", "completed")).status()).isEqualTo(200);
  }

  @Test
  void aSupervisorDoesItForOthersWhateverVersionItsClientSends() {
    var token = tokens.access(anna.getSid(), "supervisor", WorkerTokens.HOUR);

    var moved =
        command(
            token,
            "POST",
            below("Workers", ben.getSid()),
            Map.of("ActivitySid", ours.activity("Available")),
            "4711");

    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    assertThat(ours.present(ben).getActivityName()).isEqualTo("Available");
  }

  @Test
  void anUnknownRoleIsNone() {
    refusedWith(own(tokens.access(anna.getSid(), "owner", WorkerTokens.HOUR)), 401, "role worker");
  }

  private void handOn(Reservation reservation, Worker worker) {
    var handedOn =
        ours.wire()
            .post(
                "/muster" + ours.path("Workers", reservation.getWorkerSid(), "Transfers"),
                "TaskSid",
                reservation.getTaskSid(),
                "ReservationSid",
                reservation.getSid(),
                "To",
                worker.getSid());
    assertThat(handedOn.status()).as(handedOn.body()).isEqualTo(201);
  }

  private Wire.Answer own(String token) {
    return get(token, below("Workers", anna.getSid()), Map.of());
  }

  private Wire.Answer goAvailable(String token) {
    return post(
        token, below("Workers", anna.getSid()), Map.of("ActivitySid", ours.activity("Available")));
  }

  private Policy mayChangeActivity(boolean allowed) {
    return new Policy.Builder()
        .url("https://taskrouter.twilio.com/v1/" + below("Workers", anna.getSid()))
        .method(HttpMethod.POST)
        .postFilter(Map.of("ActivitySid", FilterRequirement.REQUIRED))
        .allowed(allowed)
        .build();
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
