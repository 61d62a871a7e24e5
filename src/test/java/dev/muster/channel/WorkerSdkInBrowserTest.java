package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.given.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official worker SDK in a browser, on a page of another origin than Muster's. */
class WorkerSdkInBrowserTest extends ChannelTest {

  @TempDir Path folder;

  private final SaidEvents said = new SaidEvents();
  private HttpServer pages;
  private Process browser;

  @BeforeEach
  void servePages() throws IOException, InterruptedException {
    var script = Files.readAllBytes(bundled());
    var page = Files.readAllBytes(Tools.SCRIPTS.resolve("page.html"));
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext("/page.js", exchange -> answer(exchange, "text/javascript", script));
    pages.createContext("/settings", exchange -> answer(exchange, "application/json", settings()));
    pages.createContext("/said", this::hear);
    pages.createContext("/", exchange -> answer(exchange, "text/html", page));
    pages.start();
  }

  @AfterEach
  void closeBrowser() throws InterruptedException {
    if (browser != null) {
      browser.descendants().forEach(ProcessHandle::destroy);
      browser.destroy();
      browser.waitFor();
    }
    pages.stop(0);
  }

  @Test
  void takesATaskFromTheOfferToItsEnd() throws IOException {
    openBrowser();
    assertThat(said.await("ready").path("sid").asString()).isEqualTo(anna.getSid());
    assertThat(said.await("activityUpdated").path("activity").asString()).isEqualTo("Available");

    var task = ours.task(inbound, "{}");

    var offer = said.await("reservationCreated");
    said.await("accepted");
    assertThat(said.await("completed").path("sid").asString())
        .isEqualTo(offer.path("sid").asString());
    assertThat(ours.present(task).getAssignmentStatus().toString()).isEqualTo("completed");
    assertThat(said.all())
        .extracting(event -> event.path("event").asString())
        .doesNotContain("error");
  }

  /** The page's script with the SDK in it, as web applications are delivered. */
  private Path bundled() throws IOException, InterruptedException {
    var bundle = folder.resolve("page.js");
    var bundling =
        Tools.start(
            List.of(
                Tools.bundler(),
                "page.js",
                "--bundle",
                "--log-level=warning",
                "--outfile=" + bundle));
    assertThat(bundling.waitFor()).isZero();
    return bundle;
  }

  private void openBrowser() throws IOException {
    browser =
        Tools.start(
            List.of(
                Tools.chromium(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--log-level=3",
                "--user-data-dir=" + folder.resolve("profile"),
                "http://127.0.0.1:" + pages.getAddress().getPort() + "/"));
  }

  private byte[] settings() {
    var server = acme.base().toString();
    var servers =
        Map.of(
            "ebServer", server + "/v1/wschannels",
            "wsServer", server.replaceFirst("^http", "ws") + "/v1/wschannels");
    return JSON.writeValueAsBytes(
        Map.of("token", tokens.worker(anna.getSid()), "servers", servers));
  }

  private void hear(HttpExchange exchange) throws IOException {
    said.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
