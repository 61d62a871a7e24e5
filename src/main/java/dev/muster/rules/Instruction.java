package dev.muster.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's configuration document, read and checked: filters in order, of which the first that
 * holds for a task gives it its steps, and perhaps a default for tasks that no filter wants.
 */
public record Instruction(List<Filter> filters, @Nullable Target defaultFilter) {

  /** Longest document, in bytes of UTF-8. */
  public static final int MAX_BYTES = 1_038_576;

  public static final int MAX_FILTERS = 5_000;

  public static final int MAX_TARGETS = 1_000;

  /**
   * Tasks for which the expression holds go through the targets in order. There is at least one.
   */
  public record Filter(@Nullable String name, Expression expression, List<Target> targets) {

    public Filter {
      targets = List.copyOf(targets);
    }

    private Filter withQueues(UnaryOperator<String> queues) {
      return new Filter(
          name, expression, targets.stream().map(target -> target.withQueue(queues)).toList());
    }
  }

  /**
   * One routing step.
   *
   * @param queue whose workers are asked, as the document names it; of the target before if the
   *     document names none
   * @param expression narrows the queue's workers, over {@code task.…} and {@code worker.…}; null
   *     for all of them
   * @param priority what the task's priority becomes; null to leave it
   * @param timeoutSeconds how long the step lasts, more than 0; null for as long as the task lives
   * @param orderBy null for the longest idle first
   * @param skipIf over {@code workers.…}; null for never
   * @param knownWorker null if the step is for any worker
   */
  public record Target(
      String queue,
      @Nullable Expression expression,
      @Nullable Integer priority,
      @Nullable Integer timeoutSeconds,
      @Nullable OrderBy orderBy,
      @Nullable Expression skipIf,
      @Nullable KnownWorker knownWorker) {

    private Target withQueue(UnaryOperator<String> queues) {
      return new Target(
          queues.apply(queue), expression, priority, timeoutSeconds, orderBy, skipIf, knownWorker);
    }
  }

  /**
   * A queue as the document names it, by sid or by friendly name, and where: for example {@code
   * task_routing.filters[2].targets[0].queue}.
   */
  public record QueueReference(String where, String queue) {}

  public Instruction {
    filters = List.copyOf(filters);
  }

  /**
   * Reads a document. Unknown names in it are ignored; {@code null} and blank text count as absent;
   * {@code priority} and {@code timeout} may be numeric strings; {@code friendly_name}, or {@code
   * friendlyName} as the SDK for Java writes it, stands in for {@code filter_friendly_name} and
   * {@code task_queue_sid} for {@code queue}. A timeout in the default filter is ignored, for the
   * default has none. Whether queues exist is not checked here, see {@link #queues}.
   *
   * @throws InstructionError if the document is not JSON of the right shape or is beyond a limit,
   *     an expression does not parse, a filter has no expression or no target, its first target or
   *     the default filter has no queue, a timeout is not above 0, or a target names a worker twice
   *     or by anything but {@code task.<attribute>}
   */
  public static Instruction parse(String json) {
    return InstructionReader.read(json);
  }

  /**
   * Every use of a queue, in document order; a target that inherits its queue is listed as well.
   */
  public List<QueueReference> queues() {
    var queues = new ArrayList<QueueReference>();
    for (int filter = 0; filter < filters.size(); filter++) {
      var targets = filters.get(filter).targets();
      for (int target = 0; target < targets.size(); target++) {
        queues.add(
            new QueueReference(
                "task_routing.filters[" + filter + "].targets[" + target + "].queue",
                targets.get(target).queue()));
      }
    }
    if (defaultFilter != null) {
      queues.add(new QueueReference("task_routing.default_filter.queue", defaultFilter.queue()));
    }
    return List.copyOf(queues);
  }

  /**
   * The same instruction with other words for its queues: sids in place of the names that the
   * document uses.
   *
   * @param queues the new word for each queue
   */
  public Instruction withQueues(UnaryOperator<String> queues) {
    return new Instruction(
        filters.stream().map(filter -> filter.withQueues(queues)).toList(),
        defaultFilter == null ? null : defaultFilter.withQueue(queues));
  }
}
