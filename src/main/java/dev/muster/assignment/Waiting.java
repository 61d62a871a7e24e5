package dev.muster.assignment;

import dev.muster.task.TaskSid;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.WorkspaceSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A waiting task as a matching round sees it.
 *
 * @param inPreferredKind whether its queue is of the kind (FIFO or LIFO) that the workspace serves
 *     first
 * @param more whether tasks of the same demand class come after it
 * @param declinedBy sids of workers who are not asked again yet
 * @param unoffered whether nobody was offered it yet
 * @param trace the span that created it, if it is recorded
 * @param announced whether its workflow wants to be told of its offers
 */
record Waiting(
    WorkspaceSid workspace,
    TaskSid sid,
    WorkflowSid workflow,
    UUID demandClass,
    boolean inPreferredKind,
    int rankPriority,
    long rankTime,
    boolean more,
    boolean entering,
    Set<String> declinedBy,
    int maxReservedWorkers,
    int reservationTimeoutSeconds,
    boolean announced,
    boolean channelOptimizedRouting,
    Instant expiresAt,
    Instant createdAt,
    boolean unoffered,
    @Nullable String trace)
    implements Comparable<Waiting> {

  static Waiting of(ResultSet row, int number) throws SQLException {
    return new Waiting(
        new WorkspaceSid(row.getString("workspace_sid")),
        TaskSid.of(row.getString("sid")),
        new WorkflowSid(row.getString("workflow_sid")),
        row.getObject("demand_class", UUID.class),
        row.getBoolean("in_preferred_kind"),
        row.getInt("rank_priority"),
        row.getLong("rank_time"),
        row.getBoolean("more"),
        row.getBoolean("entering"),
        Set.of((String[]) row.getArray("declined_by").getArray()),
        row.getInt("max_reserved_workers"),
        row.getInt("task_reservation_timeout_seconds"),
        row.getBoolean("announced"),
        row.getBoolean("channel_optimized_routing"),
        row.getTimestamp("expires_at").toInstant(),
        row.getTimestamp("created_at").toInstant(),
        row.getBoolean("unoffered"),
        row.getString("trace"));
  }

  /** The order in which tasks are served: the preferred kind of queue first, then by rank. */
  @Override
  public int compareTo(Waiting other) {
    if (inPreferredKind != other.inPreferredKind) {
      return inPreferredKind ? -1 : 1;
    }
    if (rankPriority != other.rankPriority) {
      return Integer.compare(rankPriority, other.rankPriority);
    }
    return rankTime != other.rankTime
        ? Long.compare(rankTime, other.rankTime)
        : sid.value().compareTo(other.sid.value());
  }
}
