package dev.muster.explanation;

import dev.muster.worker.WorkerSid;
import java.util.Locale;

/**
 * A worker of the queue and the first reason why the task is not offered to that worker.
 *
 * @param reason a stable word
 * @param why the reason in a sentence
 */
record Member(WorkerSid workerSid, String workerName, Reason reason, String why) {

  /** Reasons in the order in which they are looked for. */
  enum Reason {
    TASK_OVER,
    ASSIGNED,
    OFFERED,
    NOT_A_MEMBER,
    NOT_THE_ONE,
    UNAVAILABLE_ACTIVITY,
    CHANNEL_OFF,
    CAPACITY_USED,
    EXPRESSION,
    DECLINED,
    READY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
