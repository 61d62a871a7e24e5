package dev.muster.queue;

import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.web.SearchLimit;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.Tenant;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/TaskQueues")
class TaskQueueController {

  private static final String RESERVED_WORKERS = "a whole number from 1 to 50";

  private final TaskQueues queues;
  private final QueueList list;
  private final SearchLimit searches;

  TaskQueueController(TaskQueues queues, QueueList list, SearchLimit searches) {
    this.queues = queues;
    this.list = list;
    this.searches = searches;
  }

  record Create(
      @NotBlank @Size(max = 64) String friendlyName,
      @Nullable String targetWorkers,
      @Nullable
          @Min(value = 1, message = RESERVED_WORKERS)
          @Max(value = 50, message = RESERVED_WORKERS)
          Integer maxReservedWorkers,
      @Nullable TaskOrder taskOrder,
      @Nullable ActivitySid reservationActivitySid,
      @Nullable ActivitySid assignmentActivitySid) {}

  record Update(
      @Nullable
          @Size(max = 64)
          @Pattern(regexp = "(?s).*\\S.*", message = "a name that is not blank")
          String friendlyName,
      @Nullable String targetWorkers,
      @Nullable
          @Min(value = 1, message = RESERVED_WORKERS)
          @Max(value = 50, message = RESERVED_WORKERS)
          Integer maxReservedWorkers,
      @Nullable TaskOrder taskOrder,
      @Nullable ActivitySid reservationActivitySid,
      @Nullable ActivitySid assignmentActivitySid) {}

  @PostMapping
  ResponseEntity<TaskQueueBody> create(Tenant tenant, @Form Create form, BaseUrl base) {
    var settings =
        new QueueSettings(
            form.friendlyName(),
            form.targetWorkers(),
            form.maxReservedWorkers(),
            form.taskOrder(),
            form.reservationActivitySid(),
            form.assignmentActivitySid());
    var queue = queues.create(tenant.workspace(), settings);
    return Answers.created(TaskQueueBody.of(queue, tenant, base));
  }

  @GetMapping
  Map<String, Object> list(
      Tenant tenant, @Form QueueFilter filter, PageRequest request, BaseUrl base) {
    if (filter.byAttributes()) {
      searches.take(tenant.account(), "EvaluateWorkerAttributes");
    }
    var page = list.page(tenant.workspace(), filter, request);
    return PageBody.of("task_queues", page.map(q -> TaskQueueBody.of(q, tenant, base)), base);
  }

  @GetMapping("/{Sid}")
  TaskQueueBody fetch(Tenant tenant, @PathVariable("Sid") TaskQueueSid sid, BaseUrl base) {
    return TaskQueueBody.of(queues.get(tenant.workspace(), sid), tenant, base);
  }

  @PostMapping("/{Sid}")
  TaskQueueBody update(
      Tenant tenant, @PathVariable("Sid") TaskQueueSid sid, @Form Update form, BaseUrl base) {
    var settings =
        new QueueSettings(
            form.friendlyName(),
            form.targetWorkers(),
            form.maxReservedWorkers(),
            form.taskOrder(),
            form.reservationActivitySid(),
            form.assignmentActivitySid());
    return TaskQueueBody.of(queues.update(tenant.workspace(), sid, settings), tenant, base);
  }

  @DeleteMapping("/{Sid}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Tenant tenant, @PathVariable("Sid") TaskQueueSid sid) {
    queues.delete(tenant.workspace(), sid);
  }
}
