package dev.muster.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.statistics.Durations.Seconds;
import dev.muster.statistics.Waits.End;
import dev.muster.statistics.Waits.Since;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a workspace, a queue or a workflow, on the wire.
 *
 * @param avgTaskAcceptanceTime seconds from the creation of a task to its acceptance
 * @param splitByWaitTime by threshold; null if none was asked for
 * @param waitDurationInQueueUntilAccepted only of a queue
 * @param tasksCreated only of a workspace
 * @param tasksEntered only of a queue or workflow
 * @param tasksTimedOutInWorkflow of anything but a queue
 */
record Cumulated(
    Instant startTime,
    Instant endTime,
    Number avgTaskAcceptanceTime,
    @JsonUnwrapped OfferCounts offers,
    @Nullable Map<Integer, Split> splitByWaitTime,
    Seconds waitDurationUntilAccepted,
    Seconds waitDurationUntilCanceled,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Seconds waitDurationInQueueUntilAccepted,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long tasksCreated,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long tasksEntered,
    long tasksCanceled,
    long tasksCompleted,
    long tasksDeleted,
    long tasksMoved,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long tasksTimedOutInWorkflow) {

  private static final String ACCEPTED = "reservation.accepted";
  private static final String CANCELED = "task.canceled";

  /** How the wire has the mean: in whole seconds, or beside real-time figures with fractions. */
  enum Mean {
    WHOLE,
    EXACT
  }

  record Counts(long tasksCanceled, long reservationsAccepted) {}

  /** How many waited for longer than a threshold, and how many for at most as long. */
  record Split(Counts above, Counts below) {

    static Split of(Waits waits, int seconds) {
      var canceled = waits.within(seconds, End.CANCELED, Since.CREATION);
      var accepted = waits.within(seconds, End.ACCEPTED, Since.CREATION);
      return new Split(
          new Counts(
              waits.all(End.CANCELED, Since.CREATION) - canceled,
              waits.all(End.ACCEPTED, Since.CREATION) - accepted),
          new Counts(canceled, accepted));
    }
  }

  static Cumulated of(Scope scope, Question question, Figures figures, Waits waits, Mean mean) {
    var accepted = figures.of(ACCEPTED);
    var average = accepted.measured().average();
    return new Cumulated(
        question.window().start(),
        question.window().end(),
        mean == Mean.WHOLE ? (Number) Math.round(average) : (Number) average,
        OfferCounts.of(figures),
        split(question, waits),
        accepted.measured().seconds(),
        figures.of(CANCELED).measured().seconds(),
        scope == Scope.QUEUE ? accepted.inQueue().seconds() : null,
        scope == Scope.WORKSPACE ? figures.times("task.created") : null,
        entered(scope, figures),
        figures.times(CANCELED),
        figures.times("task.completed"),
        figures.times("task.deleted") + figures.times("task.system-deleted"),
        figures.times("task-queue.moved"),
        scope == Scope.QUEUE ? null : figures.times("workflow.timeout"));
  }

  private static @Nullable Long entered(Scope scope, Figures figures) {
    return switch (scope) {
      case WORKSPACE -> null;
      case QUEUE -> figures.times("task-queue.entered");
      case WORKFLOW -> figures.times("workflow.entered");
    };
  }

  private static @Nullable Map<Integer, Split> split(Question question, Waits waits) {
    if (question.thresholds().isEmpty()) {
      return null;
    }
    var split = new LinkedHashMap<Integer, Split>();
    question.thresholds().forEach(seconds -> split.put(seconds, Split.of(waits, seconds)));
    return split;
  }
}
