package dev.muster.statistics;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The live tasks of something, in groups that are equal for statistics. */
record TasksNow(List<Group> groups, Oldest oldest) {

  static final TasksNow NONE = new TasksNow(List.of(), Oldest.NONE);

  private static final List<String> STATUSES =
      List.of("pending", "reserved", "assigned", "wrapping");

  record Group(String status, int priority, long tasks) {

    boolean waits() {
      return status.equals("pending") || status.equals("reserved");
    }
  }

  /**
   * The task that waits longest, if one waits.
   *
   * @param seconds for how long
   */
  record Oldest(@Nullable String sid, long seconds) {

    static final Oldest NONE = new Oldest(null, 0);
  }

  /** As the wire has them. */
  record Body(
      long longestTaskWaitingAge,
      @Nullable String longestTaskWaitingSid,
      SortedMap<Integer, Long> tasksByPriority,
      Map<String, Long> tasksByStatus,
      long totalTasks) {}

  Body body() {
    var byStatus = new LinkedHashMap<String, Long>();
    STATUSES.forEach(status -> byStatus.put(status, 0L));
    var byPriority = new TreeMap<Integer, Long>();
    for (var group : groups) {
      byStatus.merge(group.status(), group.tasks(), Long::sum);
      byPriority.merge(group.priority(), group.tasks(), Long::sum);
    }
    return new Body(
        oldest.seconds(),
        oldest.sid(),
        byPriority,
        byStatus,
        groups.stream().mapToLong(Group::tasks).sum());
  }

  /** The waiting tasks by priority, the highest first. */
  SortedMap<Integer, Long> waitingByPriority() {
    var waiting = new TreeMap<Integer, Long>(Comparator.reverseOrder());
    groups.stream()
        .filter(Group::waits)
        .forEach(group -> waiting.merge(group.priority(), group.tasks(), Long::sum));
    return waiting;
  }
}
