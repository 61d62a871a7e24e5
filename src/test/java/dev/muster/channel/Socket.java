package dev.muster.channel;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain websocket that keeps what it is sent. */
final class Socket implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private volatile @Nullable Integer closed;
  private @Nullable WebSocket socket;

  private Socket() {}

  static Socket open(URI base, String token, String... wishes) {
    var query = new StringBuilder("?token=" + token + "&clientVersion=2.1.1");
    for (var wish : wishes) {
      query.append('&').append(wish).append("=true");
    }
    var address = base.toString().replaceFirst("^http", "ws") + "/v1/wschannels" + query;
    var opened = new Socket();
    opened.socket = HTTP.newWebSocketBuilder().buildAsync(URI.create(address), opened).join();
    return opened;
  }

  /** Everything but signs of life. */
  List<JsonNode> events() {
    return frames.stream().filter(frame -> !frame.isBlank()).map(JSON::readTree).toList();
  }

  List<String> types() {
    return events().stream().map(event -> event.path("event_type").asString()).toList();
  }

  JsonNode payload(String type) {
    return events().stream()
        .filter(event -> event.path("event_type").asString().equals(type))
        .findFirst()
        .orElseThrow()
        .path("payload");
  }

  JsonNode await(String type) {
    awaiting("frame " + type).until(() -> types().contains(type));
    return payload(type);
  }

  void awaitBeat() {
    awaiting("a sign of life").until(() -> beats() > 0);
  }

  long beats() {
    return frames.stream().filter(String::isBlank).count();
  }

  int awaitEnd() {
    awaiting("the socket's end").until(() -> closed != null);
    return closed;
  }

  boolean isOpen() {
    return closed == null;
  }

  private static ConditionFactory awaiting(String what) {
    return Awaitility.await(what).atMost(Duration.ofSeconds(20));
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      frames.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed = status;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed = -1;
  }

  @Override
  public void close() {
    if (isOpen()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
  }
}
