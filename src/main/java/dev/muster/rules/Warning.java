package dev.muster.rules;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something in a configuration document that is allowed and probably not meant.
 *
 * @param message a sentence for the person who wrote the document
 * @param where the place, for example {@code task_routing.filters[2].targets[0].expression}
 * @param position the place in the JSON text, or null if the text is not known
 */
public record Warning(Code code, String message, String where, @Nullable Position position) {

  /** The kind of warning; its {@link #text} is stable. */
  public enum Code {
    /** No task ever comes to the filter: an earlier one takes them all and keeps them. */
    FILTER_UNREACHABLE,
    /** The filter holds for no task. */
    FILTER_NEVER_HOLDS,
    /** A target has no time-out, so tasks never come to later filters that hold for them too. */
    LATER_FILTERS_HIDDEN,
    /** An earlier target of the filter has no time-out and no skip_if. */
    TARGET_UNREACHABLE,
    /** No task or worker has ever had the attribute. */
    ATTRIBUTE_UNKNOWN,
    /** The comparison holds for none of the kinds of value that were ever seen there. */
    COMPARISON_NEVER_HOLDS,
    /** No present worker can serve the step, whatever the task is. */
    NO_WORKER,
    /** A name without {@code task.}, {@code worker.} or {@code workers.}, or with the wrong one. */
    PREFIX_WRONG,
    /** There is no such queue. */
    QUEUE_UNKNOWN,
    /** A policy of the operator closes the queue at present, whatever the task is. */
    QUEUE_CLOSED,
    /** There is no such activity, so its count is 0. */
    ACTIVITY_UNKNOWN,
    /** The clause orders by what was never a number. */
    ORDER_WITHOUT_NUMBERS;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
