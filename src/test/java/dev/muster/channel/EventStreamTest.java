package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.given.Given;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Server-sent events for supervisors and integrations. */
@TestPropertySource(
    properties = {"muster.channel.beat-every=1s", "muster.channel.streams-per-account=2"})
class EventStreamTest extends ChannelTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A stream that is being read. */
  private static final class Stream implements AutoCloseable {

    private final InputStream body;
    private final List<String> read = new CopyOnWriteArrayList<>();

    Stream(Given tenant, String query, String last) {
      var path = "/muster/v1/Workspaces/" + tenant.workspace() + "/Events/Stream" + query;
      var request = tenant.wire().request(path);
      var asked = last == null ? request : request.header("Last-Event-ID", last);
      try {
        var answer = HTTP.send(asked.build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
            .startsWith("text/event-stream");
        body = answer.body();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
      Thread.ofVirtual().start(this::readAll);
      await("its beginning", () -> !id().isEmpty());
    }

    private void readAll() {
      try {
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))
            .lines()
            .forEach(read::add);
      } catch (UncheckedIOException closed) {
        read.add("end");
      }
    }

    List<JsonNode> events() {
      return read.stream()
          .filter(line -> line.startsWith("data: "))
          .map(line -> JSON.readTree(line.substring(6)))
          .toList();
    }

    List<String> types() {
      return events().stream().map(event -> event.path("event_type").asString()).toList();
    }

    JsonNode awaitType(String type) {
      await(type, () -> types().contains(type));
      return events().get(types().indexOf(type));
    }

    /** The last one, which comes after the events that it covers. */
    String id() {
      return read.stream()
          .filter(line -> line.startsWith("id: "))
          .reduce((before, line) -> line)
          .orElse("")
          .replaceFirst("^id: ", "");
    }

    static void await(String what, Callable<Boolean> condition) {
      Awaitility.await(what).atMost(Duration.ofSeconds(15)).until(condition);
    }

    /** Not its reader, which would wait for the line that is being read. */
    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  @Test
  void tellsWhatHappensInTheWorkspace() {
    try (var stream = new Stream(ours, "", null)) {
      theirs.worker("Eve", "{}");
      var eve = ours.worker("Eve", "{}");

      var event = stream.awaitType("worker.created");

      assertThat(stream.events()).hasSize(1);
      assertThat(event.path("resource_sid").asString()).isEqualTo(eve.getSid());
      assertThat(event.path("workspace_sid").asString()).isEqualTo(ours.workspace());
      assertThat(event.path("account_sid").asString()).isEqualTo(acme.user());
      assertThat(event.path("event_date_ms").asLong()).isEqualTo(clock.instant().toEpochMilli());
      assertThat(event.path("event_data").path("worker_name").asString()).isEqualTo("Eve");
    }
  }

  @Test
  void tellsOnlyWhatWasAskedFor() {
    ours.move(anna, "Available");
    var task = ours.task(inbound, "{}");
    ours.awaitOffer(task);
    var query = "?EventType=task.canceled&EventType=worker.deleted&TaskSid=" + task.getSid();
    try (var stream = new Stream(ours, query, null)) {
      cancel(ours.task(inbound, "{}").getSid());
      cancel(task.getSid());

      assertThat(stream.awaitType("task.canceled").path("task_sid").asString())
          .isEqualTo(task.getSid());
      assertThat(stream.events()).hasSize(1);
    }
  }

  @Test
  void goesOnWhereTheLastOneEnded() {
    String last;
    try (var stream = new Stream(ours, "?EventType=worker.created", null)) {
      ours.worker("First", "{}");
      stream.awaitType("worker.created");
      var before = stream.read.size();
      Stream.await("an id", () -> stream.read.size() > before + 2);
      last = stream.id();
    }
    ours.worker("Second", "{}");
    ours.worker("Third", "{}");

    try (var stream = new Stream(ours, "?EventType=worker.created", last)) {
      Stream.await("two events", () -> stream.events().size() == 2);
      assertThat(stream.events())
          .extracting(event -> event.path("event_data").path("worker_name").asString())
          .containsExactly("Second", "Third");
    }
  }

  @Test
  void refusesAnIdThatIsNone() {
    var path = "/muster/v1/Workspaces/" + ours.workspace() + "/Events/Stream";
    var answer = acme.send(acme.request(path).header("Last-Event-ID", "EV1"));

    refused(answer, "Expected Last-Event-ID to be the id of an event");
  }

  @Test
  void isNotForStrangers() {
    var path = "/muster/v1/Workspaces/" + ours.workspace() + "/Events/Stream";

    assertThat(globex.get(path).status()).isEqualTo(404);
    assertThat(acme.as("", "").get(path).status()).isEqualTo(401);
  }

  @Test
  void hasAnEndForAnAccountThatReadsTooMany() {
    try (var one = new Stream(ours, "", null);
        var two = new Stream(ours, "", null)) {
      var path = "/muster/v1/Workspaces/" + ours.workspace() + "/Events/Stream";

      refused(acme.get(path), 429, 20429);
      assertThat(one.types()).isEqualTo(two.types());
    }
  }

  private void cancel(String task) {
    ours.wire().post(ours.path("Tasks", task), "AssignmentStatus", "canceled", "Reason", "test");
  }
}
