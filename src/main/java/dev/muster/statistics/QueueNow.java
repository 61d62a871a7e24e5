package dev.muster.statistics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.statistics.TasksNow.Oldest;
import org.jspecify.annotations.Nullable;

/** A queue as it is now, on the wire. */
record QueueNow(
    @JsonUnwrapped TasksNow.Body tasks,
    long longestRelativeTaskAgeInQueue,
    @Nullable String longestRelativeTaskSidInQueue,
    @JsonUnwrapped WorkersNow.Members members) {

  static QueueNow of(TasksNow tasks, Oldest inQueue, WorkersNow members) {
    return new QueueNow(tasks.body(), inQueue.seconds(), inQueue.sid(), members.members());
  }
}
