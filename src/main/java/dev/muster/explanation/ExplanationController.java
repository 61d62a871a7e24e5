package dev.muster.explanation;

import dev.muster.task.TaskSid;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.worker.WorkerSid;
import dev.muster.workspace.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says why a task waits, or why it went where it went. */
@RestController
@RequestMapping("/muster/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Explanation")
class ExplanationController {

  /** Narrows the members to one worker, who need not be a member. */
  record WorkerFilter(@Nullable WorkerSid workerSid) {}

  private final Explanations explanations;

  ExplanationController(Explanations explanations) {
    this.explanations = explanations;
  }

  @GetMapping
  Map<String, Object> fetch(
      Tenant tenant,
      @PathVariable("TaskSid") TaskSid task,
      @Form WorkerFilter filter,
      PageRequest page,
      BaseUrl base) {
    var explained = explanations.of(tenant.workspace(), task, filter.workerSid(), page);
    var body = new LinkedHashMap<String, Object>();
    body.put("explanation", explained.explanation());
    body.putAll(PageBody.of("members", explained.members(), base));
    return body;
  }
}
