package dev.muster.assignment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.rules.Attributes;
import dev.muster.rules.Scope;
import dev.muster.rules.Scope.BuiltIns;
import dev.muster.worker.ChannelFacts;
import dev.muster.worker.WorkerNames;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.WorkspaceSid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What expressions read of workers. Parsed attributes are kept by version, so that a round reads
 * only what changed.
 */
@Repository
class WorkerFacts {

  private record Version(WorkerSid worker, int number) {}

  private static final int KEPT = 50_000;

  private final Cache<Version, Attributes> parsed = Caffeine.newBuilder().maximumSize(KEPT).build();
  private final JdbcClient jdbc;
  private final ChannelFacts channelFacts;

  WorkerFacts(JdbcClient jdbc, ChannelFacts channelFacts) {
    this.jdbc = jdbc;
    this.channelFacts = channelFacts;
  }

  /** The {@code worker} scope of each candidate, without {@code worker.channel.…}. */
  Map<WorkerSid, Scope> scopes(WorkspaceSid workspace, Collection<Candidate> candidates) {
    return scopes(workspace, candidates, Map.of());
  }

  /** The same with the channels, of which the floor tells what the round has used. */
  Map<WorkerSid, Scope> scopes(
      WorkspaceSid workspace, Collection<Candidate> candidates, Floor floor) {
    var workers = candidates.stream().map(Candidate::sid).toList();
    return scopes(workspace, candidates, channelFacts.of(workspace, workers, floor::used));
  }

  private Map<WorkerSid, Scope> scopes(
      WorkspaceSid workspace,
      Collection<Candidate> candidates,
      Map<WorkerSid, BuiltIns> onChannels) {
    load(workspace, candidates);
    var activities = activityNames(workspace);
    var scopes = new HashMap<WorkerSid, Scope>();
    for (var candidate : candidates) {
      var attributes = parsed.getIfPresent(version(candidate));
      var names =
          WorkerNames.of(
              candidate.sid().value(),
              candidate.name(),
              candidate.activitySid(),
              activities.getOrDefault(candidate.activitySid(), ""));
      scopes.put(
          candidate.sid(),
          Scope.worker(
              attributes == null ? Attributes.EMPTY : attributes,
              BuiltIns.of(names).or(onChannels.getOrDefault(candidate.sid(), BuiltIns.NONE))));
    }
    return scopes;
  }

  private void load(WorkspaceSid workspace, Collection<Candidate> candidates) {
    var missing = new ArrayList<String>();
    for (var candidate : candidates) {
      if (parsed.getIfPresent(version(candidate)) == null) {
        missing.add(candidate.sid().value());
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            SELECT sid, attributes, attributes_version FROM worker
            WHERE workspace_sid = :workspace AND sid = ANY(:sids)
            """)
        .param("workspace", workspace.value())
        .param("sids", missing.toArray(String[]::new))
        .query(
            row -> {
              parsed.put(
                  new Version(
                      new WorkerSid(row.getString("sid")), row.getInt("attributes_version")),
                  Attributes.parse(row.getString("attributes")));
            });
  }

  private Map<String, String> activityNames(WorkspaceSid workspace) {
    var names = new HashMap<String, String>();
    jdbc.sql("SELECT sid, friendly_name FROM activity WHERE workspace_sid = :workspace")
        .param("workspace", workspace.value())
        .query(
            row -> {
              names.put(row.getString("sid"), row.getString("friendly_name"));
            });
    return names;
  }

  private static Version version(Candidate candidate) {
    return new Version(candidate.sid(), candidate.attributesVersion());
  }

  /** The members of a queue by activity, as {@code skip_if} counts them. */
  Scope countMembers(WorkspaceSid workspace, String queue) {
    record Count(String activity, boolean available, int workers) {}
    List<Count> counts =
        jdbc.sql(
                """
                SELECT w.activity_sid, w.available, count(*) AS workers FROM queue_member m
                JOIN worker w ON w.workspace_sid = m.workspace_sid AND w.sid = m.worker_sid
                WHERE m.workspace_sid = :workspace AND m.task_queue_sid = :queue
                GROUP BY w.activity_sid, w.available
                """)
            .param("workspace", workspace.value())
            .param("queue", queue)
            .query(
                (row, number) ->
                    new Count(
                        row.getString("activity_sid"),
                        row.getBoolean("available"),
                        row.getInt("workers")))
            .list();
    var byActivity = new HashMap<String, Integer>();
    var available = 0;
    var all = 0;
    for (var count : counts) {
      byActivity.merge(count.activity(), count.workers(), Integer::sum);
      available += count.available() ? count.workers() : 0;
      all += count.workers();
    }
    return Scope.workers(available, all - available, byActivity);
  }
}
