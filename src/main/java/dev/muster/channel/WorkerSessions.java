package dev.muster.channel;

import dev.muster.worker.WorkerSid;
import dev.muster.worker.Workers;
import dev.muster.workspace.WorkspaceDeleted;
import dev.muster.workspace.WorkspaceSid;
import dev.muster.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which workers have sockets, on all nodes together, so that those who are gone can be taken
 * offline even if their node is gone as well.
 */
@Repository
class WorkerSessions {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerSessions.class);

  /** Takes the place of the worker's sessions that are over, with what they wanted. */
  private static final String BEGIN =
      """
      WITH past AS (
        DELETE FROM worker_session
        WHERE workspace_sid = :workspace AND worker_sid = :worker AND (ended OR seen_at < :lost)
        RETURNING offline_when_gone
      )
      INSERT INTO worker_session (workspace_sid, worker_sid, sid, node, offline_when_gone, seen_at)
      VALUES (
        :workspace, :worker, :sid, :node, :offline OR EXISTS (SELECT FROM past WHERE offline_when_gone), :now)
      """;

  private static final String END =
      """
      UPDATE worker_session SET ended = true, seen_at = :now
      WHERE workspace_sid = :workspace AND worker_sid = :worker AND sid = :sid
      """;
  private static final String SEE =
      "UPDATE worker_session SET seen_at = :now WHERE node = :node AND NOT ended";

  /** Of some workers none of whose sockets was seen for long. */
  private static final String FORGET =
      """
      WITH gone AS (
        SELECT s.workspace_sid, s.worker_sid, s.sid FROM worker_session s
        WHERE s.seen_at < :before AND NOT EXISTS (
          SELECT FROM worker_session n
          WHERE n.workspace_sid = s.workspace_sid AND n.worker_sid = s.worker_sid AND n.seen_at >= :before)
        ORDER BY s.seen_at
        LIMIT 500
        FOR UPDATE SKIP LOCKED
      ), forgotten AS (
        DELETE FROM worker_session s USING gone
        WHERE s.workspace_sid = gone.workspace_sid AND s.worker_sid = gone.worker_sid AND s.sid = gone.sid
        RETURNING s.workspace_sid, s.worker_sid, s.offline_when_gone
      )
      SELECT workspace_sid, worker_sid FROM forgotten
      GROUP BY workspace_sid, worker_sid
      HAVING bool_or(offline_when_gone)
      ORDER BY workspace_sid, worker_sid
      """;

  /** Unseen for so long, an open socket's node has ended without a word. */
  private static final Duration LOST = Duration.ofHours(1);

  private record Gone(WorkspaceSid workspace, WorkerSid worker) {}

  private final UUID node = UUID.randomUUID();
  private final JdbcClient jdbc;
  private final Workers workers;
  private final Workspaces workspaces;
  private final Clock clock;

  WorkerSessions(JdbcClient jdbc, Workers workers, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.workers = workers;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  void begin(WorkerSocket socket) {
    of(BEGIN, socket)
        .param("node", node)
        .param("offline", socket.wishes().offlineWhenGone())
        .param("lost", clock.instant().minus(LOST).atOffset(ZoneOffset.UTC))
        .update();
  }

  void end(WorkerSocket socket) {
    of(END, socket).update();
  }

  /** The open sockets of this node are still there. */
  void see() {
    jdbc.sql(SEE).param("node", node).param("now", now()).update();
  }

  /**
   * Moves workers to their workspace's timeout activity whose last socket was seen before that
   * instant, and who wanted it so.
   */
  @Transactional
  public void takeOffline(Instant before) {
    gone(before)
        .forEach(
            gone ->
                workspaces
                    .find(gone.workspace())
                    .ifPresent(
                        workspace -> {
                          LOG.info("Worker {} is gone", gone.worker());
                          workers.moveTo(
                              gone.workspace(),
                              gone.worker(),
                              workspace.timeoutActivity(),
                              clock.instant());
                        }));
  }

  private List<Gone> gone(Instant before) {
    return jdbc.sql(FORGET)
        .param("before", before.atOffset(ZoneOffset.UTC))
        .query(
            (row, number) ->
                new Gone(
                    new WorkspaceSid(row.getString("workspace_sid")),
                    new WorkerSid(row.getString("worker_sid"))))
        .list();
  }

  @EventListener
  void on(WorkspaceDeleted deleted) {
    jdbc.sql("DELETE FROM worker_session WHERE workspace_sid = :workspace")
        .param("workspace", deleted.workspace().value())
        .update();
  }

  private JdbcClient.StatementSpec of(String sql, WorkerSocket socket) {
    return jdbc.sql(sql)
        .param("workspace", socket.pass().tenant().workspace().value())
        .param("worker", socket.worker().value())
        .param("sid", socket.sid())
        .param("now", now());
  }

  private Object now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
