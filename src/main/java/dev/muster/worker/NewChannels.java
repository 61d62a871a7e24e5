package dev.muster.worker;

import dev.muster.workspace.TaskChannelCreated;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gives every worker one channel for each task channel of the workspace, with a capacity of 1. */
@Repository
class NewChannels {

  private static final String TASK_CHANNELS =
      "SELECT sid FROM task_channel WHERE workspace_sid = :workspace ORDER BY sid";

  private static final String WORKERS =
      "SELECT sid FROM worker WHERE workspace_sid = :workspace ORDER BY sid FOR SHARE";

  private static final String INSERT =
      """
      INSERT INTO worker_channel (workspace_sid, worker_sid, task_channel_sid, sid, capacity,
                                  available, worker_available, idle_since, created_at, updated_at)
      SELECT w.workspace_sid, w.sid, n.task_channel_sid, n.sid, 1, true, w.available, :now, :now, :now
      FROM unnest(:workers::text[], :channels::text[], :sids::text[])
             AS n (worker_sid, task_channel_sid, sid)
      JOIN worker w ON w.workspace_sid = :workspace AND w.sid = n.worker_sid
      ON CONFLICT (workspace_sid, worker_sid, task_channel_sid) DO NOTHING
      """;

  private final JdbcClient jdbc;
  private final Roster roster;
  private final Clock clock;

  NewChannels(JdbcClient jdbc, Roster roster, Clock clock) {
    this.jdbc = jdbc;
    this.roster = roster;
    this.clock = clock;
  }

  /** For a new worker; the roster is shared. */
  void of(WorkspaceSid workspace, WorkerSid worker, Instant now) {
    var channels = sids(TASK_CHANNELS, workspace);
    insert(workspace, repeated(worker.value(), channels.size()), channels, now);
  }

  /** Waits for workers that are changing their activity, which is copied into the channel. */
  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void of(TaskChannelCreated created) {
    var workspace = created.workspace();
    roster.close(workspace);
    var workers = sids(WORKERS, workspace);
    insert(
        workspace, workers, repeated(created.channel().value(), workers.size()), clock.instant());
  }

  private void insert(
      WorkspaceSid workspace, List<String> workers, List<String> channels, Instant now) {
    var sids = workers.stream().map(worker -> WorkerChannelSid.next().value());
    jdbc.sql(INSERT)
        .param("workspace", workspace.value())
        .param("workers", workers.toArray(String[]::new))
        .param("channels", channels.toArray(String[]::new))
        .param("sids", sids.toArray(String[]::new))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private List<String> sids(String select, WorkspaceSid workspace) {
    return jdbc.sql(select).param("workspace", workspace.value()).query(String.class).list();
  }

  private static List<String> repeated(String sid, int times) {
    return Collections.nCopies(times, sid);
  }
}
