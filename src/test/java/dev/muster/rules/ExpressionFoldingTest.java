package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rules.Scope.BuiltIns;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionFoldingTest {

  private static final Attributes TASK =
      Attributes.parse("{\"lang\": \"es\", \"tier\": 2, \"tags\": [\"a\", 1], \"o\": {\"k\": 1}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "worker.langs HAS task.lang | worker.langs HAS \"es\"",
        "task.lang IN worker.langs | \"es\" IN worker.langs",
        "task.lang == worker.lang | worker.lang == \"es\"",
        "task.tier < worker.level | worker.level > 2",
        "worker.x IN task.tags | worker.x IN [\"a\", 1]",
        "worker.x IN [task.lang, 'de'] | worker.x IN [\"es\", \"de\"]",
        "worker.x IN [task.lang, worker.y] | worker.x IN [\"es\", worker.y]",
        "worker.x == task.missing | worker.x == null",
        "worker.x == task.o | worker.x == {\"k\": 1}",
        "task.lang == 'es' AND worker.x == 1 | worker.x == 1",
        "task.lang == 'de' AND worker.x == 1 | FALSE",
        "task.lang == 'es' OR worker.x == 1 | TRUE",
        "task.lang == 'de' OR worker.x == 1 | worker.x == 1",
        "worker.x == 1 AND worker.x == 1.0 | worker.x == 1",
        "worker.x == task.tier AND worker.x == 2 | worker.x == 2",
        "NOT task.lang == 'de' | TRUE",
        "NOT (NOT (worker.x == 1 AND task.tier == 2)) | worker.x == 1",
        "task.tier > 1 AND task.tier < 3 | TRUE",
        "1 == 1 | TRUE",
        "task.age > 60 AND task.tier == 2 | task.age > 60",
        "worker.x == 1 OR (task.tier == 2 AND (worker.y == 1 OR worker.z == 1)) |"
            + " worker.x == 1 OR worker.y == 1 OR worker.z == 1",
        "tier == 2 | tier == 2",
      })
  void worksOutWhatDependsOnTheTaskOnly(String text, String folded) {
    var known = Scope.task(TASK, BuiltIns.NONE);

    assertThat(Expression.parse(text).given(known).canonical()).isEqualTo(folded);
  }

  @Test
  void foldsTheAgeOnlyWhenItIsGiven() {
    var expression = Expression.parse("task.age > 60");
    var aged = Attributes.parse("{\"age\": 100}");

    assertThat(expression.given(Scope.task(aged, BuiltIns.NONE))).isEqualTo(expression);
    assertThat(expression.test(Scope.task(aged, BuiltIns.NONE))).isFalse();
    assertThat(expression.given(Scope.task(aged, BuiltIns.of(Map.of("age", 61)))).canonical())
        .isEqualTo("TRUE");
  }

  @Test
  void simplifiesConstantsWithoutKnowingAnything() {
    assertThat(Expression.parse("1 == 1 AND x == 1 OR 'a' IN []").given(Scope.NOTHING).canonical())
        .isEqualTo("x == 1");
  }

  @Test
  void makesTasksAlikeThatDifferOnlyInWhatTheExpressionDoesNotRead() {
    var expression = Expression.parse("worker.langs HAS task.lang AND worker.level >= task.tier");
    var one = Attributes.parse("{\"lang\": \"es\", \"tier\": 2, \"id\": 1}");
    var two = Attributes.parse("{\"id\": 2, \"tier\": 2.0, \"lang\": \"es\"}");
    var other = Attributes.parse("{\"id\": 2, \"tier\": \"2\", \"lang\": \"es\"}");

    var canonical = expression.given(Scope.task(one, BuiltIns.NONE)).canonical();

    assertThat(expression.given(Scope.task(two, BuiltIns.NONE)).canonical()).isEqualTo(canonical);
    assertThat(expression.given(Scope.task(other, BuiltIns.NONE)).canonical())
        .isNotEqualTo(canonical);
  }

  @Test
  void saysTheSameAfterFolding() {
    long seed = RandomRules.seed();
    var rules = new RandomRules(seed);
    for (int round = 0; round < 5_000; round++) {
      var expression = Expression.parse(rules.expression(3, "task.", "worker."));
      var task = Scope.task(rules.task(), BuiltIns.NONE);
      var folded = expression.given(task);

      assertThat(folded.paths()).noneMatch(path -> path.root().equals("task"));
      for (int pair = 0; pair < 10; pair++) {
        var worker = Scope.worker(rules.task(), BuiltIns.NONE);
        assertThat(folded.test(worker))
            .as("seed %d, %s", seed, expression.canonical())
            .isEqualTo(expression.test(task.and(worker)))
            .isEqualTo(expression.given(worker).test(task));
      }
    }
  }

  @Test
  void readsItsOwnCanonicalText() {
    long seed = RandomRules.seed();
    var rules = new RandomRules(seed);
    for (int round = 0; round < 5_000; round++) {
      var expression = Expression.parse(rules.expression(3, ""));

      assertThat(Expression.parse(expression.canonical())).as("seed " + seed).isEqualTo(expression);
    }
  }
}
