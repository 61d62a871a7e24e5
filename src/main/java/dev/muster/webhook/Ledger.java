package dev.muster.webhook;

import dev.muster.webhook.Outcome.Dropped;
import dev.muster.webhook.Outcome.Released;
import dev.muster.webhook.Outcome.Sent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down what came of deliveries: while one thread writes, what the others bring is collected
 * for the next statement. What cannot be written is sent again when its lease is over.
 */
@Repository
class Ledger {

  private static final int MOST = 500;

  /** The rest of a stream waits for its first; only if that is still this node's. */
  private static final String POSTPONE =
      """
      UPDATE event_delivery d SET due_at = greatest(d.due_at, p.due_at), claimed_until = NULL
      FROM (SELECT * FROM unnest(:workspaces::text[], :events::text[], :numbers::integer[], :streams::text[],
              :instants::text[]) AS given (workspace_sid, event_sid, number, stream, due)
            CROSS JOIN LATERAL (SELECT given.due::timestamptz AS due_at) at) p
      WHERE d.workspace_sid = p.workspace_sid AND d.stream = p.stream AND d.queued
        AND EXISTS (SELECT FROM event_delivery first
          WHERE first.workspace_sid = p.workspace_sid AND first.event_sid = p.event_sid
            AND first.claims = p.number AND first.status = 'queued')
      """;

  private static final String END =
      """
      UPDATE event_delivery d
      SET status = r.status, attempts = d.attempts + r.sent, due_at = r.due_at::timestamptz,
        request_url = coalesce(r.url, d.request_url), response_code = r.response_code, answer = r.answer,
        error_message = r.error_message, duration_millis = r.millis, tried_at = :now
      FROM unnest(:workspaces::text[], :events::text[], :numbers::integer[], :statuses::text[], :sent::integer[],
          :instants::text[], :urls::text[], :codes::integer[], :answers::text[], :errors::text[], :millis::integer[])
        AS r (workspace_sid, event_sid, number, status, sent, due_at, url, response_code, answer, error_message, millis)
      WHERE d.workspace_sid = r.workspace_sid AND d.event_sid = r.event_sid
        AND d.claims = r.number AND d.status = 'queued'
      """;

  private record Row(Claim claim, EventDeliveryStatus status, @Nullable Sent sent, Instant dueAt) {}

  private final Queue<Outcome> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Ledger(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Writes it down at once, or has the thread do it that is writing now. */
  void write(Outcome outcome) {
    waiting.add(outcome);
    while (!waiting.isEmpty() && writing.tryLock()) {
      try {
        writeAll(collected());
      } finally {
        writing.unlock();
      }
    }
  }

  private List<Outcome> collected() {
    var outcomes = new ArrayList<Outcome>();
    while (outcomes.size() < MOST && waiting.poll() instanceof Outcome outcome) {
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private void writeAll(List<Outcome> outcomes) {
    var rows = new ArrayList<Row>();
    var stopped = new ArrayList<Row>();
    var now = clock.instant();
    for (var outcome : outcomes) {
      switch (outcome) {
        case Sent sent -> {
          var row = new Row(sent.claim(), sent.status(), sent, sent.dueAt());
          rows.add(row);
          if (sent.status() != EventDeliveryStatus.DELIVERED) {
            stopped.add(row);
          }
        }
        case Dropped dropped ->
            rows.add(new Row(dropped.claim(), EventDeliveryStatus.DROPPED, null, now));
        case Released released ->
            stopped.add(new Row(released.claim(), EventDeliveryStatus.QUEUED, null, Instant.EPOCH));
      }
    }
    transaction.executeWithoutResult(
        status -> {
          if (!stopped.isEmpty()) {
            postpone(stopped);
          }
          if (!rows.isEmpty()) {
            end(rows, now);
          }
        });
  }

  private void postpone(List<Row> stopped) {
    named(POSTPONE, stopped).param("streams", texts(stopped, row -> row.claim.stream())).update();
  }

  private void end(List<Row> rows, Instant now) {
    named(END, rows)
        .param("statuses", texts(rows, row -> row.status.wireName()))
        .param("sent", integers(rows, row -> row.sent == null ? 0 : 1))
        .param("urls", texts(rows, row -> row.sent == null ? null : url(row.claim)))
        .param("codes", integers(rows, row -> row.sent == null ? null : row.sent.responseCode()))
        .param("answers", texts(rows, row -> row.sent == null ? null : row.sent.answer()))
        .param("errors", texts(rows, row -> row.sent == null ? null : row.sent.errorMessage()))
        .param(
            "millis",
            integers(
                rows, row -> row.sent == null ? null : Math.toIntExact(row.sent.took().toMillis())))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private JdbcClient.StatementSpec named(String sql, List<Row> rows) {
    return jdbc.sql(sql)
        .params(
            Map.of(
                "workspaces", texts(rows, row -> row.claim.event().workspaceSid()),
                "events", texts(rows, row -> row.claim.event().sid().value()),
                "numbers", integers(rows, row -> row.claim.number()),
                "instants", texts(rows, row -> row.dueAt.toString())));
  }

  private static @Nullable String url(Claim claim) {
    return Objects.toString(claim.url(), null);
  }

  private static @Nullable String[] texts(List<Row> rows, Function<Row, @Nullable String> text) {
    return rows.stream().map(text).toArray(String[]::new);
  }

  private static @Nullable Integer[] integers(
      List<Row> rows, Function<Row, @Nullable Integer> integer) {
    return rows.stream().map(integer).toArray(Integer[]::new);
  }
}
