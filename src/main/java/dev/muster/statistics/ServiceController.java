package dev.muster.statistics;

import dev.muster.queue.QueueFilter;
import dev.muster.queue.QueueList;
import dev.muster.queue.TaskQueueSid;
import dev.muster.queue.TaskQueues;
import dev.muster.statistics.StatisticsForms.OfService;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.workspace.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How well queues serve: what supervisors ask beyond v1. */
@RestController
@RequestMapping("/muster/v1/Workspaces/{WorkspaceSid}/TaskQueues")
class ServiceController {

  private static final int DEFAULT_WITHIN_SECONDS = 20;

  private final Questions questions;
  private final Services services;
  private final QueueList list;
  private final TaskQueues queues;

  ServiceController(Questions questions, Services services, QueueList list, TaskQueues queues) {
    this.questions = questions;
    this.services = services;
    this.list = list;
    this.queues = queues;
  }

  @GetMapping("/Service")
  Map<String, Object> list(Tenant tenant, @Form OfService form, PageRequest page, BaseUrl base) {
    var question = question(tenant, form);
    var listed = list.page(tenant.workspace(), QueueFilter.NONE, page);
    var answers = services.of(listed.items(), question, within(form));
    return PageBody.of("services", listed.with(answers), base);
  }

  @GetMapping("/{TaskQueueSid}/Service")
  Service fetch(
      Tenant tenant, @PathVariable("TaskQueueSid") TaskQueueSid sid, @Form OfService form) {
    var queue = queues.get(tenant.workspace(), sid);
    return services.of(List.of(queue), question(tenant, form), within(form)).getFirst();
  }

  private Question question(Tenant tenant, OfService form) {
    return questions.past(tenant.workspace(), form.period(), form.taskChannel());
  }

  private static int within(OfService form) {
    return Objects.requireNonNullElse(form.within(), DEFAULT_WITHIN_SECONDS);
  }
}
