package dev.muster.task;

import dev.muster.task.TaskForms.NewTask;
import dev.muster.task.TaskForms.TaskFilter;
import dev.muster.task.TaskForms.TaskUpdate;
import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.IfMatch;
import dev.muster.web.PageRequest;
import dev.muster.web.SearchLimit;
import dev.muster.workspace.Tenant;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/Tasks")
class TaskController {

  private final TaskIntake intake;
  private final Tasks tasks;
  private final TaskUpdates updates;
  private final SearchLimit searches;

  TaskController(TaskIntake intake, Tasks tasks, TaskUpdates updates, SearchLimit searches) {
    this.intake = intake;
    this.tasks = tasks;
    this.updates = updates;
    this.searches = searches;
  }

  @PostMapping
  ResponseEntity<TaskBody> create(Tenant tenant, @Form NewTask form, BaseUrl base) {
    var task = intake.create(tenant.workspace(), form);
    return Answers.created(body(task, tenant, base), task.version());
  }

  @GetMapping
  ResponseEntity<Map<String, Object>> list(
      Tenant tenant, @Form TaskFilter filter, PageRequest request, BaseUrl base) {
    if (filter.byExpression()) {
      searches.take(tenant.account(), "EvaluateTaskAttributes");
    }
    var page = tasks.list(tenant.workspace(), filter, request);
    return Answers.list("tasks", page, task -> body(task, tenant, base), base);
  }

  @GetMapping("/{Sid}")
  ResponseEntity<TaskBody> fetch(Tenant tenant, @PathVariable("Sid") TaskSid sid, BaseUrl base) {
    var task = tasks.get(tenant.workspace(), sid);
    return Answers.ok(body(task, tenant, base), task.version());
  }

  @PostMapping("/{Sid}")
  ResponseEntity<TaskBody> update(
      Tenant tenant,
      @PathVariable("Sid") TaskSid sid,
      @Form TaskUpdate form,
      IfMatch match,
      BaseUrl base) {
    var task = updates.update(tenant, sid, form, match);
    return Answers.ok(body(task, tenant, base), task.version());
  }

  @DeleteMapping("/{Sid}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Tenant tenant, @PathVariable("Sid") TaskSid sid, IfMatch match) {
    tasks.delete(tenant, sid, match);
  }

  private TaskBody body(Task task, Tenant tenant, BaseUrl base) {
    return TaskBody.of(task, tenant, base, tasks.now());
  }
}
