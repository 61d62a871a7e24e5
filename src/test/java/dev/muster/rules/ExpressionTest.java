package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  private static final Attributes ANNA =
      Attributes.parse(
          """
          {"name": "Anna", "level": 6, "score": 2.50, "numeric": "6", "zero": -0.0, "vip": true,
           "languages": ["en", "es"], "grades": [1, "2", 3.0, null], "none": null, "empty": [],
           "customer": {"tier": "gold", "phones": [{"type": "home"}, {"type": "work"}]},
           "matrix": [[1, 2], [3]], "quote": "it's \\"so\\"", "id": 123456789012345678}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // equality
        "name == 'Anna'",
        "name = \"Anna\"",
        "'Anna' == name",
        "name != 'anna'",
        "level == 6",
        "level == 6.0",
        "level == '6'",
        "numeric == 6",
        "numeric == 6.00",
        "numeric == '6'",
        "numeric != '6.0'",
        "level == numeric",
        "score == 2.5",
        "zero == 0",
        "vip == true",
        "vip != 'true'",
        "vip != 1",
        "level != 'six'",
        "id != 123456789012345679",
        "1==1",
        "'apple' != 'orange'",
        // null
        "none == null",
        "missing == NULL",
        "missing == none",
        "name != null",
        "languages != null",
        "empty != null",
        "customer != null",
        "missing != 1",
        "missing.deeper[3].still == null",
        "missing != languages",
        // order
        "level > 5",
        "level > '5'",
        "numeric > 5",
        "numeric < 10",
        "level >= 6",
        "level <= 6",
        "level < 6.5",
        "5 < level",
        "7 >= level",
        "name > 'Ann'",
        "name < 'anna'",
        "'10' < '9'",
        "score > -3",
        // substrings
        "name CONTAINS 'nn'",
        "name contains ''",
        "name NOT CONTAINS 'NN'",
        "level CONTAINS 6",
        "id CONTAINS '345'",
        "languages NOT CONTAINS 'en'",
        // arrays
        "languages HAS 'es'",
        "languages has \"es\"",
        "languages >- 'en'",
        "languages NOT HAS 'de'",
        "name NOT HAS 'Anna'",
        "grades HAS 2",
        "grades HAS '3'",
        "grades HAS null",
        "grades HAS missing",
        "name IN ['Ben', 'Anna']",
        "name in ['Ben', 'Anna']",
        "name <- ['Ben', 'Anna']",
        "'en' IN languages",
        "level IN ['6']",
        "numeric IN [6]",
        "vip IN [true]",
        "missing IN [null]",
        "name NOT IN ['Ben']",
        "name NOT IN 'Anna'",
        "name NOT IN []",
        "name IN ['x', name]",
        "['a', level] HAS 6",
        "['a', 'b'] HAS 'b'",
        // paths
        "customer.tier == 'gold'",
        "customer.phones[1].type == 'work'",
        "languages[0] == 'en'",
        "languages[2] == null",
        "matrix[0] HAS 2",
        "matrix[1][0] == 3",
        "name[0] == null",
        "name.length == null",
        // logic
        "level == 6 AND name == 'Anna'",
        "level == 7 OR name == 'Anna'",
        "name == 'Anna' OR level == 7 AND vip == false",
        "(name == 'x' OR level == 6) and vip == TRUE",
        "NOT level == 7",
        "not (level == 7)",
        "NOT NOT level == 6",
        "NOT (missing == 1)",
        "NOT (missing > 1)",
        "NOT languages == 'en'",
        "NOT languages != 'en'",
        "TRUE",
        "NOT FALSE",
        // text
        "quote == 'it\\'s \"so\"'",
        "'a\\\\b' CONTAINS '\\\\'",
        "'a\\nb' != 'anb'",
        "level>5",
        "level=6",
        "$x == null AND _y == null",
      })
  void holds(String text) {
    assertThat(Expression.parse(text).test(ANNA)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name == 'anna'",
        "name == Anna",
        "vip == 'true'",
        "vip == 1",
        "vip > false",
        "numeric == '6.0'",
        "numeric == ' 6'",
        "id == 123456789012345679",
        "level == 'six'",
        "none != null",
        "missing != null",
        "languages == null",
        "missing > 1",
        "missing < 1",
        "missing >= null",
        "null <= null",
        "name > 5",
        "level > 'five'",
        "languages == 'en'",
        "languages != 'en'",
        "languages == languages",
        "languages != empty",
        "languages > 1",
        "languages CONTAINS 'en'",
        "customer == 'gold'",
        "customer != 'gold'",
        "customer == customer",
        "name CONTAINS missing",
        "vip CONTAINS 'ru'",
        "name HAS 'Anna'",
        "level HAS 6",
        "level HAS 'x'",
        "missing HAS null",
        "name IN 'Anna'",
        "name IN name",
        "name IN []",
        "languages IN languages",
        "languages IN [languages]",
        "missing IN ['a']",
        "matrix HAS 1",
        "level NOT IN [6]",
        "languages NOT HAS 'en'",
        "name NOT CONTAINS 'A'",
        "level <-5",
        "level == 7 AND name == 'Anna' OR vip == false",
        "level == 6 AND (name == 'x' OR vip == false)",
        "FALSE",
      })
  void doesNotHold(String text) {
    assertThat(Expression.parse(text).test(ANNA)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a=1 | a == 1",
        "1.50 < a | a > 1.5",
        "'x' != a | a != \"x\"",
        "a <- [1, b] | a IN [1, b]",
        "a not in [1.0,'1',NULL,True] | NOT (a IN [1, \"1\", null, true])",
        "(a == 1 AND (b == 2 AND c == 3)) | a == 1 AND b == 2 AND c == 3",
        "(a == 1 OR b == 2) AND c == 3 | (a == 1 OR b == 2) AND c == 3",
        "a == 1 OR (b == 2 OR c == 3) | a == 1 OR b == 2 OR c == 3",
        "NOT a == 1 | NOT (a == 1)",
        "a == '\\\\\"' | a == \"\\\\\\\"\"",
        "a . b [ 0 ] == 1 | a.b[0] == 1",
        "1000 == a | a == 1000",
        "-0 == a | a == 0",
      })
  void hasOneCanonicalSpelling(String text, String canonical) {
    var expression = Expression.parse(text);

    assertThat(expression.canonical()).isEqualTo(canonical);
    assertThat(Expression.parse(canonical)).isEqualTo(expression);
  }

  @Test
  void differsInItsCanonicalTextFromEveryOtherExpression() {
    var texts =
        List.of(
            "a == '1'",
            "a == 1",
            "a == true",
            "a == 'true'",
            "a == null",
            "a == 'null'",
            "a == b",
            "a == 'b'",
            "a == ['1', 2]",
            "a == ['1, 2']",
            "a == '\"] OR b == [\"'",
            "NOT (a == 1)",
            "a == 1 AND b == 1 OR c == 1",
            "a == 1 AND (b == 1 OR c == 1)",
            "a.b == 1",
            "a[0] == 1",
            "a == '\\\\'",
            "a == '\"'",
            "a == 'x' OR b == 'y'",
            "a == 'x\" OR b == \"y'");

    assertThat(texts)
        .extracting(text -> Expression.parse(text).canonical())
        .doesNotHaveDuplicates();
  }

  @Test
  void ignoresBlanksBetweenTokens() {
    assertThat(Expression.parse(" \tlevel\n>\r\n5  ")).isEqualTo(Expression.parse("level>5"));
  }

  @Test
  void namesThePathsItReads() {
    var expression =
        Expression.parse("task.a IN worker.b[0].c AND (NOT x == 1 OR [y, 'z'] HAS task.a)");

    assertThat(expression.paths())
        .extracting(Path::text)
        .containsExactly("task.a", "worker.b[0].c", "x", "y");
  }

  @Test
  void readsMembersThatAreSpelledLikeKeywords() {
    var task = Attributes.parse("{\"a\": {\"in\": {\"not\": 1}}}");

    assertThat(Expression.parse("a.in.not == 1").test(task)).isTrue();
  }
}
