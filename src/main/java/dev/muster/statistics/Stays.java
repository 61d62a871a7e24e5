package dev.muster.statistics;

import dev.muster.statistics.Durations.Seconds;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.WorkspaceSid;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How long workers were in their activities. A stay is the time from a worker's coming into an
 * activity to leaving it, or until now; of each, only the part inside the window counts. Exact:
 * each change of activity is read, from an index.
 */
@Repository
class Stays {

  static final String MEASURE =
      """
      WITH stay (worker_sid, activity_sid, millis, ended_at) AS (
        SELECT worker_sid, previous_activity_sid, previous_activity_millis, at
        FROM event WHERE workspace_sid = :workspace AND previous_activity_sid IS NOT NULL AND at > :start
        UNION ALL
        SELECT sid, activity_sid, round(1000 * extract(epoch FROM :end - status_changed_at))::bigint, :end FROM worker
        WHERE workspace_sid = :workspace),
      inside (activity_sid, millis) AS (
        SELECT activity_sid, least(millis, round(1000 * date_part('epoch', ended_at - :start))::bigint)
          - CASE WHEN ended_at > :end THEN round(1000 * date_part('epoch', ended_at - :end))::bigint ELSE 0 END
        FROM stay
        WHERE (:workers::text[] IS NULL OR worker_sid = ANY(:workers))),
      measured (activity_sid, stays, total, least, most) AS (
        SELECT activity_sid, count(*), sum(millis), min(millis), max(millis)
        FROM inside WHERE millis > 0 GROUP BY activity_sid)
      SELECT a.sid, a.friendly_name, coalesce(m.stays, 0) AS stays, coalesce(m.total, 0) AS total,
        coalesce(m.least, 0) AS least, coalesce(m.most, 0) AS most
      FROM activity a LEFT JOIN measured m ON m.activity_sid = a.sid
      WHERE a.workspace_sid = :workspace
      ORDER BY a.sid
      """;

  private final JdbcClient jdbc;

  Stays(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** As the wire has it. */
  record InActivity(
      ActivitySid sid, String friendlyName, long avg, long min, long max, long total) {

    static InActivity of(String sid, String friendlyName, Seconds seconds) {
      return new InActivity(
          new ActivitySid(sid),
          friendlyName,
          seconds.avg(),
          seconds.min(),
          seconds.max(),
          seconds.total());
    }
  }

  /** For every activity of the workspace the stays in it: of these workers by sid, or of all. */
  List<InActivity> of(WorkspaceSid workspace, Window window, Optional<List<String>> workers) {
    return jdbc.sql(MEASURE)
        .param("workspace", workspace.value())
        .param("start", window.start().atOffset(ZoneOffset.UTC))
        .param("end", window.end().atOffset(ZoneOffset.UTC))
        .param("workers", workers.map(sids -> sids.toArray(String[]::new)).orElse(null))
        .query(
            (row, number) ->
                InActivity.of(
                    row.getString("sid"),
                    row.getString("friendly_name"),
                    new Durations(
                            row.getLong("stays"),
                            row.getBigDecimal("total").longValue(),
                            row.getBigDecimal("least").longValue(),
                            row.getBigDecimal("most").longValue())
                        .seconds()))
        .list();
  }
}
