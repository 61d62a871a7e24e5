package dev.muster.rules;

import static dev.muster.rules.Warning.Code.NO_WORKER;
import static dev.muster.rules.Warning.Code.QUEUE_CLOSED;
import static dev.muster.rules.Warning.Code.QUEUE_UNKNOWN;

import dev.muster.rules.Instruction.Target;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what an instruction probably does not mean. It only warns: whatever {@link
 * Instruction#parse} accepts may go live, if its queues are there by then. A warning that a filter,
 * a target or a step is of no use is never wrong as far as the given {@link World} goes; not
 * everything that could be warned of is found.
 */
public final class Lint {

  /** Most warnings about one instruction. */
  public static final int MAX_WARNINGS = 500;

  private final World world;
  private final QueueNames queues;
  private final Findings findings = new Findings();
  private final Names names;
  private final Staffing staffing;

  private Lint(World world) {
    this.world = world;
    this.queues = new QueueNames(world.queues());
    this.names = new Names(world, findings);
    this.staffing = new Staffing(world);
  }

  /**
   * The warnings about a document, in its order, with their positions in its text.
   *
   * @throws InstructionError if it is no instruction
   */
  public static List<Warning> of(String json, World world) {
    return of(Instruction.parse(json), json, world);
  }

  /** The warnings about an instruction, in its order, without positions. */
  public static List<Warning> of(Instruction instruction, World world) {
    return of(instruction, null, world);
  }

  private static List<Warning> of(Instruction instruction, @Nullable String json, World world) {
    var lint = new Lint(world);
    lint.look(instruction.withQueues(named -> lint.queues.sid(named).orElse(named)));
    return lint.findings.warnings(json);
  }

  private void look(Instruction instruction) {
    var reach = new Reach(instruction, world, findings);
    for (int at = 0; at < instruction.filters().size(); at++) {
      var where = "task_routing.filters[" + at + "]";
      var filter = instruction.filters().get(at);
      reach.look(at);
      names.inFilter(where + ".expression", filter.expression());
      for (int target = 0; target < filter.targets().size(); target++) {
        look(where + ".targets[" + target + "]", filter.expression(), filter.targets().get(target));
      }
    }
    if (instruction.defaultFilter() instanceof Target fallback) {
      look("task_routing.default_filter", null, fallback);
    }
  }

  private void look(String where, @Nullable Expression filter, Target target) {
    if (target.expression() instanceof Expression expression) {
      names.inTarget(where + ".expression", expression);
    }
    if (target.orderBy() instanceof OrderBy order) {
      names.inOrderBy(where + ".order_by", order);
    }
    if (target.skipIf() instanceof Expression skipIf) {
      names.inSkipIf(where + ".skip_if", skipIf);
    }
    switch (target.knownWorker()) {
      case null -> {}
      case KnownWorker.BySid known ->
          names.inKnownWorker(where + ".known_worker_sid", known.reference());
      case KnownWorker.ByFriendlyName known ->
          names.inKnownWorker(where + ".known_worker_friendly_name", known.reference());
    }
    if (!world.queues().isEmpty() && !world.queues().containsKey(target.queue())) {
      findings.add(QUEUE_UNKNOWN, where + ".queue", unknownQueue(target.queue()));
    } else {
      inQueue(where, filter, target);
    }
  }

  private void inQueue(String where, @Nullable Expression filter, Target target) {
    var queues = world.outlook(target.queue()).queues();
    if (!queues.contains(target.queue())) {
      findings.add(QUEUE_CLOSED, where + ".queue", closed(target.queue(), queues));
    }
    if (!queues.isEmpty() && !staffing.mayServe(filter, target)) {
      findings.add(
          NO_WORKER,
          where,
          "No present worker of queue %s can serve this step, whatever the task is"
              .formatted(names(queues)));
    }
  }

  private String closed(String queue, Set<String> instead) {
    var then =
        instead.isEmpty()
            ? "tasks pass over this step as if its time were over"
            : "tasks of this step wait in queue " + names(instead);
    return "The operator has closed queue %s: %s".formatted(names(Set.of(queue)), then);
  }

  private String names(Set<String> queues) {
    return queues.stream()
        .map(queue -> world.queues().getOrDefault(queue, queue))
        .sorted()
        .collect(Collectors.joining(" or "));
  }

  private String unknownQueue(String queue) {
    return "There is no queue "
        + Values.shown(queue, 80)
        + queues.nearest(queue).map(name -> "; the nearest is " + name).orElse("");
  }
}
