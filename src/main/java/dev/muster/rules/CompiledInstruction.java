package dev.muster.rules;

import dev.muster.rules.Decision.Default;
import dev.muster.rules.Decision.Matched;
import dev.muster.rules.Decision.Nothing;

/**
 * One version of an instruction, ready to decide. Immutable and free to share between threads; to
 * go live with another version one exchanges the reference, and there is nothing to close.
 */
public final class CompiledInstruction {

  private static final int CHECKED_TASKS = 300;

  private final String name;
  private final Instruction instruction;
  private final FilterRules rules;

  private CompiledInstruction(String name, Instruction instruction, FilterRules rules) {
    this.name = name;
    this.instruction = instruction;
    this.rules = rules;
  }

  /**
   * Compiles all filters.
   *
   * @param name says in messages which instruction this is; it is data and has no effect
   */
  public static CompiledInstruction compile(String name, Instruction instruction) {
    return new CompiledInstruction(name, instruction, FilterRules.compile(instruction.filters()));
  }

  /**
   * Loads the rule engine, so that not the first tenant pays the quarter of a second that the first
   * build takes.
   */
  public static void warmUp() {
    var instruction =
        Instruction.parse(
            """
            {"task_routing": {"filters": [
              {"expression": "a == 'x' AND b > 1 OR c HAS 'y'", "targets": [{"queue": "none"}]},
              {"expression": "a == 'y'", "targets": [{"queue": "none"}]},
              {"expression": "a == 'z' AND d == 1", "targets": [{"queue": "none"}]}]}}
            """);
    compile("warm-up", instruction).verify(0);
  }

  public String name() {
    return name;
  }

  public Instruction instruction() {
    return instruction;
  }

  /** The first filter that holds for the task, else the default filter if there is one. */
  public Decision decide(Attributes task) {
    int filter = rules.first(task);
    return filter >= 0 ? new Matched(filter) : none();
  }

  /**
   * The first filter after {@code filter} that holds for the task, or {@link Nothing}; never the
   * default, which the caller grants to tasks that were skipped and denies to tasks that timed out.
   */
  public Decision decideAfter(int filter, Attributes task) {
    int next = walk(filter + 1, task);
    return next >= 0 ? new Matched(next) : new Nothing();
  }

  /**
   * As {@link #decide}, with the reasons. Costs far more: it is for people who ask why.
   *
   * @throws IllegalStateException if the rule engine decides otherwise than the expressions say
   */
  public InstructionTrace trace(Attributes task) {
    return InstructionTrace.of(this, task);
  }

  /** About how many bytes of heap this holds, for a cache that is bounded by weight. */
  public long weight() {
    return rules.weight();
  }

  /**
   * Compares the rule engine's answers with those of the expressions themselves, on a few hundred
   * tasks made from the instruction's own values. Takes some milliseconds. Meant for each save and
   * each upgrade of the engine.
   *
   * @throws IllegalStateException if they ever differ; then the instruction must not go live
   */
  public void verify(long seed) {
    var tasks = new SyntheticTasks(instruction, seed);
    for (int round = 0; round < CHECKED_TASKS; round++) {
      var task = tasks.next();
      var decided = decide(task);
      var expected = decideByWalking(task);
      if (!decided.equals(expected)) {
        throw new IllegalStateException(
            "Expected %s to decide %s, but the rule engine decided %s, for %s with seed %d"
                .formatted(name, expected, decided, task.canonical(), seed));
      }
    }
  }

  /** What {@link #decide} must answer, by testing one filter after the other. */
  Decision decideByWalking(Attributes task) {
    int filter = walk(0, task);
    return filter >= 0 ? new Matched(filter) : none();
  }

  /** What is decided if no filter holds. */
  Decision none() {
    return instruction.defaultFilter() == null ? new Nothing() : new Default();
  }

  private int walk(int from, Attributes task) {
    var filters = instruction.filters();
    for (int filter = from; filter < filters.size(); filter++) {
      if (filters.get(filter).expression().test(task)) {
        return filter;
      }
    }
    return -1;
  }
}
