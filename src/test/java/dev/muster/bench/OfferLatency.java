package dev.muster.bench;

import dev.muster.local.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

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
      Caller caller, Workplace workplace, JdbcClient database, int samples) {
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
      JdbcClient database, Workplace workplace, Map<String, Instant> began) {
    var made = new Percentiles();
    database
        .sql("SELECT sid, created_at FROM reservation WHERE workspace_sid = ?")
        .param(workplace.workspaceSid())
        .query(
            row -> {
              var start = began.get(row.getString("sid"));
              if (start != null) {
                var at = row.getTimestamp("created_at").toInstant();
                made.add(Duration.between(start, at).toNanos());
              }
            });
    return made;
  }
}
