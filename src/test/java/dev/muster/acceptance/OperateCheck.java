package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.worker.Reservation;
import dev.muster.local.Credentials;
import dev.muster.local.LocalOperate;
import dev.muster.local.RebasingHttpClient;
import dev.muster.testing.OnPostgresAndOperate;
import io.camunda.client.CamundaClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/**
 * What operators see in Operate and workers in Tasklist. Not part of the build, since it takes a
 * search engine: {@code mvn -Poperate verify}.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = OnPostgresAndOperate.class)
class OperateCheck {

  private static final int RESERVATION_TIMEOUT_SECONDS = 600;

  @LocalServerPort int port;
  @Autowired Credentials credentials;
  @Autowired CamundaClient client;
  @Autowired LocalOperate operate;

  private Webapps webapps;
  private Floor floor;
  private Workflow workflow;
  private Worker carmen;

  @BeforeEach
  void openAContactCentre() {
    webapps = Webapps.open(operate);
    var sdk =
        RebasingHttpClient.client(
            URI.create("http://127.0.0.1:" + port),
            credentials.accountSid(),
            credentials.authToken());
    floor = Floor.open(sdk, "Support");
    var everyone = floor.queue("Everyone", "1==1");
    workflow =
        floor.workflow(
            "{\"task_routing\": {\"default_filter\": {\"queue\": \"%s\"}}}"
                .formatted(everyone.getSid()),
            RESERVATION_TIMEOUT_SECONDS);
    carmen = floor.worker("Carmen", "{}");
  }

  @Test
  void showsATaskWhereItStands() {
    var task = floor.task(workflow.getSid(), "{}");
    eventually(() -> assertThat(at(task)).containsExactly("receiveTask_Queued"));

    floor.move(carmen, floor.activity("Available"));
    var offer = floor.awaitOffer(carmen);
    eventually(() -> assertThat(at(task)).contains("userTask_Reservation"));

    floor.answer(offer, Reservation.Status.ACCEPTED);
    eventually(() -> assertThat(at(task)).containsExactly("receiveTask_Assigned"));

    Task.updater(floor.workspace, task.getSid())
        .setAssignmentStatus(Task.Status.WRAPPING)
        .update(floor.client);
    eventually(() -> assertThat(at(task)).containsExactly("receiveTask_Wrapping"));

    floor.complete(task.getSid(), "solved");
    eventually(
        () ->
            assertThat(
                    webapps.get("/v1/process-instances/" + instance(task)).get("state").asString())
                .isEqualTo("COMPLETED"));
  }

  @Test
  void showsWhatCannotBeAsAnIncident() {
    client
        .newDeployResourceCommand()
        .addResourceFile("bpmn/examples/loan-review.bpmn")
        .send()
        .join();
    var instance =
        client
            .newCreateInstanceCommand()
            .bpmnProcessId("loan-review")
            .latestVersion()
            .variables(
                Map.of(
                    "amount",
                    10,
                    "accountSid",
                    credentials.accountSid(),
                    "workspaceSid",
                    "WS" + "0".repeat(32),
                    "workflowSid",
                    workflow.getSid()))
            .send()
            .join()
            .getProcessInstanceKey();

    eventually(
        () ->
            assertThat(
                    webapps.search("/v1/incidents/search", Map.of("processInstanceKey", instance)))
                .singleElement()
                .satisfies(
                    incident ->
                        assertThat(incident.get("message").asString())
                            .startsWith("Expected musterTask.workspaceSid to be a workspace of")));
  }

  @Test
  void letsAReservationBeClaimedAndCompletedInTasklist() {
    floor.move(carmen, floor.activity("Available"));
    var task = floor.task(workflow.getSid(), "{}");
    var offer = floor.awaitOffer(carmen);
    eventually(() -> assertThat(userTasks("assignee", carmen.getSid())).hasSize(1));
    var userTask = userTasks("assignee", carmen.getSid()).getFirst();
    assertThat(userTask.get("name").asString()).isEqualTo("Offered reservation");
    assertThat(userTask.get("candidateGroups").toString())
        .isEqualTo("[\"%s\"]".formatted(task.getTaskQueueSid()));

    var path = "/v1/tasks/" + userTask.get("id").asString();
    webapps.patch(path + "/unassign", Map.of());
    eventually(() -> assertThat(webapps.get(path).get("assignee").isNull()).isTrue());
    webapps.patch(path + "/assign", Map.of());
    eventually(() -> assertThat(webapps.get(path).get("assignee").asString()).isEqualTo("demo"));
    webapps.patch(path + "/complete", Map.of("variables", List.of()));

    eventually(
        () ->
            assertThat(floor.present(offer).getReservationStatus())
                .isEqualTo(Reservation.Status.ACCEPTED));
    assertThat(floor.present(task).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
    eventually(() -> assertThat(at(task)).containsExactly("receiveTask_Assigned"));
  }

  private List<JsonNode> userTasks(String name, String value) {
    return webapps.searchTasks(Map.of(name, value, "state", "CREATED"));
  }

  private List<String> at(Task task) {
    return webapps
        .search(
            "/v1/flownode-instances/search",
            Map.of("processInstanceKey", instance(task), "state", "ACTIVE"))
        .stream()
        .map(element -> element.get("flowNodeId").asString())
        .distinct()
        .toList();
  }

  private long instance(Task task) {
    var variables =
        webapps.search(
            "/v1/variables/search",
            Map.of("name", "taskSid", "value", "\"%s\"".formatted(task.getSid())));
    assertThat(variables).isNotEmpty();
    return variables.getFirst().get("processInstanceKey").asLong();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(assertion);
  }
}
