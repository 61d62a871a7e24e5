package dev.muster.process;

import static dev.muster.process.BpmnModel.BPMN;
import static dev.muster.process.BpmnModel.ZEEBE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The template, the example that uses it, and Java say the same. */
class CreateTaskTemplateTest {

  private final JsonNode template = read();
  private final BpmnModel example = BpmnModel.read(Path.of("bpmn", "examples", "loan-review.bpmn"));

  @Test
  void asksForWhatMusterReads() throws Exception {
    var known =
        Arrays.stream(Class.forName("dev.muster.task.TaskForms$NewTask").getRecordComponents())
            .map(component -> HandOver.ORDER + "." + component.getName())
            .collect(Collectors.toSet());
    known.addAll(
        Set.of(
            HandOver.ORDER + "." + HandOver.ACCOUNT_SID,
            HandOver.ORDER + "." + HandOver.WORKSPACE_SID));

    assertThat(bindings("zeebe:taskDefinition", "property")).containsExactly("type", "retries");
    assertThat(template.at("/properties/0/value").asString()).isEqualTo(HandOver.CREATE_TASK);
    assertThat(known).containsAll(bindings("zeebe:input", "name"));
    assertThat(bindings("zeebe:output", "source")).containsExactly("=" + HandOver.RESULT);
  }

  @Test
  void isUsedByTheExample() {
    var task = example.all(BPMN, "serviceTask").getFirst();

    assertThat(task.getAttributeNS(ZEEBE, "modelerTemplate"))
        .isEqualTo(template.get("id").asString());
    assertThat(task.getAttributeNS(ZEEBE, "modelerTemplateVersion"))
        .isEqualTo(template.get("version").asString());
    assertThat(example.all(ZEEBE, "taskDefinition").getFirst().getAttribute("type"))
        .isEqualTo(HandOver.CREATE_TASK);
    assertThat(bindings("zeebe:input", "name"))
        .containsAll(
            example.all(ZEEBE, "input").stream()
                .map(input -> input.getAttribute("target"))
                .toList());
    assertThat(example.all(ZEEBE, "output").getFirst().getAttribute("source"))
        .isEqualTo("=" + HandOver.RESULT);
    assertThat(example.all(BPMN, "error").getFirst().getAttribute("errorCode"))
        .isEqualTo(HandOver.TASK_CANCELED);
  }

  private List<String> bindings(String type, String part) {
    return template
        .get("properties")
        .valueStream()
        .map(property -> property.get("binding"))
        .filter(binding -> binding.get("type").asString().equals(type))
        .map(binding -> binding.get(part).asString())
        .toList();
  }

  private static JsonNode read() {
    try {
      return new JsonMapper()
          .readTree(Files.readString(Path.of("bpmn", "templates", "create-task.json")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
