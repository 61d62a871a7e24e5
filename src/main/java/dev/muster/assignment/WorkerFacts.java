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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What expressions read of workers. It is kept for as long as it is true, so that a round reads
 * only what changed.
 */
@Repository
class WorkerFacts {

  /** Two that are equal read the same. */
  private record Version(
      WorkerSid worker, int attributes, String name, String activitySid, String activityName) {

    Map<String, Object> names() {
      return WorkerNames.of(worker.value(), name, activitySid, activityName);
    }
  }

  private record Facts(Attributes attributes, BuiltIns names, Scope scope) {

    static Facts of(Attributes attributes, Version version) {
      var names = BuiltIns.of(version.names());
      return new Facts(attributes, names, Scope.worker(attributes, names));
    }

    Scope with(BuiltIns onChannels) {
      return Scope.worker(attributes, names.or(onChannels));
    }
  }

  private static final Facts NONE = new Facts(Attributes.EMPTY, BuiltIns.NONE, Scope.NOTHING);
  private static final int KEPT = 50_000;

  private final Cache<Version, Facts> known = Caffeine.newBuilder().maximumSize(KEPT).build();
  private final JdbcClient jdbc;
  private final ChannelFacts channelFacts;

  WorkerFacts(JdbcClient jdbc, ChannelFacts channelFacts) {
    this.jdbc = jdbc;
    this.channelFacts = channelFacts;
  }

  /**
   * The {@code worker} scope of each candidate, without {@code worker.channel.…}; the same object
   * only for what reads the same.
   */
  Map<WorkerSid, Scope> scopes(WorkspaceSid workspace, Collection<Candidate> candidates) {
    var scopes = new HashMap<WorkerSid, Scope>();
    facts(workspace, candidates).forEach((worker, facts) -> scopes.put(worker, facts.scope()));
    return scopes;
  }

  /** The same with the channels, of which the floor tells what the round has used. */
  Map<WorkerSid, Scope> scopes(
      WorkspaceSid workspace, Collection<Candidate> candidates, Floor floor) {
    var workers = candidates.stream().map(Candidate::sid).toList();
    var onChannels = channelFacts.of(workspace, workers, floor::used);
    var scopes = new HashMap<WorkerSid, Scope>();
    facts(workspace, candidates)
        .forEach(
            (worker, facts) ->
                scopes.put(worker, facts.with(onChannels.getOrDefault(worker, BuiltIns.NONE))));
    return scopes;
  }

  private Map<WorkerSid, Facts> facts(WorkspaceSid workspace, Collection<Candidate> candidates) {
    var activities = activityNames(workspace);
    var versions = new HashMap<WorkerSid, Version>();
    candidates.forEach(each -> versions.put(each.sid(), version(each, activities)));
    load(workspace, versions);
    var facts = new HashMap<WorkerSid, Facts>();
    versions.forEach(
        (worker, version) ->
            facts.put(worker, Objects.requireNonNullElse(known.getIfPresent(version), NONE)));
    return facts;
  }

  private void load(WorkspaceSid workspace, Map<WorkerSid, Version> versions) {
    var missing =
        versions.values().stream()
            .filter(version -> known.getIfPresent(version) == null)
            .map(version -> version.worker().value())
            .toArray(String[]::new);
    if (missing.length == 0) {
      return;
    }
    jdbc.sql(
            """
            SELECT sid, attributes, attributes_version FROM worker
            WHERE workspace_sid = :workspace AND sid = ANY(:sids)
            """)
        .param("workspace", workspace.value())
        .param("sids", missing)
        .query(
            row -> {
              var version = versions.get(new WorkerSid(row.getString("sid")));
              if (version != null && version.attributes() == row.getInt("attributes_version")) {
                known.put(
                    version, Facts.of(Attributes.parse(row.getString("attributes")), version));
              }
            });
  }

  private static Version version(Candidate candidate, Map<String, String> activities) {
    var activity = candidate.activitySid();
    return new Version(
        candidate.sid(),
        candidate.attributesVersion(),
        candidate.name(),
        activity,
        activities.getOrDefault(activity, ""));
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
