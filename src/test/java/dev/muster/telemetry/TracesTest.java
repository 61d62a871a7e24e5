package dev.muster.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.given.TwoTenantsTest;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Follows a task from the request that creates it to its offer. */
class TracesTest extends TwoTenantsTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";

  private static Collector collector;

  private Workflow workflow;

  @DynamicPropertySource
  static void sendTraces(DynamicPropertyRegistry properties) throws IOException {
    collector = new Collector();
    properties.add("management.opentelemetry.tracing.export.otlp.endpoint", collector::endpoint);
    properties.add("management.opentelemetry.tracing.export.schedule-delay", () -> "50ms");
  }

  @AfterAll
  static void close() {
    collector.close();
  }

  @BeforeEach
  void open() {
    workflow = ours.workflow("Support", "", ours.queue("Everyone", "1==1"));
  }

  @Test
  void theOfferIsPartOfTheTraceOfTheRequestThatCreatedTheTask() {
    create(TRACE);
    ours.availableWorker("Anna", "{}");

    await().until(() -> spans(TRACE, "offer").size() == 1);
    await().until(() -> !spans(TRACE, "http post /v1/Workspaces/{WorkspaceSid}/Tasks").isEmpty());

    var request = spans(TRACE, "http post /v1/Workspaces/{WorkspaceSid}/Tasks").getFirst();
    assertThat(request.parent()).isEqualTo(CALLER);
    assertThat(spans(TRACE, "offer").getFirst().parent()).isEqualTo(request.id());
  }

  @Test
  void theRoundIsPartOfTheTraceOfTheRequestThatStartedIt() {
    var trace = "1af7651916cd43dd8448eb211c80319d";
    ours.availableWorker("Anna", "{}");
    create(trace);

    await().until(() -> !spans(trace, "matching round").isEmpty());
  }

  @Test
  void nothingIsKeptOfARequestThatIsNotTraced() {
    var answer =
        ours.wire()
            .send(
                ours.wire()
                    .request(ours.path("Tasks"))
                    .header("traceparent", "00-%s-%s-00".formatted(TRACE, CALLER))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("WorkflowSid=" + workflow.getSid())));

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(
            jdbc.sql("SELECT trace FROM task WHERE workspace_sid = :workspace AND sid = :sid")
                .param("workspace", ours.workspace())
                .param("sid", answer.text("sid"))
                .query(String.class)
                .optional())
        .isEmpty();
  }

  private void create(String trace) {
    var form =
        "WorkflowSid=%s&Attributes=%s"
            .formatted(workflow.getSid(), URLEncoder.encode("{}", StandardCharsets.UTF_8));
    var answer =
        ours.wire()
            .send(
                ours.wire()
                    .request(ours.path("Tasks"))
                    .header("traceparent", "00-%s-%s-01".formatted(trace, CALLER))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  private static List<Collector.Span> spans(String trace, String name) {
    return collector.ofTrace(trace).stream().filter(span -> span.name().equals(name)).toList();
  }
}
