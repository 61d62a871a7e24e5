package dev.muster.rules;

import static dev.muster.rules.Warning.Code.FILTER_NEVER_HOLDS;
import static dev.muster.rules.Warning.Code.FILTER_UNREACHABLE;
import static dev.muster.rules.Warning.Code.LATER_FILTERS_HIDDEN;
import static dev.muster.rules.Warning.Code.TARGET_UNREACHABLE;

import dev.muster.rules.Expression.Constant;
import dev.muster.rules.Instruction.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for filters and targets that tasks do not come to. A filter lets go of its tasks only if
 * each of its targets has a time-out or a {@code skip_if}, or a policy of the operator may close
 * its queue.
 */
final class Reach {

  private static final int REASONING_STEPS = 1_000_000;

  /** What looking for tasks that two filters share may cost, in comparisons. */
  private static final int TESTS = 200_000;

  /** As many characters of an expression as cost about as much as one comparison. */
  private static final int CHARACTERS = 32;

  private static final int TRIES = 20;
  private static final int SHOWN = 60;
  private static final long SEED = 1;

  private final Instruction instruction;
  private final List<Expression> filters;
  private final Findings findings;
  private final Implication implication = new Implication(REASONING_STEPS);
  private final SyntheticTasks tasks;
  private final int[] costs;
  private final int[] ends;
  private final Map<Integer, Integer> keepers = new HashMap<>();
  private int tests = TESTS;

  Reach(Instruction instruction, World world, Findings findings) {
    this.instruction = instruction;
    this.filters =
        instruction.filters().stream()
            .map(filter -> filter.expression().given(Scope.NOTHING))
            .toList();
    this.costs =
        filters.stream().mapToInt(filter -> 1 + filter.canonical().length() / CHARACTERS).toArray();
    this.ends =
        instruction.filters().stream().mapToInt(filter -> end(filter.targets(), world)).toArray();
    this.findings = findings;
    this.tasks = new SyntheticTasks(instruction, SEED);
    for (int filter = 0; filter < filters.size(); filter++) {
      int keeper = keeperOf(filter);
      if (keeper >= 0) {
        keepers.put(filter, keeper);
      }
    }
  }

  void look(int filter) {
    var where = "task_routing.filters[" + filter + "]";
    if (is(filter, false)) {
      findings.add(
          FILTER_NEVER_HOLDS, where + ".expression", "The filter holds for no task whatever it is");
      return;
    }
    if (keepers.get(filter) instanceof Integer keeper) {
      findings.add(
          FILTER_UNREACHABLE,
          where + ".expression",
          "No task comes to this filter, for %s holds for all its tasks and targets[%d] there has neither timeout nor skip_if"
              .formatted(named(keeper), end(keeper)));
      return;
    }
    int end = end(filter);
    int last = instruction.filters().get(filter).targets().size() - 1;
    if (end >= 0 && end < last) {
      findings.add(
          TARGET_UNREACHABLE,
          where + ".targets[" + (end + 1) + "]",
          "No task comes to this target, for targets[%d] has neither timeout nor skip_if"
              .formatted(end));
    }
    int hidden = end < 0 ? -1 : hiddenBy(filter);
    if (hidden >= 0) {
      findings.add(
          LATER_FILTERS_HIDDEN,
          where + ".targets[" + end + "]",
          "Tasks stay here until they are assigned, for the target has no timeout; so those that %s holds for too never come to it"
              .formatted(named(hidden)));
    }
  }

  /** An earlier filter that takes all tasks of this one and keeps them, or -1. */
  private int keeperOf(int filter) {
    for (int earlier = 0; earlier < filter; earlier++) {
      if (end(earlier) >= 0
          && !is(filter, false)
          && implication.holds(filters.get(filter), filters.get(earlier))) {
        return earlier;
      }
    }
    return -1;
  }

  /**
   * A later filter that holds for a task which this one takes first, or -1. There is such a task:
   * it was tried. A filter for all that is left hides behind every other and means to.
   */
  private int hiddenBy(int filter) {
    for (int later = filter + 1; later < filters.size(); later++) {
      if (!is(later, true) && !is(later, false) && !keepers.containsKey(later)) {
        for (int round = 0; round < TRIES && tests > 0; round++) {
          boolean exactly = round < TRIES / 2;
          var task =
              round % 2 == 0
                  ? tasks.aimedAt(filter, later, exactly)
                  : tasks.aimedAt(later, filter, exactly);
          tests -= costs[filter] + costs[later];
          if (holds(filter, task) && holds(later, task) && isFirst(filter, task)) {
            return later;
          }
        }
      }
    }
    return -1;
  }

  private boolean isFirst(int filter, Attributes task) {
    for (int earlier = 0; earlier < filter; earlier++) {
      tests -= costs[earlier];
      if (holds(earlier, task)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(int filter, Attributes task) {
    return filters.get(filter).test(task);
  }

  private boolean is(int filter, boolean value) {
    return filters.get(filter) instanceof Constant constant && constant.value() == value;
  }

  /** The target that tasks do not leave, or -1. */
  private int end(int filter) {
    return ends[filter];
  }

  private static int end(List<Target> targets, World world) {
    for (int target = 0; target < targets.size(); target++) {
      if (keeps(targets.get(target), world)) {
        return target;
      }
    }
    return -1;
  }

  private static boolean keeps(Target target, World world) {
    return target.timeoutSeconds() == null
        && target.skipIf() == null
        && !world.outlook(target.queue()).maySkip();
  }

  private String named(int filter) {
    var name = instruction.filters().get(filter).name();
    return "filters["
        + filter
        + "]"
        + (name == null ? "" : " (" + Values.canonical(Values.shown(name, SHOWN)) + ")");
  }
}
