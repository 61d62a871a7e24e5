package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rules.Decision.Default;
import dev.muster.rules.Decision.Matched;
import dev.muster.rules.Decision.Nothing;
import dev.muster.rules.Scope.BuiltIns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {

  private static final Attributes ANNA =
      Attributes.parse(
          """
          {"level": 1, "rank": "high", "skills": ["en", "fr"], "team": {"name": "blue"},
           "trainee": true, "grade": "5", "nothing": null}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "worker.level >= 3 | worker.level >= 3 is false because worker.level is 1",
        "3 <= worker.level | worker.level >= 3 is false because worker.level is 1",
        "worker.age >= 3 | worker.age >= 3 is false because worker.age is missing",
        "worker.nothing == 1 | worker.nothing == 1 is false because worker.nothing is missing",
        "worker.rank > 3 | worker.rank > 3 is false because worker.rank is the text \"high\"",
        "worker.rank == 'low' | worker.rank == \"low\" is false because worker.rank is \"high\"",
        "worker.skills == 'en' | worker.skills == \"en\" is false because worker.skills is the array"
            + " [\"en\", \"fr\"]",
        "worker.skills HAS 'de' | worker.skills HAS \"de\" is false because worker.skills is the"
            + " array [\"en\", \"fr\"]",
        "worker.team == 'blue' | worker.team == \"blue\" is false because worker.team is an object",
        "worker.trainee != true | worker.trainee != true is false because worker.trainee is true",
        "task.language IN worker.skills | task.language IN worker.skills is false because"
            + " task.language is \"de\" and worker.skills is the array [\"en\", \"fr\"]",
        "worker.level IN [2, task.level] | worker.level IN [2, task.level] is false because"
            + " worker.level is 1 and [2, task.level] is the array [2, 7]",
        "worker.level > worker.level | worker.level > worker.level is false because worker.level is"
            + " 1",
        "worker.level == 1 AND worker.grade == 6 AND worker.rank == 'x' | worker.grade == 6 is false"
            + " because worker.grade is the text \"5\"",
        "worker.level == 2 OR worker.level == 3 | worker.level == 2 is false because worker.level is"
            + " 1, and the other alternative does not hold either",
        "worker.level == 2 OR worker.level == 3 OR worker.level == 4 | worker.level == 2 is false"
            + " because worker.level is 1, and none of the 2 other alternatives holds",
        "NOT worker.level < 3 | NOT (worker.level < 3) is false because worker.level is 1",
        "worker.level NOT IN [1, 2] | NOT (worker.level IN [1, 2]) is false because worker.level is"
            + " 1",
        "NOT (worker.level == 1 AND worker.trainee == true) | NOT (worker.level == 1 AND"
            + " worker.trainee == true) is false because worker.level == 1 AND worker.trainee =="
            + " true holds",
        "NOT (NOT worker.level == 2) | NOT (NOT (worker.level == 2)) is false because NOT"
            + " (worker.level == 2) holds",
        "1 == 2 | 1 == 2 never holds",
        "FALSE | FALSE never holds",
        "NOT 1 == 1 | NOT (1 == 1) is false because 1 == 1 holds",
      })
  void namesTheFirstPartThatFails(String text, String reason) {
    assertThat(trace(text).firstReason()).contains(reason);
  }

  @Test
  void hasNoReasonIfTheExpressionHolds() {
    assertThat(trace("worker.level == 1 OR worker.level == 2").firstReason()).isEmpty();
  }

  @Test
  void showsEveryPartWithItsAnswerAndWhatWasFound() {
    var trace = trace("worker.level == 1 AND (worker.rank == 'x' OR NOT worker.age > 5)");

    assertThat(trace.holds()).isTrue();
    assertThat(trace.parts()).extracting(Trace::holds).containsExactly(true, true);
    var level = trace.parts().getFirst();
    assertThat(level.text()).isEqualTo("worker.level == 1");
    assertThat(level.found()).extracting(Trace.Found::text).containsExactly("worker.level", "1");
    assertThat(level.found()).extracting(Trace.Found::isRead).containsExactly(true, false);
    assertThat(Values.canonical(level.found().getFirst().value())).isEqualTo("1");
    var either = trace.parts().getLast();
    assertThat(either.parts()).extracting(Trace::holds).containsExactly(false, true);
    var age = either.parts().getLast().parts().getFirst();
    assertThat(age.text()).isEqualTo("worker.age > 5");
    assertThat(age.found().getFirst().value()).isNull();
  }

  @Test
  void shortensLongValuesAndKeepsThemOutOfLogs() {
    var secret = "0123456789".repeat(30);
    var worker = Attributes.parse("{\"phone\": \"" + secret + "\"}");

    var trace = Trace.of(Expression.parse("phone == 'x'"), worker);

    assertThat(trace.firstReason().orElseThrow()).hasSizeLessThan(200).endsWith("…");
    assertThat(trace.toString()).doesNotContain("0123456789");
  }

  @Test
  void saysTheSameAsTestingForRandomExpressions() {
    long seed = RandomRules.seed();
    var rules = new RandomRules(seed);
    int held = 0;
    for (int round = 0; round < 20_000; round++) {
      var expression = Expression.parse(rules.expression(3, ""));
      var task = rules.task();

      var trace = Trace.of(expression, task);

      boolean holds = expression.test(task);
      assertThat(trace.holds())
          .as("seed %d, %s, %s", seed, expression.canonical(), task.canonical())
          .isEqualTo(holds);
      assertThat(trace.firstReason().isEmpty()).isEqualTo(holds);
      assertEveryPartSaysWhatItsTestSays(trace, task);
      held += holds ? 1 : 0;
    }
    assertThat(held).isBetween(2_000, 18_000);
  }

  @Test
  void listsTheFiltersUpToTheFirstThatHolds() {
    var compiled =
        CompiledInstruction.compile(
            "test",
            Instruction.parse(
                """
                {"task_routing": {"filters": [
                  {"friendly_name": "One", "expression": "a == 1", "targets": [{"queue": "WQ1"}]},
                  {"expression": "b == 1", "targets": [{"queue": "WQ1"}]},
                  {"expression": "1==1", "targets": [{"queue": "WQ1"}]}]}}
                """));

    var second = compiled.trace(Attributes.parse("{\"b\": 1}"));
    assertThat(second.decision()).isEqualTo(new Matched(1));
    assertThat(second.tried()).extracting(InstructionTrace.Tried::filter).containsExactly(0, 1);
    assertThat(second.tried().getFirst().name()).isEqualTo("One");
    assertThat(second.tried().getFirst().trace().firstReason())
        .contains("a == 1 is false because a is missing");
    assertThat(compiled.trace(Attributes.EMPTY).tried()).hasSize(3);
  }

  @Test
  void endsWithTheDefaultOrNothingIfNoFilterHolds() {
    assertThat(CompiledInstructionTest.compiled("a == 1").trace(Attributes.EMPTY).decision())
        .isEqualTo(new Nothing());
    var fallback = "{\"task_routing\": {\"default_filter\": {\"queue\": \"WQ1\"}}}";
    assertThat(
            CompiledInstruction.compile("test", Instruction.parse(fallback))
                .trace(Attributes.EMPTY)
                .decision())
        .isEqualTo(new Default());
  }

  @Test
  void agreesWithTheRuleEngineForRandomInstructions() {
    var rules = new RandomRules(RandomRules.seed());
    for (int round = 0; round < 300; round++) {
      var compiled = CompiledInstruction.compile("random", rules.instruction());
      for (int task = 0; task < 20; task++) {
        var attributes = rules.task();

        assertThat(compiled.trace(attributes).decision()).isEqualTo(compiled.decide(attributes));
      }
    }
  }

  private static void assertEveryPartSaysWhatItsTestSays(Trace trace, Attributes task) {
    assertThat(trace.holds()).isEqualTo(trace.expression().test(task));
    List<Trace> parts = trace.parts();
    parts.forEach(part -> assertEveryPartSaysWhatItsTestSays(part, task));
  }

  private static Trace trace(String text) {
    var task = Scope.task(Attributes.parse("{\"language\": \"de\", \"level\": 7}"), BuiltIns.NONE);
    return Trace.of(Expression.parse(text), task.and(Scope.worker(ANNA, BuiltIns.NONE)));
  }
}
