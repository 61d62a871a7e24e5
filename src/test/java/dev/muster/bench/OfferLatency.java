package dev.muster.bench;

import dev.muster.local.Caller;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a task waits for its offer while nothing else happens: tasks are created one at a time,
 * and each ends before the next begins.
 *
 * @param seen from the request until a list shows the reservation to its caller
 * @param made from the request until the reservation's {@code created_at}, shortly before its
 *     transaction commits
 */
record OfferLatency(Percentiles seen, Percentiles made) {

  private static final int WARM_UP = 1000;

  static OfferLatency measure(
      Caller caller, Workplace workplace, Connection database, int samples) {
    var lifecycle = new Lifecycle(caller, workplace, Duration.ZERO, Duration.ZERO);
    for (var i = 0; i < Math.min(WARM_UP, 2 * samples); i++) {
      lifecycle.run(new Lifecycle.Times());
    }
    var times = new Lifecycle.Times();
    var began = new HashMap<String, Instant>();
    for (var i = 0; i < samples; i++) {
      var now = Instant.now();
      began.put(lifecycle.run(times), now);
    }
    return new OfferLatency(times.seen(), made(database, workplace, began));
  }

  private static Percentiles made(
      Connection database, Workplace workplace, Map<String, Instant> began) {
    var made = new Percentiles();
    try (var statement =
        database.prepareStatement(
            "SELECT sid, created_at FROM reservation WHERE workspace_sid = ?")) {
      statement.setString(1, workplace.workspaceSid());
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          var start = began.get(row.getString(1));
          if (start != null) {
            var at = row.getObject(2, OffsetDateTime.class).toInstant();
            made.add(Duration.between(start, at).toNanos());
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return made;
  }
}
