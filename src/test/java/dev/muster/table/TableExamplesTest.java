package dev.muster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rules.Attributes;
import dev.muster.rules.CompiledInstruction;
import dev.muster.rules.Decision;
import dev.muster.rules.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables in {@code rules/tables} say and do what their README shows. */
class TableExamplesTest {

  private static final Path TABLES = Path.of("rules", "tables");

  @ParameterizedTest
  @CsvSource({"support.csv, CSV", "claims.xlsx, XLSX"})
  void holdWhatTheReadmeShows(String file, TableFormat format) throws IOException {
    var grid = format.read(Files.readAllBytes(TABLES.resolve(file)));

    var shown = shown(file, "| row ");

    assertThat(grid.lines()).hasSameSizeAs(shown);
    for (int row = 0; row < shown.size(); row++) {
      for (int column = 0; column < shown.getFirst().size(); column++) {
        assertThat(grid.lines().get(row).cell(column)).isEqualTo(shown.get(row).get(column));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"support.csv, CSV", "claims.xlsx, XLSX"})
  void sendTasksWhereTheReadmeSays(String file, TableFormat format) throws IOException {
    var reading = TableReader.read(format.read(Files.readAllBytes(TABLES.resolve(file))));
    var compiled = CompiledInstruction.compile(file, Instruction.parse(reading.document()));
    var tasks = shown(file, "| `{");

    compiled.verify(1);

    assertThat(tasks).hasSizeGreaterThan(5);
    for (var task : tasks) {
      var attributes = Attributes.parse(task.getFirst().replace("`", ""));
      assertThat(name(compiled, compiled.decide(attributes)))
          .as(task.toString())
          .isEqualTo(task.get(1));
    }
  }

  private static String name(CompiledInstruction compiled, Decision decision) {
    return switch (decision) {
      case Decision.Matched matched ->
          Objects.toString(compiled.instruction().filters().get(matched.filter()).name());
      case Decision.Default ignored -> "default";
      case Decision.Nothing ignored -> "nowhere";
    };
  }

  /** The rows of the first table after the file is named, from the first that starts so. */
  private static List<List<String>> shown(String file, String start) throws IOException {
    var lines = Files.readAllLines(TABLES.resolve("README.md"));
    int named = 0;
    while (!lines.get(named).contains("[`" + file + "`]")) {
      named++;
    }
    return lines.stream()
        .skip(named)
        .dropWhile(line -> !line.startsWith(start))
        .takeWhile(line -> line.startsWith("|"))
        .filter(line -> !line.startsWith("|---"))
        .map(TableExamplesTest::cells)
        .toList();
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|"))
        .map(cell -> cell.strip().replace("WQ…", "WQ" + "0".repeat(30)))
        .toList();
  }
}
