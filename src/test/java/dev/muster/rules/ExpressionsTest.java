package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rules.Scope.BuiltIns;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpressionsTest {

  @Test
  void saysTheSameAsEachExpressionAlone() {
    long seed = RandomRules.seed();
    var rules = new RandomRules(seed);
    for (int round = 0; round < 300; round++) {
      var all =
          IntStream.range(0, 20).mapToObj(i -> Expression.parse(rules.expression(2, ""))).toList();
      var together = Expressions.of(all);
      for (int task = 0; task < 20; task++) {
        var attributes = rules.task();
        var alone = IntStream.range(0, 20).filter(i -> all.get(i).test(attributes));

        assertThat(together.test(attributes).stream())
            .as("seed %d, %s, %s", seed, attributes.canonical(), all)
            .containsExactlyElementsOf(alone.boxed().toList());
      }
    }
  }

  @Test
  void readsMoreNamesThanItRemembers() {
    var all =
        IntStream.range(0, 600).mapToObj(i -> Expression.parse("a" + i + " == " + i)).toList();

    assertThat(
            Expressions.of(all).test(Attributes.parse("{\"a3\": 3, \"a599\": \"599\"}")).stream())
        .containsExactly(3, 599);
  }

  @Test
  void readsAnyScope() {
    var expressions = List.of(Expression.parse("sid == 'WK1'"), Expression.parse("level > 2"));
    var worker =
        Scope.unprefixed(Attributes.parse("{\"level\": 3}"), BuiltIns.of(Map.of("sid", "WK2")));

    assertThat(Expressions.of(expressions).test(worker).stream()).containsExactly(1);
  }
}
