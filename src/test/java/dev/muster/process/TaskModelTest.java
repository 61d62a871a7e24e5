package dev.muster.process;

import static dev.muster.process.BpmnModel.BPMN;
import static dev.muster.process.BpmnModel.ZEEBE;
import static dev.muster.process.BpmnModel.ids;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Muster's own model shares with Java, and what one of a tenant's choice keeps of it. */
class TaskModelTest {

  private final BpmnModel model = BpmnModel.read(Path.of(TaskProcess.MODEL));
  private final BpmnModel example =
      BpmnModel.read(Path.of("bpmn", "examples", "approved-task.bpmn"));

  @Test
  void knowsTheConstantsOfJava() {
    var text = model.text();
    for (var constant : constants().entrySet()) {
      assertThat(text)
          .as(constant.getKey())
          .containsPattern("\\b%s\\b".formatted(constant.getValue()));
    }
    assertThat(ids(model.all(BPMN, "process"))).containsExactly(TaskProcess.ID);
  }

  @Test
  void usesNoNameThatJavaDoesNotKnow() {
    assertThat(constants().values()).containsAll(names(model));
  }

  @Test
  void knowsEveryStageAndEveryEndOfTime() {
    assertThat(compared(model, TaskProcess.STAGE)).isEqualTo(stages());
    assertThat(compared(model, TaskProcess.OVER)).isEqualTo(overs());
  }

  @Test
  void isFollowedByTheExampleInAllButItsStart() {
    var names = names(example);

    assertThat(names).contains("task-created-approved-task", CompleteTask.TYPE, "reason");
    names.removeAll(Set.of("task-created-approved-task", CompleteTask.TYPE, "reason"));
    assertThat(constants().values()).containsAll(names);
    assertThat(ids(example.all(BPMN, "startEvent"))).containsExactly(TaskProcess.START_EVENT);
    assertThat(compared(example, TaskProcess.STAGE)).isEqualTo(stages());
    assertThat(compared(example, TaskProcess.OVER)).isEqualTo(overs());
  }

  private static Set<String> stages() {
    return Arrays.stream(Stage.class.getPermittedSubclasses())
        .map(stage -> stage.getSimpleName().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static Set<String> overs() {
    return Arrays.stream(Stage.Over.values()).map(Stage.Over::word).collect(Collectors.toSet());
  }

  /** The names of a model that are not its own. */
  private static Set<String> names(BpmnModel model) {
    var names = new HashSet<String>();
    model.all(BPMN, "message").forEach(message -> names.add(message.getAttribute("name")));
    model.all(ZEEBE, "taskDefinition").forEach(job -> names.add(job.getAttribute("type")));
    model.all(ZEEBE, "input").forEach(input -> names.add(input.getAttribute("target")));
    model
        .all(ZEEBE, "loopCharacteristics")
        .forEach(loop -> names.add(loop.getAttribute("inputCollection").substring(1)));
    model
        .all(ZEEBE, "subscription")
        .forEach(message -> names.add(message.getAttribute("correlationKey").substring(1)));
    model.all(BPMN, "timeDate").forEach(timer -> names.add(timer.getTextContent().substring(1)));
    model
        .all(BPMN, "conditionExpression")
        .forEach(condition -> names.add(condition.getTextContent().split("[= ]+")[1]));
    return names;
  }

  /** The values that conditions compare a variable with. */
  private static Set<String> compared(BpmnModel model, String variable) {
    var comparison = Pattern.compile("=%s = \"(\\w+)\"".formatted(variable));
    return model.all(BPMN, "conditionExpression").stream()
        .map(condition -> comparison.matcher(condition.getTextContent()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .collect(Collectors.toSet());
  }

  private static Map<String, String> constants() {
    return Arrays.stream(TaskProcess.class.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> !field.getName().equals("MODEL"))
        .collect(Collectors.toMap(Field::getName, TaskModelTest::value));
  }

  private static String value(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
