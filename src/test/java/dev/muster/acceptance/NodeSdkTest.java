package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.given.Given;
import dev.muster.given.Tools;
import dev.muster.given.TwoTenantsTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The official SDK for Node, unmodified, reads events and statistics; see {@code
 * src/test/node/reads.js}.
 */
class NodeSdkTest extends TwoTenantsTest {

  private TaskQueue queue;
  private Workflow workflow;
  private Worker worker;

  /** One task is accepted after seven seconds, another waits. The neighbours have one, too. */
  @BeforeEach
  void work() {
    queue = ours.queue("Everyone", "1==1");
    workflow = ours.workflow("Support", "", queue);
    theirs.task(theirs.workflow("Support", "", theirs.queue("Everyone", "1==1")), "{}");
    var task = ours.task(workflow, "{}");
    clock.advance(Duration.ofSeconds(7));
    worker = ours.availableWorker("Anna", "{}");
    ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
    ours.task(workflow, "{}");
  }

  @Test
  void readsEvents() throws Exception {
    var understood = read(ours);

    var types =
        understood.path("events").valueStream().map(event -> event.path("eventType").asString());
    assertThat(types.toList())
        .contains("task.created", "reservation.created", "reservation.accepted")
        .hasSizeGreaterThan(10);
    assertThat(understood.at("/event/sid").asString())
        .isEqualTo(understood.at("/events/0/sid").asString());
    assertThat(understood.at("/event/eventDate").asString()).isNotBlank();
    assertThat(understood.toString()).doesNotContain(theirs.workspace());
  }

  @Test
  void readsTheStatisticsOfTheWorkspace() throws Exception {
    var understood = read(ours);

    assertThat(understood.at("/workspace/cumulative/reservations_accepted").asInt()).isOne();
    assertThat(understood.at("/workspace/realtime/total_workers").asInt()).isOne();
    assertThat(understood.at("/workspaceRealTime/tasksByStatus/pending").asInt()).isOne();
    assertThat(understood.at("/workspaceRealTime/tasksByStatus/assigned").asInt()).isOne();
    cumulative(understood.path("workspaceCumulative"), "tasksCreated");
  }

  @Test
  void readsTheStatisticsOfAQueue() throws Exception {
    var understood = read(ours);

    assertThat(understood.at("/queue/cumulative/reservations_accepted").asInt()).isOne();
    assertThat(understood.at("/queueRealTime/totalEligibleWorkers").asInt()).isOne();
    cumulative(understood.path("queueCumulative"), "tasksEntered");
    assertThat(understood.path("queues")).hasSize(1);
    assertThat(understood.at("/queues/0/cumulative/reservations_accepted").asInt()).isOne();
    assertThat(understood.at("/queuesInBulk/taskQueueResponseCount").asInt()).isOne();
    assertThat(understood.at("/queuesInBulk/taskQueueData/0/total_tasks").asInt()).isEqualTo(2);
  }

  @Test
  void readsTheStatisticsOfAWorkflow() throws Exception {
    var understood = read(ours);

    assertThat(understood.at("/workflow/cumulative/reservations_accepted").asInt()).isOne();
    assertThat(understood.at("/workflowRealTime/totalTasks").asInt()).isEqualTo(2);
    cumulative(understood.path("workflowCumulative"), "tasksEntered");
  }

  @Test
  void readsTheStatisticsOfWorkers() throws Exception {
    var understood = read(ours);

    assertThat(understood.at("/worker/cumulative/reservations_accepted").asInt()).isOne();
    assertThat(understood.at("/workers/realtime/total_workers").asInt()).isOne();
    assertThat(understood.at("/workersRealTime/totalWorkers").asInt()).isOne();
    assertThat(understood.at("/workersCumulative/reservationsAccepted").asInt()).isOne();
  }

  private static void cumulative(JsonNode figures, String arrived) {
    assertThat(figures.path("reservationsAccepted").asInt()).isOne();
    assertThat(figures.path(arrived).asInt()).isEqualTo(2);
    assertThat(figures.at("/waitDurationUntilAccepted/total").asInt()).isEqualTo(7);
    assertThat(figures.at("/splitByWaitTime/5/above/reservations_accepted").asInt()).isOne();
    assertThat(figures.at("/splitByWaitTime/10/below/reservations_accepted").asInt()).isOne();
  }

  private JsonNode read(Given tenant) throws IOException, InterruptedException {
    Tools.installed("twilio");
    var wire = tenant.wire();
    var process =
        Tools.start(
            List.of(
                Tools.node(),
                "reads.js",
                wire.base().toString(),
                wire.user(),
                wire.password(),
                tenant.workspace(),
                queue.getSid(),
                workflow.getSid(),
                worker.getSid()));
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor())
        .as("the exit status of reads.js, see what it complained of")
        .isZero();
    return JsonMapper.shared().readTree(said);
  }
}
