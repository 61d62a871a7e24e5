package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rules.Decision.Default;
import dev.muster.rules.Decision.Matched;
import dev.muster.rules.Decision.Nothing;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompiledInstructionTest {

  @Test
  void takesTheFirstFilterThatHolds() {
    var compiled = compiled("a == 1", "b == 1", "a == 1 AND b == 1", "a == 2 OR b == 2");

    assertThat(decision(compiled, "{\"a\": 1, \"b\": 1}")).isEqualTo(new Matched(0));
    assertThat(decision(compiled, "{\"a\": 2, \"b\": 1}")).isEqualTo(new Matched(1));
    assertThat(decision(compiled, "{\"b\": 2}")).isEqualTo(new Matched(3));
    assertThat(decision(compiled, "{\"b\": 3}")).isEqualTo(new Nothing());
  }

  @Test
  void fallsBackToTheDefaultIfThereIsOne() {
    var compiled =
        CompiledInstruction.compile(
            "default only",
            Instruction.parse("{\"task_routing\": {\"default_filter\": {\"queue\": \"WQ\"}}}"));

    assertThat(compiled.decide(Attributes.EMPTY)).isEqualTo(new Default());
    assertThat(compiled.decideAfter(0, Attributes.EMPTY)).isEqualTo(new Nothing());
    assertThat(decision(compiled(), "{}")).isEqualTo(new Nothing());
  }

  @Test
  void goesOnBelowAFilter() {
    var compiled = compiled("a == 1", "b == 1", "a == 1");
    var task = Attributes.parse("{\"a\": 1}");

    assertThat(compiled.decideAfter(0, task)).isEqualTo(new Matched(2));
    assertThat(compiled.decideAfter(2, task)).isEqualTo(new Nothing());
  }

  @Test
  void findsNumbersAndNumericStringsThroughTheIndex() {
    var compiled =
        compiled(
            "a == 1",
            "a == 2",
            "a == 3",
            "a == '4'",
            "a == '5'",
            "a == 'x'",
            "a == 'y'",
            "a == 'true'",
            "a == true",
            "a == false",
            "a == null",
            "a == '1.0'");

    assertThat(
            Stream.of(
                    "1",
                    "\"1\"",
                    "1.0",
                    "\"1.00\"",
                    "\"2\"",
                    "3e0",
                    "4",
                    "\"4\"",
                    "\"4.0\"",
                    "5",
                    "\"x\"",
                    "\"y\"",
                    "\"true\"",
                    "true",
                    "false",
                    "null",
                    "\"1.0\"",
                    "[1]",
                    "{}")
                .map(value -> decision(compiled, "{\"a\": " + value + "}"))
                .map(decision -> decision instanceof Matched matched ? matched.filter() : -1))
        .containsExactly(0, 0, 0, 0, 1, 2, 3, 3, -1, 4, 5, 6, 7, 8, 9, 10, 0, -1, -1);
  }

  @Test
  void sharesEqualConditionsBetweenFilters() {
    var compiled =
        compiled(
            "a == 'x' AND b == 1",
            "'x' = a AND b == 2",
            "b == 2.0 AND a == \"x\" AND c == 1",
            "a == 'x' AND a == 'x'",
            "b == 3",
            "b == 4",
            "b == 5 OR b == 5.0");

    assertThat(decision(compiled, "{\"a\": \"x\", \"b\": \"2\"}")).isEqualTo(new Matched(1));
    assertThat(decision(compiled, "{\"a\": \"x\", \"b\": 7}")).isEqualTo(new Matched(3));
    assertThat(decision(compiled, "{\"b\": 5}")).isEqualTo(new Matched(6));
  }

  @Test
  void holdsAThousandFilters() {
    var compiled =
        compiled(
            IntStream.range(0, 1_000)
                .mapToObj(i -> "product == 'p" + i + "' AND level >= " + i % 5)
                .toArray(String[]::new));

    assertThat(decision(compiled, "{\"product\": \"p999\", \"level\": 4}"))
        .isEqualTo(new Matched(999));
    assertThat(decision(compiled, "{\"product\": \"p999\", \"level\": 3}"))
        .isEqualTo(new Nothing());
    compiled.verify(1);
  }

  @Test
  void keepsMoreAlternativesThanItSplits() {
    var many =
        IntStream.range(0, 20).mapToObj(i -> "a == " + i).collect(Collectors.joining(" OR "));
    var compiled = compiled("b == 1", many, "c == 1");

    assertThat(decision(compiled, "{\"a\": \"19\"}")).isEqualTo(new Matched(1));
  }

  @Test
  void takesTextThatLooksLikeCodeAsText() {
    var hostile = "\\\" then System.exit(1); end rule \\\"x; // ${1} #{1} \\u0000";
    var compiled = compiled("a == \"" + hostile + "\"", "a CONTAINS 'exit'", "a == 'other'");

    assertThat(decision(compiled, "{\"a\": \"System.exit\"}")).isEqualTo(new Matched(1));
    assertThat(
            compiled.decide(
                Attributes.of(
                    java.util.Map.of(
                        "a", "\" then System.exit(1); end rule \"x; // ${1} #{1} u0000"))))
        .isEqualTo(new Matched(0));
  }

  @Test
  void weighsMoreTheMoreItHolds() {
    var none = compiled().weight();
    var one = compiled("a == 1").weight();
    var split = compiled("a == 1 OR a == 2").weight();

    assertThat(none).isPositive();
    assertThat(one).isGreaterThan(none + 5_000);
    assertThat(split).isGreaterThan(one + 5_000);
  }

  @Test
  void checksItselfOnItsOwnValues() {
    compiled("a == 1 AND b IN ['x', 'y']", "c.d[2] HAS 'z' OR e CONTAINS 'q'", "NOT f == null")
        .verify(3);
    compiled().verify(3);
  }

  @Test
  void findsMatchesForEveryFilterWhenItChecksItself() {
    var instruction =
        instruction(
            "a == 1 AND b IN ['x', 'y'] AND c > 7",
            "d.e HAS 'z' AND g[1] == '5'",
            "h CONTAINS 'q'");
    var tasks = new SyntheticTasks(instruction, 11);

    var hits =
        Stream.generate(tasks::next)
            .limit(300)
            .map(CompiledInstruction.compile("x", instruction)::decide)
            .collect(Collectors.groupingBy(decision -> decision, Collectors.counting()));

    assertThat(hits)
        .containsOnlyKeys(new Matched(0), new Matched(1), new Matched(2), new Nothing());
    assertThat(hits.values()).allMatch(count -> count > 10);
  }

  @Test
  void warmsUp() {
    CompiledInstruction.warmUp();
  }

  static CompiledInstruction compiled(String... expressions) {
    return CompiledInstruction.compile("test", instruction(expressions));
  }

  private static Instruction instruction(String... expressions) {
    return Instruction.parse(
        Stream.of(expressions)
            .map(
                expression ->
                    "{\"expression\": %s, \"targets\": [{\"queue\": \"WQ\"}]}"
                        .formatted(Values.canonical(expression)))
            .collect(Collectors.joining(",", "{\"task_routing\": {\"filters\": [", "]}}")));
  }

  private static Decision decision(CompiledInstruction compiled, String task) {
    return compiled.decide(Attributes.parse(task));
  }
}
