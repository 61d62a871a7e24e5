package dev.muster.task;

import dev.muster.task.TaskForms.TaskUpdate;
import dev.muster.workspace.WorkspaceSid;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Adds to the attributes of tasks what the service itself did for them. */
@Component
public class TaskAttributes {

  private static final Logger LOG = LoggerFactory.getLogger(TaskAttributes.class);

  private static final int LONGEST = 4_096;

  /** What the tenant wrote stays as exact as it was. */
  private static final JsonMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final Tasks tasks;
  private final TaskEdits edits;

  TaskAttributes(Tasks tasks, TaskEdits edits) {
    this.tasks = tasks;
    this.edits = edits;
  }

  /**
   * Sets these attributes, in place of former ones of their names. A task that is over, or whose
   * attributes would become longer than 4,096 characters, stays as it is.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void set(WorkspaceSid workspace, TaskSid sid, Map<String, ?> attributes) {
    tasks.holdPlaces(workspace);
    tasks
        .lock(workspace, sid)
        .filter(task -> !task.status().ended())
        .ifPresent(task -> set(task, attributes));
  }

  private void set(Task task, Map<String, ?> attributes) {
    var written = (ObjectNode) EXACT.readTree(task.attributes());
    attributes.forEach((name, value) -> written.set(name, EXACT.valueToTree(value)));
    var text = EXACT.writeValueAsString(written);
    if (text.length() > LONGEST) {
      LOG.warn("Task {} has no room for the attributes {}", task.sid(), attributes.keySet());
      return;
    }
    edits.edit(task, new TaskUpdate(text, null, null, null, null, null), tasks.now());
  }
}
