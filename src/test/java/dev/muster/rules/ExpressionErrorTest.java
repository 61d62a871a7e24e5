package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "skill-level > 3 | 6 | an operator, but found '-level'",
        "skill-3 > 3 | 6 | an operator, but found '-3'",
        "level | 6 | an operator, but found the end",
        "level > | 8 | a name or a value, but found the end",
        "> 3 | 1 | a name or a value, but found '>'",
        "level > 3 AND | 14 | a name or a value, but found the end",
        "AND level > 3 | 1 | a name or a value, but found 'AND'",
        "level > 3 level > 4 | 11 | AND, OR or the end of the expression, but found 'level'",
        "level > 3) | 10 | AND, OR or the end of the expression, but found ')'",
        "(level > 3 | 11 | ')', but found the end",
        "() | 2 | a name or a value, but found ')'",
        "a IN [1, 2 | 11 | ']', but found the end",
        "a IN [1 2] | 9 | ']', but found '2]'",
        "a IN [1,] | 9 | a name or a value, but found ']'",
        "a NOT == 1 | 7 | IN, HAS or CONTAINS after NOT, but found '=='",
        "a NOT | 6 | IN, HAS or CONTAINS after NOT, but found the end",
        "a == 'x | 8 | a closing ', but found the end",
        "a == \"x\\\" | 10 | a closing \", but found the end",
        "a === 1 | 5 | a name or a value, but found '='",
        "a & b | 3 | an operator, but found '&'",
        "a == 1 && b == 2 | 8 | an operator, but found '&&'",
        "a == #1 | 6 | a name or a value, but found '#1'",
        "a! = 1 | 2 | an operator, but found '!'",
        "a. == 1 | 4 | a name, but found '=='",
        "a.0 == 1 | 3 | a name, but found '0'",
        "a[x] == 1 | 3 | an index from 0 to 999999, but found 'x]'",
        "a[-1] == 1 | 3 | an index from 0 to 999999, but found '-1]'",
        "a[1.5] == 1 | 3 | an index from 0 to 999999, but found '1.5]'",
        "a[99999999999] == 1 | 3 | an index from 0 to 999999, but found '99999999999]'",
        "a == 5x | 7 | AND, OR or the end of the expression, but found 'x'",
        "a == .5 | 6 | a name or a value, but found '.5'",
        "in == 1 | 1 | a name or a value, but found 'in'",
        "größe == 1 | 3 | an operator, but found 'öße'",
        "a == 1; b == 2 | 7 | an operator, but found ';'",
        "null | 5 | an operator, but found the end",
        "'text' | 7 | an operator, but found the end",
      })
  void saysWhatWasExpectedAndWhereItIsMissing(String text, int column, String message) {
    var error = catchThrowableOfType(ExpressionError.class, () -> Expression.parse(text));

    assertThat(error)
        .hasMessage("Expected " + message + " at column " + column + " of `" + text + "`");
    assertThat(error.column()).isEqualTo(column);
    assertThat(error.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n "})
  void refusesBlankText(String text) {
    assertThatExceptionOfType(ExpressionError.class)
        .isThrownBy(() -> Expression.parse(text))
        .withMessageContaining("Expected a name or a value, but found the end");
  }

  @Test
  void showsOnlyTheSurroundingsInLongText() {
    var text = "a == 1 AND ".repeat(50) + "b ? 2" + " AND a == 1".repeat(50);

    var error = catchThrowableOfType(ExpressionError.class, () -> Expression.parse(text));

    assertThat(error.getMessage()).contains("b ? 2").contains("`…").endsWith("…`");
    assertThat(error.getMessage()).hasSizeLessThan(200);
    assertThat(error.column()).isEqualTo(553);
  }

  @Test
  void refusesTextThatIsTooLong() {
    assertThat(Expression.parse("a == '" + "x".repeat(8_185) + "'")).isNotNull();
    refuses("a == '" + "x".repeat(8_186) + "'", "at most 8192 characters");
  }

  @Test
  void refusesNestingThatIsTooDeep() {
    assertThat(Expression.parse("(".repeat(64) + "a == 1" + ")".repeat(64))).isNotNull();
    refuses("(".repeat(65) + "a == 1" + ")".repeat(65), "nesting at most 64 deep");
    refuses("(".repeat(8_000), "nesting at most 64 deep");
    refuses("NOT ".repeat(65) + "a == 1", "nesting at most 64 deep");
    refuses("NOT (".repeat(33) + "a == 1", "nesting at most 64 deep");
    refuses("a IN " + "[".repeat(65) + "]".repeat(65), "nesting at most 64 deep");
  }

  @Test
  void refusesArraysThatAreTooLong() {
    assertThat(Expression.parse("a IN [1" + ",1".repeat(999) + "]")).isNotNull();
    refuses("a IN [1" + ",1".repeat(1_000) + "]", "at most 1000 elements in an array");
  }

  @Test
  void refusesTooManyNamesAndValues() {
    var part = "a<-[1" + ",1".repeat(999) + "]";

    assertThat(Expression.parse(part + "OR " + part + "OR " + part)).isNotNull();
    refuses(String.join("OR ", part, part, part, part), "at most 4000 names and values");
  }

  @Test
  void refusesNumbersThatAreTooLong() {
    assertThat(Expression.parse("a == " + "9".repeat(100))).isNotNull();
    refuses("a == " + "9".repeat(101), "a number of at most 100 characters");
  }

  @Test
  void answersOrRefusesWhateverTheTextIs() {
    var random = new Random(7);
    var pieces =
        new String[] {
          "a",
          "(",
          ")",
          "[",
          "]",
          ",",
          ".",
          "==",
          "<-",
          ">-",
          "NOT",
          "IN",
          "HAS",
          "AND",
          "OR",
          "'",
          "\"",
          "\\",
          "-",
          "1",
          " ",
          "null",
          "\u0000",
          "\uD800",
          "${x}",
          "#{T(Runtime)}",
          "\n",
          "é"
        };
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (int round = 0; round < 50_000; round++) {
            var text = new StringBuilder();
            for (int piece = random.nextInt(30); piece >= 0; piece--) {
              text.append(pieces[random.nextInt(pieces.length)]);
              text.append(random.nextInt(3) == 0 ? " " : "");
            }
            try {
              var expression = Expression.parse(text.toString());
              assertThat(Expression.parse(expression.canonical())).isEqualTo(expression);
            } catch (ExpressionError refused) {
              assertThat(refused.column()).isBetween(1, text.length() + 1);
            }
          }
        });
  }

  private static void refuses(String text, String expected) {
    assertThatExceptionOfType(ExpressionError.class)
        .isThrownBy(() -> Expression.parse(text))
        .withMessageContaining("Expected " + expected);
  }
}
