package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImplicationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a == 'x' | a == \"x\"",
        "a == 'x' AND b > 1 | a == 'x'",
        "a == 'x' AND b > 1 | b > 1 AND a == 'x'",
        "a == 'x' | a == 'x' OR b == 1",
        "a == 'x' OR a == 'y' | a IN ['x', 'y', 'z']",
        "a IN ['x', 'y'] | a == 'y' OR a == 'x' OR a IN ['x', 'y']",
        "a IN ['x', 'y'] | a IN ['y', 'z', 'x']",
        "a > 5 | a > 4",
        "a > 5 | a >= 5",
        "a >= 5 | a > 4.9",
        "a < 5 | a <= 5",
        "a < 5 | a != 5",
        "a == 5 | a > 4",
        "a == '5' | a == 5",
        "a == 'x' | a != 'y'",
        "a == 'x' | a CONTAINS 'x'",
        "a == 'x' | a != null",
        "a HAS 'x' | a != null",
        "NOT a > 4 | NOT a > 5",
        "b == 1 | 1 == 1",
        "1 == 2 | b == 1",
      })
  void seesThatTheSecondHoldsWhereverTheFirstDoes(String first, String second) {
    assertThat(holds(first, second)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a == 'x' | a == 'x' AND b == 1",
        "a == 'x' OR b == 1 | a == 'x'",
        "a == 5 | a == '5'",
        "a == 5 | a CONTAINS '5'",
        "a == 5 | a IN ['5']",
        "a > 4 | a > 5",
        "a >= 5 | a > 5",
        "a > 5 | a < 9",
        "a > '5' | a > 4",
        "a != 'x' | a != null",
        "a > 5 | b > 5",
        "NOT a > 5 | NOT a > 4",
        "a IN ['x', null] | a != null",
      })
  void saysNothingWithoutProof(String first, String second) {
    assertThat(holds(first, second)).isFalse();
  }

  @Test
  void isNeverWrongAboutRandomExpressions() {
    long seed = RandomRules.seed();
    var rules = new RandomRules(seed);
    int seen = 0;
    for (int round = 0; round < 60_000; round++) {
      var first = Expression.parse(rules.expression(round % 3, "")).given(Scope.NOTHING);
      var second = Expression.parse(rules.expression(round % 2, "")).given(Scope.NOTHING);
      if (new Implication(1_000).holds(first, second)) {
        seen++;
        for (int task = 0; task < 40; task++) {
          var attributes = rules.task();
          assertThat(first.test(attributes) && !second.test(attributes))
              .as("seed %d, %s: %s => %s", seed, attributes.canonical(), first, second)
              .isFalse();
        }
      }
    }
    assertThat(seen).isGreaterThan(100);
  }

  @Test
  void givesUpWhenItsStepsAreUsedUp() {
    var first = Expression.parse("a == 1 AND b == 1");
    var second = Expression.parse("b == 1");

    assertThat(new Implication(1).holds(first, second)).isFalse();
    assertThat(new Implication(9).holds(first, second)).isTrue();
  }

  private static boolean holds(String first, String second) {
    return new Implication(1_000)
        .holds(
            Expression.parse(first).given(Scope.NOTHING),
            Expression.parse(second).given(Scope.NOTHING));
  }
}
