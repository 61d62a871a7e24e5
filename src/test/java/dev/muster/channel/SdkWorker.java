package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.given.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A worker at the unmodified SDK, in Node; see {@code src/test/node/worker.js}. */
final class SdkWorker implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final SaidEvents said = new SaidEvents();
  private final Process process;
  private final PrintStream commands;

  private SdkWorker(Process process) {
    this.process = process;
    this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread.ofVirtual().start(() -> read(process.inputReader(StandardCharsets.UTF_8)));
  }

  /** Starts one; {@code options} are the SDK's own. */
  static SdkWorker start(
      String role, String token, URI server, String workspace, Map<String, ?> options) {
    Tools.installed("twilio-taskrouter");
    try {
      return new SdkWorker(
          Tools.start(
              List.of(
                  Tools.node(),
                  "worker.js",
                  role,
                  token,
                  server.toString(),
                  workspace,
                  JSON.writeValueAsString(options))));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  JsonNode await(String event) {
    return said.await(event);
  }

  List<JsonNode> said() {
    return said.all();
  }

  /** Has the worker do something, which must succeed, without waiting for it. */
  void tell(String command, Map<String, ?> more) {
    var all = new HashMap<String, Object>(more);
    all.put("do", command);
    commands.println(JSON.writeValueAsString(all));
  }

  /** Has the worker do something that must succeed. */
  JsonNode does(String command, Map<String, ?> more) {
    tell(command, more);
    var done = await("done");
    assertThat(done.path("of").asString()).as(String.valueOf(said.all())).isEqualTo(command);
    return done;
  }

  /** Has the worker do something that must fail; the client's message. */
  String fails(String command, Map<String, ?> more) {
    tell(command, more);
    return await("failed").path("message").asString();
  }

  private void read(BufferedReader lines) {
    lines.lines().forEach(said::add);
  }

  @Override
  public void close() {
    commands.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
