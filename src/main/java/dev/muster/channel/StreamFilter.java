package dev.muster.channel;

import dev.muster.event.RecordedEvent;
import dev.muster.task.TaskSid;
import dev.muster.worker.WorkerSid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which events a stream is to hold; what is absent does not narrow it. */
record StreamFilter(
    List<String> eventType, @Nullable TaskSid taskSid, @Nullable WorkerSid workerSid) {

  boolean admits(RecordedEvent event) {
    return (eventType.isEmpty() || eventType.contains(event.type()))
        && (taskSid == null || taskSid.value().equals(event.taskSid()))
        && (workerSid == null || workerSid.value().equals(event.workerSid()));
  }
}
