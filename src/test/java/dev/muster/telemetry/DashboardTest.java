package dev.muster.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.Workspace;
import dev.muster.given.StandIn;
import dev.muster.given.Tools;
import dev.muster.given.TwoTenantsOnBrokerTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard for Grafana asks for figures that Muster has. */
@TestPropertySource(
    properties = {
      "muster.assignment.count-every=100ms",
      "muster.callout.allowed-networks=127.0.0.0/8,::1/128"
    })
class DashboardTest extends TwoTenantsOnBrokerTest {

  private static final Path FILE = Path.of("docs", "grafana", "muster.json");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:muster|http|hikaricp|jvm)_\\w+(?=[\\[{)])");
  private static final Pattern LABELS = Pattern.compile("by \\(([^)]*)\\)");

  /** Prometheus adds the address, and makes buckets of histograms. */
  private static final List<String> OF_PROMETHEUS = List.of("instance", "le");

  private final StandIn system = new StandIn();
  private JsonNode dashboard;

  @BeforeEach
  void read() throws IOException {
    dashboard = JsonMapper.shared().readTree(Files.readString(FILE));
  }

  @AfterEach
  void close() {
    system.close();
  }

  @Test
  void everyPanelAsksForFiguresThatMusterHas() {
    work();

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              var figures = first.get("/actuator/prometheus").body();
              assertThat(expressions()).isNotEmpty().allSatisfy(asked -> answers(figures, asked));
            });
  }

  @Test
  void everyPanelHasAnIdATitleAndAPlaceOfItsOwn() {
    var panels = dashboard.path("panels").valueStream().toList();

    assertThat(panels).isNotEmpty();
    assertThat(panels).map(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels).map(panel -> panel.path("gridPos").toString()).doesNotHaveDuplicates();
    assertThat(panels).allSatisfy(panel -> assertThat(panel.path("title").asString()).isNotBlank());
  }

  @Test
  void isWrittenAsGrafanaReadsIt() throws Exception {
    Tools.installed("@grafana/schema");

    var checking =
        Tools.start(List.of(Tools.node(), "dashboard.js", FILE.toAbsolutePath().toString()));

    var complaints = new String(checking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(complaints).isEmpty();
    assertThat(checking.waitFor()).isZero();
  }

  /** One task is offered and told of, another waits. */
  private void work() {
    Workspace.updater(ours.workspace()).setEventCallbackUrl(system.url("/")).update(ours.client());
    var workflow = ours.workflow("Support", "", ours.queue("Everyone", "1==1"));
    ours.availableWorker("Anna", "{}");
    ours.awaitOffer(ours.task(workflow, "{}"));
    ours.task(workflow, "{}");
  }

  private Stream<String> expressions() {
    return dashboard
        .path("panels")
        .valueStream()
        .flatMap(panel -> panel.path("targets").valueStream())
        .map(target -> target.path("expr").asString());
  }

  private static void answers(String figures, String expression) {
    var metrics = METRIC.matcher(expression).results().map(MatchResult::group).toList();
    assertThat(metrics).as(expression).isNotEmpty();
    for (var metric : metrics) {
      var series = figures.lines().filter(line -> line.startsWith(metric)).toList();
      assertThat(series).as("series of %s, for %s", metric, expression).isNotEmpty();
      LABELS
          .matcher(expression)
          .results()
          .flatMap(labels -> Stream.of(labels.group(1).split(", ")))
          .filter(label -> !OF_PROMETHEUS.contains(label))
          .forEach(
              label ->
                  assertThat(series).as(expression).anyMatch(line -> line.contains(label + "=")));
    }
  }
}
