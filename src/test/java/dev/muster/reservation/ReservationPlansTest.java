package dev.muster.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a worker has now is found without a look at the year of what the worker had. */
class ReservationPlansTest extends TwoTenantsTest {

  private static final int RESERVATIONS = 20_000;

  @Test
  void findsWhatIsLiveByAnIndexOfItsOwn() {
    for (var tenant : List.of(ours, theirs)) {
      fill(tenant);
    }
    jdbc.sql("ANALYZE reservation").update();

    findsItsWay(ReservationRows.PENDING_OF);
    findsItsWay(ReservationRows.OPEN_OF + " ORDER BY sid LIMIT 51");
  }

  private void findsItsWay(String sql) {
    var plan =
        jdbc.sql("EXPLAIN " + sql)
            .param("workspace", ours.workspace())
            .param("worker", worker(ours))
            .query(String.class)
            .list();

    assertThat(String.join("\n", plan)).contains("reservation_live_by_worker");
  }

  /** One worker's, of which one in a thousand is live. */
  private void fill(Given tenant) {
    jdbc.sql(
            """
            INSERT INTO reservation (workspace_sid, sid, task_sid, worker_sid, worker_name, task_queue_sid,
              task_channel_sid, workflow_sid, status, expires_at, version, created_at, updated_at)
            SELECT :workspace, 'WR' || lpad(to_hex(n), 32, '0'), 'WT' || lpad(to_hex(n), 32, '0'), :worker, 'Anna',
              'WQ', 'TC', 'WW', CASE WHEN n % 1000 = 0 THEN 'pending' ELSE 'completed' END, now(), 1, now(), now()
            FROM generate_series(1, :reservations) AS n
            """)
        .param("workspace", tenant.workspace())
        .param("worker", worker(tenant))
        .param("reservations", RESERVATIONS)
        .update();
  }

  private static String worker(Given tenant) {
    return tenant.workspace().replace("WS", "WK");
  }
}
