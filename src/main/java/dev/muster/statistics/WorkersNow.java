package dev.muster.statistics;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.muster.workspace.ActivitySid;
import java.util.List;
import java.util.Map;

/** Workers by activity; activities that nobody is in are listed too. */
record WorkersNow(List<InActivity> activities) {

  static final WorkersNow NOBODY = new WorkersNow(List.of());

  record InActivity(
      ActivitySid sid, String friendlyName, @JsonIgnore boolean available, long workers) {}

  /** Workers of a workspace, as the wire has them. */
  record Body(List<InActivity> activityStatistics, long totalWorkers) {}

  /** Members of a queue, as the wire has them. */
  record Members(
      List<InActivity> activityStatistics, long totalEligibleWorkers, long totalAvailableWorkers) {}

  /** Other workers, by sid of their activity. */
  WorkersNow with(Map<String, Long> counts) {
    return new WorkersNow(
        activities.stream()
            .map(
                each ->
                    new InActivity(
                        each.sid(),
                        each.friendlyName(),
                        each.available(),
                        counts.getOrDefault(each.sid().value(), 0L)))
            .toList());
  }

  long total() {
    return activities.stream().mapToLong(InActivity::workers).sum();
  }

  /** Those whose activity lets them have new tasks, whether or not they are busy. */
  long available() {
    return activities.stream().filter(InActivity::available).mapToLong(InActivity::workers).sum();
  }

  /** Those who are in another activity than this one. */
  long notIn(ActivitySid activity) {
    return activities.stream()
        .filter(each -> !each.sid().equals(activity))
        .mapToLong(InActivity::workers)
        .sum();
  }

  Body body() {
    return new Body(activities, total());
  }

  Members members() {
    return new Members(activities, total(), available());
  }
}
