package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.given.TwoTenantsOnBrokerTest;
import dev.muster.task.TaskSid;
import dev.muster.web.Wire;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A workflow whose tasks follow a process of the tenant's choice. */
class OtherProcessTest extends TwoTenantsOnBrokerTest {

  private Workflow workflow;
  private String path;

  @BeforeEach
  void given() {
    deploy("examples", "approved-task.bpmn");
    workflow = ours.workflow("Claims", "", ours.queue("Everyone", "1==1"));
    path = path(workflow);
  }

  @Test
  void letsASupervisorApproveWhatAWorkerHasDone() {
    ours.availableWorker("Carmen", "{}");
    assertThat(ours.wire().post(path, "ProcessId", "approved-task").status()).isEqualTo(200);
    var task = ours.task(workflow, "{}");

    ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
    eventually(() -> assertThat(at(task)).isEqualTo("receiveTask_Assigned"));
    Task.updater(ours.workspace(), task.getSid())
        .setAssignmentStatus(Task.Status.WRAPPING)
        .update(ours.client());
    eventually(() -> assertThat(at(task)).isEqualTo("userTask_Approval"));
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.WRAPPING);
    var approval = records().userTasks(sid(task)).getFirst();
    assertThat(approval.get("candidateGroupsList").toString()).isEqualTo("[\"supervisors\"]");
    client.newCompleteUserTaskCommand(approval.get("userTaskKey").asLong()).send().join();

    eventually(
        () ->
            assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.COMPLETED));
    assertThat(ours.present(task).getReason()).isEqualTo("Approved");
    eventually(() -> assertThat(records().ended(sid(task))).isTrue());
    assertThat(records().processesOf(sid(task))).containsExactly("approved-task");
  }

  @Test
  void isAnIncidentWhenAProcessThatTheOperatorHasNotListedSpeaksForATask() {
    ours.availableWorker("Carmen", "{}");
    var task = ours.task(workflow, "{}");
    ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
    var model =
        Bpmn.createExecutableProcess("stranger")
            .startEvent()
            .serviceTask("serviceTask_Complete", each -> each.zeebeJobType(CompleteTask.TYPE))
            .endEvent()
            .done();
    client.newDeployResourceCommand().addProcessModel(model, "stranger.bpmn").send().join();

    var stranger =
        client
            .newCreateInstanceCommand()
            .bpmnProcessId("stranger")
            .latestVersion()
            .variables(Map.of("workspaceSid", ours.workspace(), "taskSid", task.getSid()))
            .send()
            .join()
            .getProcessInstanceKey();

    eventually(
        () ->
            assertThat(records().incidentsOf(stranger))
                .containsExactly(
                    "Expected the job of a process that the operator allows the account of workspace %s, but 'stranger' is none"
                        .formatted(ours.workspace())));
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
  }

  @Test
  void concernsTasksThatAreCreatedLater() {
    var before = ours.task(workflow, "{}");
    ours.wire().post(path, "ProcessId", "approved-task");
    var during = ours.task(workflow, "{}");
    assertThat(ours.wire().delete(path).status()).isEqualTo(204);
    var after = ours.task(workflow, "{}");

    eventually(
        () -> {
          assertThat(records().processesOf(sid(before))).containsExactly(TaskProcess.ID);
          assertThat(records().processesOf(sid(during))).containsExactly("approved-task");
          assertThat(records().processesOf(sid(after))).containsExactly(TaskProcess.ID);
        });
  }

  @Test
  void saysWhichProcessAWorkflowHas() {
    assertThat(ours.wire().get(path).text("process_id")).isEqualTo("muster-task");

    var chosen = ours.wire().post(path, "ProcessId", "approved-task");

    assertThat(chosen.text("process_id")).isEqualTo("approved-task");
    assertThat(chosen.text("deployment")).isEqualTo("ready");
    assertThat(ours.wire().get(path).body()).isEqualTo(chosen.body());
    assertThat(ours.wire().post(path, "ProcessId", "muster-task").text("process_id"))
        .isEqualTo("muster-task");
  }

  @Test
  void refusesAProcessThatCouldNotFollowATask() {
    deploy("examples", "loan-review.bpmn");

    refused(400, "but the engine has no 'test-nowhere'", "test-nowhere");
    refused(400, "Expected ProcessId to be the id of a BPMN process", "not an id");
    refused(403, "but 'loan-review' is none", "loan-review");
    refused(400, "ProcessId field is required");
    assertThat(ours.wire().get(path).text("process_id")).isEqualTo("muster-task");
  }

  @Test
  void keepsTenantsApart() {
    assertThat(theirs.wire().get(path).status()).isEqualTo(404);
    assertThat(theirs.wire().post(path, "ProcessId", "approved-task").status()).isEqualTo(404);
    assertThat(theirs.wire().delete(path).status()).isEqualTo(404);
    var theirPath = path.replace(ours.workspace(), theirs.workspace());
    assertThat(theirs.wire().get(theirPath).status()).isEqualTo(404);
    assertThat(theirs.wire().post(theirPath, "ProcessId", "approved-task").status()).isEqualTo(404);
    assertThat(theirs.wire().delete(theirPath).status()).isEqualTo(404);
  }

  private void refused(int status, String message, String... process) {
    Wire.Answer answer =
        process.length == 0
            ? ours.wire().post(path)
            : ours.wire().post(path, "ProcessId", process[0]);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.text("message")).contains(message);
  }

  private String path(Workflow workflow) {
    return "/muster/v1/Workspaces/%s/Workflows/%s/Process"
        .formatted(ours.workspace(), workflow.getSid());
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
