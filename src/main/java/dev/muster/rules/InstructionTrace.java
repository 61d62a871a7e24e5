package dev.muster.rules;

import dev.muster.rules.Decision.Matched;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an instruction came to its decision about a task: the filters it tried, in order, up to and
 * including the first that holds.
 */
public record InstructionTrace(List<Tried> tried, Decision decision) {

  /**
   * A filter that was tried.
   *
   * @param filter counted from 0
   */
  public record Tried(int filter, @Nullable String name, Trace trace) {}

  public InstructionTrace {
    tried = List.copyOf(tried);
  }

  static InstructionTrace of(CompiledInstruction compiled, Attributes task) {
    var tried = new ArrayList<Tried>();
    var decision = compiled.none();
    for (var filter : compiled.instruction().filters()) {
      var trace = Trace.of(filter.expression(), task);
      tried.add(new Tried(tried.size(), filter.name(), trace));
      if (trace.holds()) {
        decision = new Matched(tried.size() - 1);
        break;
      }
    }
    var decided = compiled.decide(task);
    if (!decided.equals(decision)) {
      throw new IllegalStateException(
          "Expected %s to decide %s as its expressions say, but the rule engine decided %s"
              .formatted(compiled.name(), decision, decided));
    }
    return new InstructionTrace(tried, decision);
  }
}
