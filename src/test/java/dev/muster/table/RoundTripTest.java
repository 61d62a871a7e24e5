package dev.muster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rules.Instruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever an instruction says, its table says too. */
class RoundTripTest {

  private static final int DOCUMENTS = Integer.getInteger("muster.documents", 1_500);
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @EnumSource
  void bringsEveryInstructionBackAsAnEqualOne(TableFormat format) {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println("Random documents from -Dmuster.seed=" + seed);
    var documents = new RandomInstructions(seed);
    for (int round = 0; round < DOCUMENTS; round++) {
      var document = documents.document();

      var back = backFrom(format, document);

      assertThat(Instruction.parse(back))
          .as("seed %d, %s", seed, document)
          .isEqualTo(Instruction.parse(document));
      assertThat(backFrom(format, back)).as("seed %d, %s", seed, document).isEqualTo(back);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsNamesAndValuesThatNoColumnHas(TableFormat format) {
    var document =
        """
        {"comment": "by =hand", "task_routing": {
          "made": {"by": "Ann", "at": 1.50, "for": null},
          "filters": [
            {"filter_friendly_name": "Gold", "friendly_name": "old", "expression": "tier == \\"gold\\"", "since": 2024,
             "targets": [{"queue": "WQ1", "timeout": 30, "colour": "red"}, {}, {"priority": 5}]}],
          "default_filter": {"queue": "WQ2", "timeout": "never"}}}
        """;

    assertThat(tree(backFrom(format, document))).isEqualTo(tree(document));
  }

  @Test
  void saysTheUsualNameForAnother() {
    var document =
        """
        {"task_routing": {"filters": [{"friendly_name": "Gold", "filter_friendly_name": " ",
          "expression": "tier=='gold'", "targets": [{"task_queue_sid": "WQ1", "priority": "5"}]}]}}
        """;

    assertThat(tree(backFrom(TableFormat.CSV, document)))
        .isEqualTo(
            tree(
                """
                {"task_routing": {"filters": [{"filter_friendly_name": "Gold",
                  "expression": "tier == \\"gold\\"", "targets": [{"queue": "WQ1", "priority": 5}]}]}}
                """));
  }

  @Test
  void putsTheRestIntoTheExpressionWhenColumnsRunOut() {
    var filters = new StringBuilder();
    for (int filter = 0; filter < 300; filter++) {
      filters.append(filter == 0 ? "" : ",");
      filters.append(
          "{\"expression\": \"a%d == 1 AND b == 2\", \"targets\": [{\"queue\": \"WQ1\"}]}"
              .formatted(filter));
    }
    var document = "{\"task_routing\": {\"filters\": [" + filters + "]}}";

    var grid = TableWriter.write(null, document);

    assertThat(grid.lines().getFirst().cells()).hasSizeLessThanOrEqualTo(Grid.MAX_COLUMNS);
    assertThat(Instruction.parse(TableReader.read(grid).document()))
        .isEqualTo(Instruction.parse(document));
  }

  private static String backFrom(TableFormat format, String document) {
    var file = format.write(TableWriter.write(format.sheet(), document));
    return TableReader.read(format.read(file)).document();
  }

  private static JsonNode tree(String json) {
    return JSON.readTree(json);
  }
}
