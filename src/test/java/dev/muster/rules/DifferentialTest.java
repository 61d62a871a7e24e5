package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rules.Decision.Matched;
import org.junit.jupiter.api.Test;

/**
 * The rule engine against the expressions themselves. It has ways to be silently wrong if
 * conditions are named or indexed wrongly; this test is the gate for every change in {@link
 * FilterRules} and every upgrade of the engine.
 */
class DifferentialTest {

  private static final int INSTRUCTIONS = Integer.getInteger("muster.instructions", 4_000);
  private static final int TASKS = 40;

  @Test
  void decidesAsTheExpressionsSay() {
    long seed = RandomRules.seed();
    var rules = new RandomRules(seed);
    int matched = 0;
    for (int round = 0; round < INSTRUCTIONS; round++) {
      var compiled = CompiledInstruction.compile("random", rules.instruction());
      for (int task = 0; task < TASKS; task++) {
        var attributes = rules.task();
        var decision = compiled.decide(attributes);

        if (!decision.equals(compiled.decideByWalking(attributes))) {
          assertThat(decision)
              .as("seed %d, %s, %s", seed, attributes.canonical(), compiled.instruction())
              .isEqualTo(compiled.decideByWalking(attributes));
        }
        matched += decision instanceof Matched ? 1 : 0;
      }
    }
    assertThat(matched).isBetween(INSTRUCTIONS * TASKS / 10, INSTRUCTIONS * TASKS * 95 / 100);
  }

  @Test
  void passesItsOwnSelfCheck() {
    long seed = RandomRules.seed();
    var rules = new RandomRules(seed);
    for (int round = 0; round < 200; round++) {
      CompiledInstruction.compile("random", rules.instruction()).verify(seed + round);
    }
  }
}
