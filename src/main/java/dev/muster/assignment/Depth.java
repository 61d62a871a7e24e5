package dev.muster.assignment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * How many tasks wait in a queue.
 *
 * @param oldest when the first of them was created
 */
record Depth(String workspace, String queue, long tasks, Instant oldest) {

  static Depth of(ResultSet row, int number) throws SQLException {
    return new Depth(
        row.getString("workspace_sid"),
        row.getString("task_queue_sid"),
        row.getLong("tasks"),
        row.getTimestamp("oldest").toInstant());
  }

  /** Both together, under the name of this one. */
  Depth plus(Depth other) {
    return new Depth(
        workspace,
        queue,
        tasks + other.tasks,
        oldest.isBefore(other.oldest) ? oldest : other.oldest);
  }
}
