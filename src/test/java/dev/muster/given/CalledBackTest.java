package dev.muster.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.web.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Two tenants with a worker and a workflow each, whose systems are told of its offers. */
@TestPropertySource(
    properties = {
      "muster.callout.allowed-networks=127.0.0.0/8,::1/128",
      "muster.callback.answer-within=3s",
      "muster.callback.at-once-per-target=2",
      "muster.callback.at-once-per-account=3",
      "muster.reservation.set-ups-per-account=2"
    })
public abstract class CalledBackTest extends TwoTenantsTest {

  protected final StandIn system = new StandIn();
  protected final StandIn fallback = new StandIn();
  protected final StandIn theirSystem = new StandIn();

  protected TaskQueue everyone;
  protected Worker anna;
  protected Workflow workflow;
  protected Workflow theirWorkflow;

  @BeforeEach
  void haveWorkflowsCallBack() {
    everyone = ours.queue("Everyone", "1==1");
    anna = ours.availableWorker("Anna", "{\"contact_uri\": \"client:anna\"}");
    workflow = ours.workflow("Inbound", "", everyone);
    callBack(ours, workflow, system.url("/assign"), fallback.url("/fallback"));
    theirs.availableWorker("Zoe", "{}");
    theirWorkflow = theirs.workflow("Inbound", "", theirs.queue("Everyone", "1==1"));
    callBack(theirs, theirWorkflow, theirSystem.url("/assign"), "");
  }

  @AfterEach
  void closeSystems() {
    system.close();
    fallback.close();
    theirSystem.close();
  }

  protected static void callBack(Given tenant, Workflow workflow, String url, String fallbackUrl) {
    var changed =
        tenant
            .wire()
            .post(
                tenant.path("Workflows", workflow.getSid()),
                "AssignmentCallbackUrl",
                url,
                "FallbackAssignmentCallbackUrl",
                fallbackUrl);
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
  }

  protected static String deliveriesPath(Given tenant, Workflow workflow) {
    return "/muster" + tenant.path("Workflows", workflow.getSid(), "Deliveries");
  }

  protected static List<JsonNode> deliveries(Given tenant, Workflow workflow, String... filter) {
    return deliveries(tenant.get(deliveriesPath(tenant, workflow), filter));
  }

  protected static List<JsonNode> deliveries(Wire.Answer list) {
    assertThat(list.status()).as(list.body()).isEqualTo(200);
    return list.json().path("deliveries").valueStream().toList();
  }

  /** The deliveries of our workflow, once so many have been sent. */
  protected List<JsonNode> awaitDeliveries(int count) {
    return await(count + " deliveries")
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> deliveries(ours, workflow),
            all ->
                all.size() >= count
                    && all.stream()
                        .noneMatch(each -> each.path("status").asString().equals("queued")));
  }

  protected Reservation present(Reservation reservation) {
    return Reservation.fetcher(ours.workspace(), reservation.getTaskSid(), reservation.getSid())
        .fetch(ours.client());
  }

  protected void awaitStatus(Reservation reservation, Reservation.Status status) {
    await(reservation.getSid() + " to be " + status)
        .atMost(Duration.ofSeconds(20))
        .until(() -> present(reservation).getReservationStatus() == status);
  }
}
