package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class PositionTest {

  private static final String DOCUMENT =
      """
      {"task_routing": {
        "filters": [
          {"expression": "1==1",
           "targets": [{"queue": "WQ1"}]},
          {
            "expression": "EXPRESSION",
            "targets": [{"queue": "WQ2", "timeout":   0}]}
        ]}}
      """;

  @Test
  void pointsAtTheValueThatIsRefused() {
    var error = refused(DOCUMENT.replace("EXPRESSION", "a == 1"));

    assertThat(error.where()).isEqualTo("task_routing.filters[1].targets[0].timeout");
    assertThat(error.position()).isEqualTo(new Position(7, 49));
    assertThat(error)
        .hasMessage(
            "Expected a whole number from 1 to 2147483647, but got 0 at line 7, column 49"
                + " (task_routing.filters[1].targets[0].timeout)");
  }

  @Test
  void pointsAtTheObjectAroundWhatIsNotThere() {
    var error = refused("{\n \"task_routing\":\n  {\"filters\": [\n    {}]}}");

    assertThat(error.where()).isEqualTo("task_routing.filters[0].expression");
    assertThat(error.position()).isEqualTo(new Position(4, 5));
  }

  @Test
  void pointsIntoAnExpression() {
    var error = refused(DOCUMENT.replace("EXPRESSION", "skill-level > 3"));

    assertThat(error.position()).isEqualTo(new Position(6, 27));
    assertThat(error)
        .hasMessage(
            "Expected an operator, but found '-level' at line 6, column 27"
                + " (task_routing.filters[1].expression, column 6)");
  }

  @Test
  void countsEscapesInAnExpressionAsTheyAreWritten() {
    var error = refused(DOCUMENT.replace("EXPRESSION", "a == \\\"\\u00e9\\\\n\\\" AND\\tb ? 1"));

    assertThat(((ExpressionError) error.getCause()).column()).isEqualTo(18);
    assertThat(error.position())
        .isEqualTo(new Position(6, 22 + "a == \\\"\\u00e9\\\\n\\\" AND\\tb ".length()));
  }

  @Test
  void pointsAtTheClosingQuoteIfAnExpressionEndsTooEarly() {
    var error = refused(DOCUMENT.replace("EXPRESSION", "level >"));

    assertThat(error.position()).isEqualTo(new Position(6, 29));
  }

  @Test
  void pointsAtTextThatIsNoJson() {
    var error = refused("{\"task_routing\":\n  {\"filters\": [}");

    assertThat(error.position()).isEqualTo(new Position(2, 16));
    assertThat(error).hasMessageEndingWith(" at line 2, column 16 (configuration)");
  }

  @Test
  void countsLinesWhateverEndsThem() {
    assertThat(Position.of("{\r\n\"a\":\r\n[1,\r2]}", "a[1]")).isEqualTo(new Position(4, 1));
  }

  @Test
  void findsPlacesFarDownInLongDocuments() {
    var filter = "{\"expression\": \"1==1\", \"targets\": [{\"queue\": \"WQ1\"}]},\n";
    var document =
        "{\"task_routing\": {\"filters\": [\n"
            + filter.repeat(3_000)
            + "{\"expression\": \"1=\"}]}}";

    var error = refused(document);

    assertThat(error.where()).isEqualTo("task_routing.filters[3000].expression");
    assertThat(error.position()).isEqualTo(new Position(3_002, 19));
  }

  @Test
  void isNotMisledByNamesThatLookLikePlaces() {
    var document = "{\"a.b\": 1, \"a\": {\"b[0]\": 2, \"b\": [3]}}";

    assertThat(Position.of(document, "a.b")).isEqualTo(new Position(1, 34));
    assertThat(Position.of(document, "a.b[0]")).isEqualTo(new Position(1, 35));
    assertThat(Position.of(document, "c.d")).isEqualTo(new Position(1, 1));
  }

  @Test
  void needsAnObject() {
    assertThatIllegalArgumentException().isThrownBy(() -> Position.of("[1", "a"));
  }

  private static InstructionError refused(String document) {
    return catchThrowableOfType(InstructionError.class, () -> Instruction.parse(document));
  }
}
