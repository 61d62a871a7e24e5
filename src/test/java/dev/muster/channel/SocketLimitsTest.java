package dev.muster.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Worker;
import dev.muster.web.RateLimits;
import dev.muster.web.Refused;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** How many sockets there may be, and how often they may be asked for. */
@TestPropertySource(
    properties = {
      "muster.channel.sockets-per-worker=2",
      "muster.channel.sockets-per-account=3",
      "muster.web.requests-per-second=50",
    })
class SocketLimitsTest extends ChannelTest {

  @Autowired RateLimits limits;

  private final List<Socket> open = new ArrayList<>();

  @AfterEach
  void closeThem() {
    open.forEach(Socket::close);
  }

  @Test
  void aWorkersOldestSocketEndsForOneTooMany() {
    var oldest = opened(tokens, anna);
    var older = opened(tokens, anna);

    var newest = opened(tokens, anna);

    assertThat(oldest.awaitEnd()).isEqualTo(1008);
    assertThat(older.isOpen()).isTrue();
    assertThat(newest.isOpen()).isTrue();
  }

  @Test
  void anAccountThatHasAsManyAsItMayIsRefusedAnotherUntilOneEnds() {
    var first = opened(tokens, anna);
    opened(tokens, anna);
    opened(tokens, ben);

    assertThat(refusal(acme.base(), tokens.worker(ben.getSid()))).isEqualTo(429);
    opened(WorkerTokens.of(theirs), foreign);

    first.close();
    await("room for another")
        .atMost(Duration.ofSeconds(10))
        .ignoreException(CompletionException.class)
        .untilAsserted(() -> opened(tokens, ben));
  }

  @Test
  void handshakesCountAsRequestsOfTheirAccount() {
    var ofNoWorker = tokens.capability(everyone.getSid());
    assertThat(refusal(acme.base(), ofNoWorker)).isEqualTo(403);

    await("a handshake too many")
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              useUp(acme.user());
              return refusal(acme.base(), ofNoWorker) == 429;
            });

    opened(WorkerTokens.of(theirs), foreign);
  }

  /** For a moment, after which the account may ask again. */
  private void useUp(String account) {
    assertThatThrownBy(() -> IntStream.range(0, 1000).forEach(i -> limits.count(account)))
        .isInstanceOf(Refused.class);
  }

  private Socket opened(WorkerTokens tokens, Worker worker) {
    var socket = Socket.open(acme.base(), tokens.worker(worker.getSid()));
    open.add(socket);
    socket.await("init");
    return socket;
  }

  /** The status with which a socket is refused. */
  private static int refusal(URI base, String token) {
    var refused =
        catchThrowableOfType(CompletionException.class, () -> Socket.open(base, token).close());
    return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
  }
}
