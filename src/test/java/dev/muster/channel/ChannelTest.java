package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.json.JsonMapper;

/** Anna and Ben, and a workflow that offers everything to whoever is available. */
abstract class ChannelTest extends TwoTenantsTest {

  static final JsonMapper JSON = new JsonMapper();

  TaskQueue everyone;
  Workflow inbound;
  Worker anna;
  Worker ben;
  Worker foreign;
  WorkerTokens tokens;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    inbound = ours.workflow("Inbound", "", everyone);
    anna = ours.worker("Anna", "{\"skills\":[\"es\"]}");
    ben = ours.worker("Ben", "{}");
    foreign = theirs.worker("Anna", "{}");
    tokens = WorkerTokens.of(ours);
  }

  /** A task that is offered to a worker who is made available for it. */
  Task offeredTo(Worker worker) {
    ours.move(worker, "Available");
    var task = ours.task(inbound, "{\"subject\":\"bill\"}");
    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(worker.getSid());
    return task;
  }

  String below(String... steps) {
    return below(ours, steps);
  }

  static String below(Given tenant, String... steps) {
    return "Workspaces/" + tenant.workspace() + "/" + String.join("/", steps);
  }

  Wire.Answer get(String token, String url, Map<String, ?> params) {
    return command(token, "GET", url, params, null);
  }

  Wire.Answer post(String token, String url, Map<String, ?> params) {
    return command(token, "POST", url, params, null);
  }

  /** Sends a command as the SDK does, JSON called a form. */
  Wire.Answer command(
      String token, String method, String url, Map<String, ?> params, String ifMatch) {
    var body =
        JSON.writeValueAsString(
            Map.of("url", url, "method", method, "params", params, "token", token));
    var anyone = acme.as("", "");
    var request =
        anyone
            .request("/v1/wschannels")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("apiVersion", "v1")
            .header("clientVersion", "2.1.1")
            .POST(BodyPublishers.ofString(body));
    return anyone.send(ifMatch == null ? request : request.header("If-Match", ifMatch));
  }

  static void refusedWith(Wire.Answer answer, int status, String message) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.text("message")).contains(message);
  }
}
