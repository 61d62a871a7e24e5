package dev.muster.explanation;

import dev.muster.rules.Attributes;
import dev.muster.rules.Scope;
import dev.muster.rules.Scope.BuiltIns;
import dev.muster.worker.WorkerNames;
import dev.muster.worker.WorkerSid;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the explanation sees it.
 *
 * @param member whether the worker is a member of the task's queue
 * @param reservation what became of the task's last offer to this worker; null if there was none
 */
record Colleague(
    WorkerSid sid,
    String name,
    String attributes,
    String activitySid,
    String activityName,
    boolean available,
    boolean member,
    String channelName,
    boolean channelAvailable,
    int capacity,
    int reserved,
    @Nullable String reservation) {

  static Colleague of(ResultSet row, int number) throws SQLException {
    return new Colleague(
        WorkerSid.of(row.getString("sid")),
        row.getString("friendly_name"),
        row.getString("attributes"),
        row.getString("activity_sid"),
        row.getString("activity_name"),
        row.getBoolean("available"),
        row.getBoolean("member"),
        row.getString("channel_name"),
        row.getBoolean("channel_available"),
        row.getInt("capacity"),
        row.getInt("reserved"),
        row.getString("reservation"));
  }

  boolean full() {
    return reserved >= capacity;
  }

  /** What target expressions read as {@code worker.…}, given what is known of the channels. */
  Scope asWorker(BuiltIns onChannels) {
    var names = WorkerNames.of(sid.value(), name, activitySid, activityName);
    return Scope.worker(Attributes.parse(attributes), BuiltIns.of(names).or(onChannels));
  }
}
