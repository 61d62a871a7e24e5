package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | a JSON array",
        "\"x\" | a JSON string",
        "1 | a JSON number",
        "true | a JSON boolean",
        "null | a JSON null",
        "`` | nothing",
        "{} {} | more text after the object",
        "{\"a\": 1, \"a\": 2} | Duplicate",
        "{\"a\": {\"b\": 1, \"b\": 2}} | Duplicate",
        "{\"a\": } | Unexpected character",
        "{\"a\": 1 | Unexpected end",
        "{'a': 1} | Unexpected character",
        "{\"a\": NaN} | token 'NaN'",
        "{\"a\": 01} | Leading zeroes",
        "{\"a\": 1e1001} | a number out of range",
        "{\"a\": 1e-1001} | a number out of range",
        "{\"a\": 1e99999999999} | ",
      })
  void refusesWhatIsNotAnObject(String json, String reason) {
    assertThatExceptionOfType(AttributesError.class)
        .isThrownBy(() -> Attributes.parse(json))
        .withMessageStartingWith("Expected a JSON object of at most 4096 characters, but got ")
        .withMessageContaining(reason == null ? "" : reason);
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    var padding = "x".repeat(4_096);

    refuses("{\"a\": \"" + padding + "\"}", "but got 4105 characters");
    refuses("{\"a\": " + "[".repeat(64) + "]".repeat(64) + "}", "nesting depth");
    refuses("{\"a\":".repeat(500) + "1" + "}".repeat(500), "nesting depth");
    refuses("{\"a\": " + "9".repeat(101) + "}", "Number value length");
    assertThat(Attributes.parse("{\"a\": \"" + padding + "\"}", 5_000)).isNotNull();
    assertThat(Attributes.parse("{\"a\": " + "[".repeat(63) + "]".repeat(63) + "}")).isNotNull();
  }

  @Test
  void hasOneFormForEqualNumbers() {
    var written =
        Attributes.parse("{\"a\": [5, 5.0, 50e-1, 0.5e1, 5.00], \"z\": [0, -0, -0.0, 0e7]}");

    assertThat(value(written, "a")).isEqualTo(List.of(n("5"), n("5"), n("5"), n("5"), n("5")));
    assertThat(value(written, "z")).isEqualTo(List.of(n("0"), n("0"), n("0"), n("0")));
  }

  @Test
  void keepsLongNumbersExactly() {
    var task = Attributes.parse("{\"id\": 123456789012345678901, \"x\": 0.1234567890123456789}");

    assertThat(value(task, "id")).isEqualTo(n("123456789012345678901"));
    assertThat(value(task, "x")).isEqualTo(n("0.1234567890123456789"));
  }

  @Test
  void isEqualWhateverTheOrderOfNames() {
    var one = Attributes.parse("{\"a\": 1, \"b\": [1.0, null], \"c\": {\"x\": 1, \"y\": 2}}");
    var two = Attributes.parse("{\"c\": {\"y\": 2, \"x\": 1.0}, \"b\": [1, null], \"a\": 1e0}");

    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
    assertThat(one.canonical()).isEqualTo(two.canonical());
  }

  @Test
  void takesJavaValues() {
    var task = Attributes.of(Map.of("a", 1, "b", 2L, "c", 0.5, "d", Arrays.asList(1, null, true)));

    assertThat(task)
        .isEqualTo(Attributes.parse("{\"a\": 1, \"b\": 2, \"c\": 0.5, \"d\": [1, null, true]}"));
    assertThatIllegalArgumentException().isThrownBy(() -> Attributes.of(Map.of("a", new Date())));
  }

  @ParameterizedTest
  @CsvSource({
    "task.a, NULL",
    "task.b.c, TEXT",
    "task.b.d[1], ARRAY",
    "task.b.d[1][0], NUMERIC_TEXT",
    "task.b.d[0], NULL",
    "task.b.d[2], ",
    "task.b.x, ",
    "task.b.c.x, ",
    "task.x.y, ",
    "task, "
  })
  void tellsNullFromNothing(String path, Kind kind) {
    var attributes =
        Attributes.parse("{\"a\": null, \"b\": {\"c\": \"x\", \"d\": [null, [\"5\"]]}}");

    assertThat(attributes.kindBelow(Path.parse(path))).isEqualTo(Optional.ofNullable(kind));
  }

  @Test
  void doesNotShowPersonalData() {
    assertThat(Attributes.parse("{\"phone\": \"+49170\"}").toString()).doesNotContain("+49170");
  }

  private static Object value(Attributes attributes, String path) {
    return attributes.value(Path.parse(path));
  }

  private static BigDecimal n(String number) {
    return Values.number(new BigDecimal(number));
  }

  private static void refuses(String json, String reason) {
    assertThatExceptionOfType(AttributesError.class)
        .isThrownBy(() -> Attributes.parse(json))
        .withMessageContaining(reason);
  }
}
