package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rules.Decision.Default;
import dev.muster.rules.Decision.Matched;
import dev.muster.rules.Decision.Nothing;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the worked instructions in {@code rules/examples}: each has a document and tasks with where
 * they must go.
 */
class ExamplesTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final java.nio.file.Path EXAMPLES = java.nio.file.Path.of("rules", "examples");

  @TestFactory
  List<DynamicTest> sendsEachTaskWhereTheExampleSays() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    try (var files = Files.newDirectoryStream(EXAMPLES, "*.json")) {
      for (var file : files) {
        var example = JSON.readTree(Files.readString(file));
        var compiled =
            CompiledInstruction.compile(
                file.toString(), Instruction.parse(example.get("configuration").toString()));
        tests.add(DynamicTest.dynamicTest(file + " checks itself", () -> compiled.verify(1)));
        for (var given : example.get("tasks")) {
          tests.add(DynamicTest.dynamicTest(name(file, given), () -> check(compiled, given)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(10);
    return tests;
  }

  private static String name(java.nio.file.Path file, JsonNode given) {
    return file.getFileName() + ": " + given.get("because").asString();
  }

  private static void check(CompiledInstruction compiled, JsonNode given) {
    var task = Attributes.parse(given.get("attributes").toString());
    var found = new ArrayList<String>();
    var decision = compiled.decide(task);
    while (decision instanceof Matched matched) {
      found.add(compiled.instruction().filters().get(matched.filter()).name());
      decision = compiled.decideAfter(matched.filter(), task);
    }

    var expected = new ArrayList<String>();
    given.get("filters").forEach(name -> expected.add(name.asString()));
    assertThat(found).isEqualTo(expected);
    if (found.isEmpty()) {
      assertThat(compiled.decide(task))
          .isEqualTo(given.get("default").asBoolean() ? new Default() : new Nothing());
    }
  }
}
