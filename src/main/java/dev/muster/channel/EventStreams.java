package dev.muster.channel;

import dev.muster.account.AccountSid;
import dev.muster.event.EventCursor;
import dev.muster.event.EventFeed;
import dev.muster.event.Position;
import dev.muster.event.RecordedEvent;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workspace.Tenant;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Writes streams of events. */
@Component
class EventStreams {

  /** Begins the answer. */
  interface Answer {
    OutputStream begin() throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

  private final Map<AccountSid, Integer> open = new ConcurrentHashMap<>();
  private final EventFeed feed;
  private final ChannelSettings settings;
  private final ObjectMapper json;

  EventStreams(EventFeed feed, ChannelSettings settings, ObjectMapper json) {
    this.feed = feed;
    this.settings = settings;
    this.json = json;
  }

  /**
   * Writes events until the reader is gone, the time is over or the node ends. The id of an event
   * is where a later stream goes on; those that were told since the last id may be told again.
   *
   * @param from where to begin; null for now
   * @throws Refused with 429 if the account reads too many streams already
   */
  void write(Tenant tenant, StreamFilter filter, @Nullable Position from, Answer answer)
      throws IOException {
    enter(tenant.account());
    try (var cursor = open(tenant, from)) {
      write(cursor, tenant, filter, answer.begin());
    } finally {
      leave(tenant.account());
    }
  }

  private EventCursor open(Tenant tenant, @Nullable Position from) {
    var workspace = tenant.workspace().value();
    return from == null ? feed.open(workspace) : feed.open(workspace, from);
  }

  private void write(EventCursor cursor, Tenant tenant, StreamFilter filter, OutputStream out) {
    var end = System.nanoTime() + settings.streamFor().toNanos();
    try {
      send(out, "id: %s\n\n".formatted(cursor.position()));
      while (!cursor.isClosed() && System.nanoTime() < end) {
        var events = cursor.next(settings.beatEvery());
        var admitted = events.stream().filter(each -> filter.admits(each)).toList();
        send(out, text(admitted, tenant) + "id: %s\n\n".formatted(cursor.position()));
      }
    } catch (IOException gone) {
      LOG.debug("The reader of a stream of {} is gone", tenant.workspace(), gone);
    } catch (DataAccessException failure) {
      LOG.warn("A stream of {} ends; its reader comes again", tenant.workspace(), failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private String text(List<RecordedEvent> events, Tenant tenant) {
    var text = new StringBuilder();
    for (var event : events) {
      text.append("event: ").append(event.type()).append('\n');
      text.append("data: ").append(json.writeValueAsString(StreamedEvent.of(event, tenant)));
      text.append("\n\n");
    }
    return text.toString();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void enter(AccountSid account) {
    var count = open.merge(account, 1, Integer::sum);
    if (count > settings.streamsPerAccount()) {
      leave(account);
      throw new Refused(
          Refusal.TOO_MANY_REQUESTS,
          "Expected at most %d streams of account %s at once, but there are more: close one"
              .formatted(settings.streamsPerAccount(), account));
    }
  }

  private void leave(AccountSid account) {
    open.computeIfPresent(account, (sid, count) -> count == 1 ? null : count - 1);
  }
}
