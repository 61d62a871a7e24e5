package dev.muster.channel;

import dev.muster.account.AccountSid;
import dev.muster.event.EventCursor;
import dev.muster.event.RecordedEvent;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.socket.CloseStatus;

/**
 * Brings a workspace's events to the sockets of its workers on this node, in a thread of its own.
 */
final class Line {

  private static final Logger LOG = LoggerFactory.getLogger(Line.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final CloseStatus TOO_MANY =
      CloseStatus.POLICY_VIOLATION.withReason("the worker has too many sockets");

  /** Each worker's in the order in which they came. */
  private final Map<WorkerSid, List<WorkerSocket>> sockets = new ConcurrentHashMap<>();

  private final Tenant tenant;
  private final EventCursor cursor;
  private final Frames frames;
  private final int socketsPerWorker;

  Line(Tenant tenant, EventCursor cursor, Frames frames, int socketsPerWorker) {
    this.tenant = tenant;
    this.cursor = cursor;
    this.frames = frames;
    this.socketsPerWorker = socketsPerWorker;
  }

  boolean isOf(AccountSid account) {
    return tenant.account().equals(account);
  }

  void open() {
    Thread.ofVirtual().name("line-" + tenant.workspace()).start(this::run);
  }

  void close() {
    cursor.close();
  }

  /** Closes the worker's oldest if it is one too many. */
  void add(WorkerSocket socket) {
    var all = sockets.computeIfAbsent(socket.worker(), worker -> new CopyOnWriteArrayList<>());
    all.add(socket);
    all.stream()
        .limit(Math.max(0, all.size() - socketsPerWorker))
        .forEach(oldest -> oldest.close(TOO_MANY));
  }

  /** Whether it was the last one. */
  boolean remove(WorkerSocket socket) {
    sockets.computeIfPresent(
        socket.worker(),
        (worker, all) -> {
          all.remove(socket);
          return all.isEmpty() ? null : all;
        });
    return sockets.isEmpty();
  }

  List<WorkerSocket> sockets() {
    return sockets.values().stream().flatMap(List::stream).toList();
  }

  private void run() {
    List<RecordedEvent> pending = List.of();
    while (!cursor.isClosed()) {
      try {
        pending = pending.isEmpty() ? cursor.next(PATIENCE) : pending;
        tell(pending);
        pending = List.of();
      } catch (DataAccessException | TransactionException failure) {
        LOG.warn("Sockets of {} wait for news; trying again", tenant.workspace(), failure);
        pause();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException failure) {
        LOG.error("Events of {} cannot be told; clients start anew", tenant.workspace(), failure);
        pending = List.of();
        sockets().forEach(socket -> socket.close(CloseStatus.SERVER_ERROR));
      }
    }
  }

  /** All frames are made before the first is sent, so that none is sent twice. */
  private void tell(List<RecordedEvent> events) {
    frames
        .of(events, tenant, sockets::containsKey)
        .forEach(each -> socketsOf(each.worker()).forEach(socket -> socket.send(each.frame())));
    events.stream()
        .filter(event -> event.type().equals("worker.deleted"))
        .flatMap(event -> socketsOf(new WorkerSid(event.resourceSid())).stream())
        .forEach(socket -> socket.close(CloseStatus.POLICY_VIOLATION.withReason("deleted")));
  }

  private List<WorkerSocket> socketsOf(WorkerSid worker) {
    return sockets.getOrDefault(worker, List.of());
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
