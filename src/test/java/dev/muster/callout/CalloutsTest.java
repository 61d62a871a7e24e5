package dev.muster.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.account.AccountSid;
import dev.muster.account.Secret;
import dev.muster.callout.Reply.Answered;
import dev.muster.callout.Reply.Unanswered;
import dev.muster.given.DeadTarget;
import dev.muster.given.StandIn;
import dev.muster.given.StandIn.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** What tenants can have requests sent to, and what they cannot do with it. */
class CalloutsTest {

  private static final AccountSid OURS = new AccountSid("AC" + "0".repeat(32));
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int LARGEST = 1024;

  private final StandIn target = new StandIn();
  private final HttpExchange http = exchange("127.0.0.0/8", "::1/128");
  private final Callouts callouts = new Callouts(http);

  @AfterEach
  void close() throws IOException {
    callouts.close();
    http.close();
    target.close();
  }

  @Test
  void postTheFormAndSayWhatCameBack() {
    target.answers(new Answer(201, "Application/JSON; charset=utf-8", "{\"größe\": 1}"));
    var form = List.of(new FormField("Name", "a b&c=ü"), new FormField("Name", "two"));

    var reply =
        callouts.send(Callout.post(OURS, URI.create(target.url("/a%20b?c=%26")), form, SOON));

    assertThat(reply)
        .isInstanceOfSatisfying(
            Answered.class,
            answered -> {
              assertThat(answered.status()).isEqualTo(201);
              assertThat(answered.mediaType()).isEqualTo("application/json");
              assertThat(answered.body()).isEqualTo("{\"größe\": 1}");
              assertThat(answered.whole()).isTrue();
              assertThat(answered.took()).isPositive();
            });
    var request = target.received().getFirst();
    assertThat(request.uri().toString()).isEqualTo("/a%20b?c=%26");
    assertThat(request.all("Name")).containsExactly("a b&c=ü", "two");
    assertThat(request.header("Content-Type")).startsWith("application/x-www-form-urlencoded");
    assertThat(request.header("User-Agent")).isEqualTo("Muster");
  }

  @Test
  void goWhereOddAddressesLead() {
    for (var path : List.of("", "?a", "/gr\u00fc\u00dfe", "/#rt=1", "//a/../b", "/%7e")) {
      assertThat(callouts.send(post(target.url(path), SOON))).as(path).isInstanceOf(Answered.class);
    }
    var noPort = target.url("/").replaceFirst(":\\d+/", ":/");
    assertThat(callouts.send(post(noPort, SOON))).isInstanceOf(Reply.class);

    assertThat(target.received().stream().map(request -> request.uri().toString()))
        .containsExactly("/", "/?a", "/gr%C3%BC%C3%9Fe", "/", "//a/../b", "/%7e");
  }

  @Test
  void carryASignatureAndAUser() {
    var url = URI.create(target.url("/").replace("//", "//anna:a%3Ab@"));

    callouts.send(Callout.post(OURS, url, List.of(), SOON).signedBy(new Secret("key")));
    callouts.send(
        Callout.post(OURS, URI.create(target.url("/")), List.of(), SOON)
            .from("AC1", new Secret("x")));

    var request = target.received().getFirst();
    assertThat(request.header(Signature.HEADER))
        .isEqualTo(Signature.of(url, List.of(), new Secret("key")));
    assertThat(request.header("Authorization")).isEqualTo(Callout.basic("anna:a:b"));
    assertThat(target.received().getLast().header("Authorization"))
        .isEqualTo(Callout.basic("AC1:x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0"
      })
  void reachNothingOfTheOperatorsHoweverItIsSpelled(String host) throws IOException {
    try (var strict = exchange()) {
      var url = target.url("/").replace("127.0.0.1", host);

      var reply = new Callouts(strict).send(post(url, SOON));

      assertThat(reply).isInstanceOf(Unanswered.class);
      assertThat(why(reply)).doesNotContain("127.0.0.1/");
      assertThat(target.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "10.0.0.1"
      })
  void sayThatAnAddressIsNotPublicWithoutTellingWhichItIs(String host) throws IOException {
    try (var strict = exchange()) {
      var reply = new Callouts(strict).send(post("http://%s:1/".formatted(host), SOON));

      assertThat(why(reply))
          .isEqualTo(
              "Expected %s to be at a public address, or at one that the operator allows, but it is not",
              host);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:65536/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "mailto:a@b",
        "//127.0.0.1/"
      })
  void speakHttpAlone(String url) {
    assertThat(why(callouts.send(post(url, SOON))))
        .startsWith("Expected an absolute http or https");
  }

  @Test
  void followNoRedirect() {
    target.answers(request -> new Answer(302, "text/plain", ""));

    var reply = callouts.send(post(target.url("/"), SOON));

    assertThat(reply)
        .isInstanceOfSatisfying(Answered.class, it -> assertThat(it.status()).isEqualTo(302));
    assertThat(target.received()).hasSize(1);
  }

  @Test
  void endWhenTheirTimeIsOver() throws IOException {
    var within = Duration.ofMillis(300);
    try (var silent = new DeadTarget();
        var endlessHeader = new DeadTarget("HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n");
        var slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

      assertThat(why(callouts.send(post(silent.url("/"), within))))
          .isEqualTo("Expected an answer of 127.0.0.1 within 300 ms, but none came");
      assertThat(callouts.send(post(endlessHeader.url("/"), within)))
          .isInstanceOf(Unanswered.class);
      var tls = "https://127.0.0.1:" + slow.getLocalPort() + "/";
      assertThat(callouts.send(post(tls, within))).isInstanceOf(Unanswered.class);
    }
  }

  @Test
  void endWhenTheirTimeIsOverThoughAByteComesNowAndThen() throws IOException {
    var now = Duration.ofMillis(100);
    try (var body = new DeadTarget("HTTP/1.1 200 OK\r\n\r\n", "x", now);
        var header = new DeadTarget("HTTP/1.1 200 OK\r\nA: ", "x", now)) {
      for (var drip : List.of(body, header)) {
        assertThat(why(callouts.send(post(drip.url("/"), Duration.ofMillis(300)))))
            .isEqualTo("Expected an answer of 127.0.0.1 within 300 ms, but none came");

        await("the connection to end").until(() -> drip.gone() == 1);
      }
    }
  }

  @Test
  void readNoMoreOfAnAnswerThanIsAllowed() throws IOException {
    var line = "x".repeat(512);
    try (var endless = new DeadTarget("HTTP/1.1 200 OK\r\n\r\n", line);
        var endlessLine = new DeadTarget("HTTP/1.1 200 OK\r\nA: ", line);
        var endlessHeaders = new DeadTarget("HTTP/1.1 200 OK\r\n", "A: b\r\n")) {

      var reply = callouts.send(post(endless.url("/"), SOON));

      assertThat(reply)
          .isInstanceOfSatisfying(
              Answered.class,
              answered -> {
                assertThat(answered.whole()).isFalse();
                assertThat(answered.body()).hasSize(LARGEST);
              });
      for (var headers : List.of(endlessLine, endlessHeaders)) {
        assertThat(why(callouts.send(post(headers.url("/"), SOON)))).contains("connection failed");
      }
    }
  }

  @Test
  void sayWhyThereIsNoAnswer() throws IOException {
    int closed;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = server.getLocalPort();
    }

    assertThat(why(callouts.send(post("http://127.0.0.1:" + closed + "/", SOON))))
        .isEqualTo("Expected 127.0.0.1 to take a connection, but it refused");
    assertThat(why(callouts.send(post("http://nowhere.invalid/", SOON))))
        .isEqualTo("Expected the name nowhere.invalid to lead to an address, but it leads to none");
    try (var plain = new DeadTarget("HTTP/1.1 400 Bad Request\r\n\r\n", "x")) {
      var url = plain.url("/").replace("http:", "https:");
      assertThat(why(callouts.send(post(url, SOON))))
          .startsWith("Expected to agree with 127.0.0.1 on TLS");
    }
  }

  private static Callout post(String url, Duration within) {
    return Callout.post(OURS, URI.create(url), List.of(new FormField("a", "b")), within);
  }

  private static String why(Reply reply) {
    return reply instanceof Unanswered unanswered ? unanswered.why() : reply.toString();
  }

  private static HttpExchange exchange(String... allowed) {
    var settings =
        new CalloutSettings(
            List.of(allowed), Duration.ofSeconds(2), DataSize.ofBytes(LARGEST), "Muster");
    return new HttpExchange(settings, new NetworkPolicy(settings));
  }
}
