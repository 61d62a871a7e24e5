package dev.muster.trial;

import dev.muster.rules.InstructionError;
import dev.muster.trial.DryRuns.Tried;
import dev.muster.web.Form;
import dev.muster.web.Refused;
import dev.muster.workflow.Advice;
import dev.muster.workflow.OddPlace;
import dev.muster.workflow.Surroundings;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/** Lets analysts look at a draft before it is live. */
@RestController
@RequestMapping("/muster/v1/Workspaces/{WorkspaceSid}/Workflows")
class TrialController {

  private static final int MOST_TASKS = 10_000;
  private static final int DEFAULT_TASKS = 100;

  record Draft(@NotBlank String configuration) {}

  /**
   * A draft and the tasks to try it on.
   *
   * @param tasks a JSON array of attribute objects; if absent, the last tasks of the workspace are
   *     taken
   */
  record Trial(
      @NotBlank String configuration,
      @Nullable WorkflowSid workflowSid,
      @Nullable String tasks,
      @Nullable @Min(1) @Max(MOST_TASKS) Integer last,
      @Nullable Instant startDate,
      @Nullable Instant endDate) {}

  /** A draft that is valid, with what is odd about it. */
  record Verdict(boolean valid, List<OddPlace> warnings) {}

  private final Advice advice;
  private final Surroundings surroundings;
  private final PastTasks pastTasks;
  private final DryRuns dryRuns;
  private final ObjectMapper json;

  TrialController(
      Advice advice,
      Surroundings surroundings,
      PastTasks pastTasks,
      DryRuns dryRuns,
      ObjectMapper json) {
    this.advice = advice;
    this.surroundings = surroundings;
    this.pastTasks = pastTasks;
    this.dryRuns = dryRuns;
    this.json = json;
  }

  @PostMapping("/Validate")
  Verdict validate(Tenant tenant, @Form Draft draft) {
    try {
      return new Verdict(true, advice.on(tenant.workspace(), draft.configuration()));
    } catch (InstructionError error) {
      throw Refused.because("Configuration", error);
    }
  }

  @PostMapping("/DryRun")
  @Transactional(readOnly = true)
  DryRun dryRun(Tenant tenant, @Form Trial trial) {
    var workspace = tenant.workspace();
    return dryRuns.run(
        workspace, trial.configuration(), tasks(workspace, trial), surroundings.of(workspace));
  }

  private List<Tried> tasks(WorkspaceSid workspace, Trial trial) {
    if (trial.tasks() != null && !trial.tasks().isBlank()) {
      return given(trial.tasks());
    }
    var period = trial.startDate() != null || trial.endDate() != null;
    var limit = trial.last() == null ? (period ? MOST_TASKS : DEFAULT_TASKS) : trial.last();
    return pastTasks.read(
        workspace, trial.workflowSid(), trial.startDate(), trial.endDate(), limit);
  }

  private List<Tried> given(String text) {
    try {
      var tasks = new ArrayList<Tried>();
      var array = json.readTree(text);
      if (!array.isArray() || array.size() > MOST_TASKS) {
        throw Refused.invalid(
            "Expected Tasks to be a JSON array of at most %d attribute objects, but got: %s",
            MOST_TASKS, array.isArray() ? array.size() + " of them" : array.getNodeType());
      }
      array.forEach(task -> tasks.add(new Tried(null, task.toString(), 0, null)));
      return tasks;
    } catch (JacksonException failure) {
      throw Refused.invalid(
          "Expected Tasks to be a JSON array of attribute objects, but it cannot be read: %s",
          failure.getOriginalMessage());
    }
  }
}
