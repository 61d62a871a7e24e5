package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.rules.Scope.BuiltIns;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderByTest {

  private static final Map<String, String> WORKERS =
      Map.of(
          "anna", "{\"level\": 2, \"tier\": 1}",
          "ben", "{\"level\": 10, \"tier\": 2, \"skills\": {\"es\": [7]}}",
          "cleo", "{\"level\": 10, \"tier\": 1}",
          "dora", "{\"level\": \"11\", \"tier\": 9}",
          "emil", "{\"level\": 2.5, \"tier\": 8}",
          "finn", "{\"tier\": 7}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "worker.level DESC, worker.tier ASC | cleo ben anna finn emil dora",
        "worker.level ASC, worker.tier DESC | anna ben cleo dora emil finn",
        "worker.level, worker.tier desc | anna ben cleo dora emil finn",
        "worker.skills.es[0] desc,worker.tier | ben anna cleo finn emil dora",
        "worker.tier | anna cleo ben finn emil dora",
        "worker.nothing DESC | anna ben cleo dora emil finn",
      })
  void putsWorkersInOrder(String text, String names) {
    var order = OrderBy.parse(text).comparator();

    var sorted =
        Stream.of("anna", "ben", "cleo", "dora", "emil", "finn")
            .sorted((a, b) -> order.compare(worker(a), worker(b)))
            .toList();

    assertThat(sorted).containsExactly(names.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "level DESC | a name that starts with 'worker.', but found 'level' at column 1",
        "worker DESC | '.' and a name after 'worker', but found 'DESC' at column 8",
        "worker.level DOWN | ASC, DESC, a comma or the end, but found 'DOWN' at column 14",
        "worker.level DESC worker.tier | ASC, DESC, a comma or the end, but found 'worker.tier' at"
            + " column 19",
        "worker.level, | a name that starts with 'worker.', but found the end at column 14",
        "worker.skill-level | an operator, but found '-level' at column 13",
        "'worker'.level | a name that starts with 'worker.', but found ''worker'.level' at column 1",
      })
  void saysWhereTheTextIsWrong(String text, String message) {
    assertThatExceptionOfType(ExpressionError.class)
        .isThrownBy(() -> OrderBy.parse(text))
        .withMessage("Expected " + message + " of `" + text + "`");
  }

  @Test
  void refusesTooManyClauses() {
    assertThatExceptionOfType(ExpressionError.class)
        .isThrownBy(() -> OrderBy.parse("worker.a" + ",worker.a".repeat(100)))
        .withMessageContaining("at most 100 clauses");
  }

  @Test
  void hasOneCanonicalSpelling() {
    assertThat(OrderBy.parse("worker.a , worker.b  desc").canonical())
        .isEqualTo("worker.a ASC, worker.b DESC");
  }

  private static Scope worker(String name) {
    return Scope.worker(Attributes.parse(WORKERS.get(name)), BuiltIns.NONE);
  }
}
