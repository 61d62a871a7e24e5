package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import dev.muster.given.TwoTenantsOnBrokerTest;
import dev.muster.task.TaskSid;
import dev.muster.web.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The operator has the engine told anew. */
class ReconcileTest extends TwoTenantsOnBrokerTest {

  private static final String QUEUED = "receiveTask_Queued";

  @Autowired JdbcClient jdbc;

  @Test
  void startsTheProcessAgainThatSomebodyCanceledAndDoublesNoOther() {
    var workflow = ours.workflow("Claims", "", ours.queue("Everyone", "1==1"));
    var bereft = ours.task(workflow, "{}");
    var untouched = ours.task(workflow, "{}");
    eventually(() -> assertThat(at(bereft)).isEqualTo(QUEUED));
    eventually(() -> assertThat(at(untouched)).isEqualTo(QUEUED));
    var process = records().instancesOf(sid(bereft)).iterator().next();
    client.newCancelInstanceCommand(process).send().join();
    eventually(() -> assertThat(at(bereft)).isEmpty());

    var answer = reconcile(first);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("tasks").asInt()).isGreaterThanOrEqualTo(2);
    eventually(() -> assertThat(at(bereft)).isEqualTo(QUEUED));
    eventually(() -> assertThat(untold()).isZero());
    assertThat(records().instancesOf(sid(bereft))).hasSize(2);
    assertThat(records().instancesOf(sid(untouched))).hasSize(1);
    assertThat(at(untouched)).isEqualTo(QUEUED);
  }

  @Test
  void isNobodysButTheOperators() {
    var key = ours.wire().post("/2010-04-01/Accounts/" + ours.wire().user() + "/Keys.json");

    assertThat(reconcile(ours.wire()).status()).isEqualTo(403);
    assertThat(reconcile(theirs.wire()).status()).isEqualTo(403);
    assertThat(reconcile(first.as(key.text("sid"), key.text("secret"))).status()).isEqualTo(403);
    assertThat(reconcile(first.as("", "")).status()).isEqualTo(401);
  }

  private static Wire.Answer reconcile(Wire wire) {
    return wire.send(wire.request("/actuator/reconcile").POST(BodyPublishers.noBody()));
  }

  private int untold() {
    return jdbc.sql(
            "SELECT count(*) FROM process_state WHERE workspace_sid = :ours AND version > told_version")
        .param("ours", ours.workspace())
        .query(Integer.class)
        .single();
  }

  private Records records() {
    return new Records(camunda.records());
  }

  private String at(Task task) {
    return String.join(" ", records().whereabouts(sid(task)));
  }

  private static TaskSid sid(Task task) {
    return TaskSid.of(task.getSid());
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }
}
