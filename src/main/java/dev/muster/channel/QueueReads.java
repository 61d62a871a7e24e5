package dev.muster.channel;

import dev.muster.queue.QueueFilter;
import dev.muster.queue.QueueList;
import dev.muster.queue.TaskQueueSid;
import dev.muster.queue.TaskQueues;
import dev.muster.worker.WorkerSid;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Answers the commands that read task queues. */
@Component
class QueueReads {

  private final TaskQueues queues;
  private final QueueList list;

  QueueReads(TaskQueues queues, QueueList list) {
    this.queues = queues;
    this.list = list;
  }

  Optional<TaskQueuePayload> get(Command command) {
    var tenant = command.pass().tenant();
    return queues
        .find(tenant.workspace(), new TaskQueueSid(command.target().first()))
        .map(queue -> TaskQueuePayload.of(queue, tenant));
  }

  Reads.Contents list(Command command) {
    var tenant = command.pass().tenant();
    var filter =
        new QueueFilter(
            command.text("FriendlyName"),
            null,
            Reads.sid(command, "WorkerSid", WorkerSid::of),
            command.text("Ordering"));
    return Reads.Contents.of(
        list.page(tenant.workspace(), filter, Reads.page(command)),
        queue -> TaskQueuePayload.of(queue, tenant));
  }
}
