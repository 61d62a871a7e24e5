package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.given.TwoTenantsOnBrokerTest;
import io.camunda.client.api.response.ProcessInstanceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody else's process that hands one step to people and waits for them. */
class LoanReviewTest extends TwoTenantsOnBrokerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Autowired JdbcClient jdbc;

  private Workflow workflow;

  @BeforeEach
  void given() {
    deploy("examples", "loan-review.bpmn");
    workflow = ours.workflow("Loans", "", ours.queue("Everyone", "1==1"));
    ours.availableWorker("Carmen", "{}");
  }

  @Test
  void goesOnWithWhatPeopleDecided() throws Exception {
    var review = apply(Map.of("amount", 60_000));
    var task = awaitTask();
    assertThat(task.getAttributes()).contains("\"type\":\"loan\"", "\"amount\":60000");
    assertThat(task.getPriority()).isEqualTo(10);

    var offer = ours.awaitOffer(task);
    ours.answer(offer, Reservation.Status.ACCEPTED);
    Task.updater(ours.workspace(), task.getSid())
        .setAttributes("{\"type\": \"loan\", \"amount\": 60000, \"granted\": true}")
        .update(ours.client());
    ours.complete(task);

    var result = review.get().getVariablesAsMap();
    assertThat(result.get("review"))
        .asInstanceOf(MAP)
        .containsEntry("taskSid", task.getSid())
        .containsEntry("status", "completed")
        .containsEntry("reason", "done")
        .containsEntry("workerSid", offer.getWorkerSid())
        .containsEntry("attributes", Map.of("type", "loan", "amount", 60_000, "granted", true));
    assertThat(result).doesNotContainKeys(HandOver.ORDER, HandOver.RESULT);
    assertThat(ends(review.get().getProcessInstanceKey())).containsExactly("endEvent_LoanGranted");
  }

  @Test
  void tellsWholeNumbersBeyond64BitsAsText() throws Exception {
    var review = apply(Map.of("amount", 10));
    var task = awaitTask();
    ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
    Task.updater(ours.workspace(), task.getSid())
        .setAttributes(
            """
            {"longest": 9223372036854775807, "longer": [9223372036854775808, null], "tiny": -18446744073709551617,
             "huge": {"number": 123456789012345678901234567890}}
            """)
        .update(ours.client());
    ours.complete(task);

    assertThat(review.get().getVariablesAsMap().get("review"))
        .asInstanceOf(MAP)
        .extractingByKey("attributes", MAP)
        .containsEntry("longest", Long.MAX_VALUE)
        .containsEntry("longer", Arrays.asList("9223372036854775808", null))
        .containsEntry("tiny", "-18446744073709551617")
        .containsEntry("huge", Map.of("number", "123456789012345678901234567890"));
  }

  @Test
  void takesAnotherWayWhenTheTaskIsCanceled() throws Exception {
    var review = apply(Map.of("amount", 10));
    var task = awaitTask();

    Task.updater(ours.workspace(), task.getSid())
        .setAssignmentStatus(Task.Status.CANCELED)
        .setReason("Applicant withdrew")
        .update(ours.client());

    var key = review.get().getProcessInstanceKey();
    assertThat(ends(key)).containsExactly("endEvent_ApplicationWithdrawn");
    assertThat(incidents(key)).isEmpty();
  }

  @Test
  void createsOneTaskAlthoughItsJobComesAgain() throws Exception {
    var review = apply(Map.of("amount", 10));
    var task = awaitTask();
    var job =
        jdbc.sql("SELECT job_key FROM handed_task WHERE workspace_sid = :workspace")
            .param("workspace", ours.workspace())
            .query(Long.class)
            .single();

    await().atMost(PATIENCE).until(() -> records().jobs("TIMEOUT_UPDATED", job) > 0);
    client.newUpdateTimeoutCommand(job).timeout(Duration.ofMillis(1)).send().join();
    await().atMost(PATIENCE).until(() -> records().jobs("TIMED_OUT", job) > 0);
    await().atMost(PATIENCE).until(() -> records().jobs("TIMEOUT_UPDATED", job) > 2);

    assertThat(tasks()).hasSize(1);
    ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
    ours.complete(task);
    assertThat(ends(review.get().getProcessInstanceKey())).containsExactly("endEvent_LoanRefused");
    assertThat(tasks()).hasSize(1);
  }

  @Test
  void isOneIncidentWithAClearMessageWhenThereCannotBeSuchATask() {
    var nowhere = "WS" + "0".repeat(32);
    var unknownWorkspace = start(Map.of("amount", 10, "workspaceSid", nowhere));
    var othersWorkspace = start(Map.of("amount", 10, "workspaceSid", theirs.workspace()));
    var unknownWorkflow = start(Map.of("amount", 10, "workflowSid", "WW" + "0".repeat(32)));

    assertOneIncident(
        unknownWorkspace,
        "Expected musterTask.workspaceSid to be a workspace of account %s, but it has no %s"
            .formatted(ours.wire().user(), nowhere));
    assertOneIncident(
        othersWorkspace,
        "Expected musterTask.workspaceSid to be a workspace of account %s, but it has no %s"
            .formatted(ours.wire().user(), theirs.workspace()));
    assertOneIncident(
        unknownWorkflow,
        "Expected WorkflowSid to be a workflow of this workspace, but there is no WW"
            + "0".repeat(32));
    assertThat(tasks()).isEmpty();
  }

  private void assertOneIncident(long instance, String message) {
    await().atMost(PATIENCE).until(() -> !incidents(instance).isEmpty());
    assertThat(incidents(instance)).containsExactly(message);
    assertThat(records().failedJobsOf(instance)).isEqualTo(1);
  }

  private Future<ProcessInstanceResult> apply(Map<String, Object> variables) {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId("loan-review")
        .latestVersion()
        .variables(withOurs(variables))
        .withResult()
        .requestTimeout(PATIENCE)
        .send();
  }

  private long start(Map<String, Object> variables) {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId("loan-review")
        .latestVersion()
        .variables(withOurs(variables))
        .send()
        .join()
        .getProcessInstanceKey();
  }

  private Map<String, Object> withOurs(Map<String, Object> variables) {
    var all = new HashMap<String, Object>();
    all.put("accountSid", ours.wire().user());
    all.put("workspaceSid", ours.workspace());
    all.put("workflowSid", workflow.getSid());
    all.putAll(variables);
    return all;
  }

  private Task awaitTask() {
    await().atMost(PATIENCE).until(() -> !tasks().isEmpty());
    return tasks().getFirst();
  }

  private List<Task> tasks() {
    var tasks = new ArrayList<Task>();
    Task.reader(ours.workspace()).read(ours.client()).forEach(tasks::add);
    return tasks;
  }

  private List<String> ends(long instance) {
    return await().atMost(PATIENCE).until(() -> records().ends(instance), ends -> !ends.isEmpty());
  }

  private List<String> incidents(long instance) {
    return records().incidentsOf(instance);
  }

  private Records records() {
    return new Records(camunda.records());
  }
}
