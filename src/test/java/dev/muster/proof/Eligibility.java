package dev.muster.proof;

import dev.muster.proof.Instructions.Place;
import dev.muster.proof.Snapshot.TaskRow;
import dev.muster.proof.Snapshot.WorkerRow;

/** Who may be offered what, by the specification alone. */
record Eligibility(Site site, Snapshot present) {

  /** Whether the task may be offered to the worker, who has room for it. */
  boolean canTake(TaskRow task, WorkerRow worker) {
    return mayTake(task, worker) && hasRoom(task, worker);
  }

  /** Whether the task may be offered to the worker, room or not. */
  boolean mayTake(TaskRow task, WorkerRow worker) {
    var channel = worker.channels().get(task.channel());
    if (task.declinedBy().contains(worker.sid())
        || worker.sid().equals(task.transferredBy())
        || channel == null
        || !channel.available()) {
      return false;
    }
    if (task.isForOneWorker()) {
      return worker.sid().equals(task.routingTarget())
          && (task.ignoreCapacity() || worker.available());
    }
    return worker.available() && worker.queues().contains(task.queue()) && isWanted(task, worker);
  }

  private static boolean hasRoom(TaskRow task, WorkerRow worker) {
    var channel = worker.channels().get(task.channel());
    return task.ignoreCapacity() || channel.reserved() < channel.capacity();
  }

  private boolean isWanted(TaskRow task, WorkerRow worker) {
    return task.place().equals(Place.PLACED)
        || site.instructions(task.workflowVersion())
            .target(task.place())
            .whom()
            .admits(task.wanted(), worker.name(), Talent.of(worker.attributes()));
  }
}
