package dev.muster.statistics;

import dev.muster.queue.TaskOrder;
import dev.muster.queue.TaskQueue;
import dev.muster.queue.TaskQueueSid;
import dev.muster.statistics.Durations.Seconds;
import dev.muster.statistics.Waits.End;
import dev.muster.statistics.Waits.Since;
import dev.muster.workspace.ActivitySid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How well a queue serves, on the wire.
 *
 * @param answered tasks accepted, and of these {@code answeredWithin} so many seconds after they
 *     came into the queue
 * @param abandoned tasks canceled while they waited, and of these {@code abandonedWithin} so many
 *     seconds
 * @param serviceLevel the part that was answered in time of all that were answered or waited for
 *     longer in vain, from 0 to 1; null if there were none
 * @param wrapUpTime of the work that was completed after having been wrapped up
 * @param workersLoggedIn members in any other activity than the one in which workers of the
 *     workspace begin
 * @param estimatedWait by priority, the highest first
 */
record Service(
    TaskQueueSid taskQueueSid,
    Instant startTime,
    Instant endTime,
    int withinSeconds,
    long answered,
    long answeredWithin,
    long abandoned,
    long abandonedWithin,
    @Nullable Double serviceLevel,
    Seconds wrapUpTime,
    long workersEligible,
    long workersLoggedIn,
    long workersAvailable,
    List<EstimatedWait> estimatedWait) {

  /** What is known of one queue. */
  record Known(Figures figures, Waits waits, TasksNow tasks, WorkersNow members) {}

  /**
   * How long a task of a priority is going to wait if it comes into the queue now.
   *
   * <p>By Little's law (J. D. C. Little, A Proof for the Queuing Formula: L = λW, Operations
   * Research 9(3), 1961), a line that is left by λ tasks per second lets a task through that stands
   * at its Lth place after L/λ seconds. L is the number of waiting tasks with the same or a higher
   * priority, and one for the task itself; in a LIFO queue, one. λ is the number of tasks accepted
   * in the window, by its seconds. Tasks that come later and overtake are not foreseen, nor is that
   * workers come and go.
   *
   * @param tasksAhead waiting tasks that would be served before it
   * @param seconds null if no task was accepted in the window, since then there is no pace
   */
  record EstimatedWait(int priority, long tasksAhead, @Nullable Long seconds) {}

  static Service of(
      TaskQueue queue, Question question, int within, ActivitySid loggedOut, Known known) {
    var waits = known.waits();
    var answered = waits.all(End.ACCEPTED, Since.QUEUE);
    var answeredWithin = waits.within(within, End.ACCEPTED, Since.QUEUE);
    var abandoned = waits.all(End.CANCELED, Since.QUEUE);
    var abandonedWithin = waits.within(within, End.CANCELED, Since.QUEUE);
    var relevant = answered + abandoned - abandonedWithin;
    return new Service(
        queue.sid(),
        question.window().start(),
        question.window().end(),
        within,
        answered,
        answeredWithin,
        abandoned,
        abandonedWithin,
        relevant == 0 ? null : (double) answeredWithin / relevant,
        known.figures().of("reservation.completed").measured().seconds(),
        known.members().total(),
        known.members().notIn(loggedOut),
        known.members().available(),
        estimates(queue.taskOrder(), question.window(), known));
  }

  /** For the priorities of waiting tasks, and for 0, that of tasks of which nothing is said. */
  private static List<EstimatedWait> estimates(TaskOrder order, Window window, Known known) {
    var waiting = known.tasks().waitingByPriority();
    var priorities = new TreeSet<Integer>(Comparator.reverseOrder());
    priorities.addAll(waiting.keySet());
    priorities.add(0);
    var accepted = known.figures().times("reservation.accepted");
    var estimates = new ArrayList<EstimatedWait>();
    var ahead = 0L;
    for (var priority : priorities) {
      if (order == TaskOrder.FIFO) {
        ahead += waiting.getOrDefault(priority, 0L);
      }
      var seconds =
          accepted == 0 ? null : (Long) Math.round((ahead + 1) * window.seconds() / accepted);
      estimates.add(new EstimatedWait(priority, ahead, seconds));
    }
    return estimates;
  }
}
