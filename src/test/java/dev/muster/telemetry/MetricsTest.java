package dev.muster.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.given.TwoTenantsTest;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "muster.assignment.count-every=100ms")
class MetricsTest extends TwoTenantsTest {

  @Autowired MeterRegistry registry;

  private TaskQueue everyone;
  private Workflow workflow;

  @BeforeEach
  void open() {
    everyone = ours.queue("Everyone", "1==1");
    workflow = ours.workflow("Support", "", everyone);
  }

  @Test
  void showTheOperatorHowManyTasksWaitInEachQueueAndForHowLong() {
    ours.task(workflow, "{}");
    ours.task(workflow, "{}");

    await()
        .untilAsserted(
            () -> assertThat(figure("muster_tasks_waiting", inQueue())).isEqualTo("2.0"));
    clock.advance(Duration.ofSeconds(30));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        Double.parseDouble(
                            figure("muster_tasks_waiting_oldest_seconds", inQueue())))
                    .isEqualTo(30.0));
  }

  @Test
  void areNeverWithoutAQueueWhileTasksWaitInIt() {
    var removed = new ConcurrentLinkedQueue<Meter.Id>();
    registry.config().onMeterRemoved(meter -> removed.add(meter.getId()));
    for (var tasks : List.of("1.0", "2.0")) {
      ours.task(workflow, "{}");
      await()
          .untilAsserted(
              () -> assertThat(figure("muster_tasks_waiting", inQueue())).isEqualTo(tasks));
    }

    assertThat(removed).noneMatch(series -> everyone.getSid().equals(series.getTag("queue")));
  }

  @Test
  void countOffersAndWaitsByWorkspace() {
    var task = ours.task(workflow, "{}");
    clock.advance(Duration.ofSeconds(3));
    ours.availableWorker("Anna", "{}");
    ours.awaitOffer(task);

    await()
        .untilAsserted(
            () -> assertThat(figure("muster_offers_total", ofWorkspace())).isEqualTo("1.0"));
    assertThat(figure("muster_task_wait_seconds_sum", ofWorkspace())).isEqualTo("3.0");
    assertThat(figure("muster_task_wait_seconds_count", ofWorkspace())).isEqualTo("1");
    assertThat(scrape()).doesNotContain(theirs.workspace());
  }

  @Test
  void tellRoundsEventsAndWebhooks() {
    ours.awaitOffer(offered());

    await()
        .untilAsserted(
            () ->
                assertThat(scrape())
                    .contains(
                        "muster_events_total{type=\"reservation.created\"}",
                        "muster_matching_round_seconds_count{error=\"none\"}",
                        "muster_webhook_lag_seconds"));
  }

  @Test
  void areNotShownToTenants() {
    var refusal = acme.get("/actuator/prometheus");

    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.text("message")).contains("MUSTER_ACCOUNT_SID");
    assertThat(acme.as("", "").get("/actuator/prometheus").status()).isEqualTo(401);
  }

  @Test
  void areShownToAKeyOfTheOperator() {
    var key = first.post("/2010-04-01/Accounts/" + first.user() + "/Keys.json");

    assertThat(first.as(key.text("sid"), key.text("secret")).get("/actuator/prometheus").status())
        .isEqualTo(200);
  }

  private Task offered() {
    ours.availableWorker("Anna", "{}");
    return ours.task(workflow, "{}");
  }

  private String inQueue() {
    return "queue=\"%s\",workspace=\"%s\"".formatted(everyone.getSid(), ours.workspace());
  }

  private String ofWorkspace() {
    return "workspace=\"%s\"".formatted(ours.workspace());
  }

  private String figure(String name, String labels) {
    var series = "%s{%s} ".formatted(name, labels);
    return scrape()
        .lines()
        .filter(line -> line.startsWith(series))
        .map(line -> line.substring(series.length()))
        .findFirst()
        .orElse("none");
  }

  private String scrape() {
    var answer = first.get("/actuator/prometheus");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
