package dev.muster.statistics;

import dev.muster.queue.TaskQueueSid;
import dev.muster.queue.TaskQueues;
import dev.muster.statistics.Cumulated.Mean;
import dev.muster.statistics.StatisticsForms.Past;
import dev.muster.statistics.StatisticsForms.Present;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.workspace.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Statistics of one queue. */
@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}")
class TaskQueueStatisticsController {

  private final Questions questions;
  private final RealTime realTime;
  private final Cumulative cumulative;
  private final TaskQueues queues;

  TaskQueueStatisticsController(
      Questions questions, RealTime realTime, Cumulative cumulative, TaskQueues queues) {
    this.questions = questions;
    this.realTime = realTime;
    this.cumulative = cumulative;
    this.queues = queues;
  }

  @GetMapping("/Statistics")
  Summary<QueueNow, Cumulated> summary(
      Tenant tenant,
      @PathVariable("TaskQueueSid") TaskQueueSid sid,
      @Form Past form,
      BaseUrl base) {
    queues.get(tenant.workspace(), sid);
    var question = questions.past(tenant.workspace(), form);
    return new Summary<>(
        Place.of(tenant, sid, base, "/Statistics"),
        now(tenant, sid, question.channel()),
        cumulative.of(Scope.QUEUE, sid.value(), question, Mean.EXACT));
  }

  @GetMapping("/RealTimeStatistics")
  Report<QueueNow> realTime(
      Tenant tenant,
      @PathVariable("TaskQueueSid") TaskQueueSid sid,
      @Form Present form,
      BaseUrl base) {
    queues.get(tenant.workspace(), sid);
    var channel = questions.channel(tenant.workspace(), form.taskChannel());
    return new Report<>(
        Place.of(tenant, sid, base, "/RealTimeStatistics"), now(tenant, sid, channel));
  }

  @GetMapping("/CumulativeStatistics")
  Report<Cumulated> cumulative(
      Tenant tenant,
      @PathVariable("TaskQueueSid") TaskQueueSid sid,
      @Form Past form,
      BaseUrl base) {
    queues.get(tenant.workspace(), sid);
    var question = questions.past(tenant.workspace(), form);
    return new Report<>(
        Place.of(tenant, sid, base, "/CumulativeStatistics"),
        cumulative.of(Scope.QUEUE, sid.value(), question, Mean.WHOLE));
  }

  private QueueNow now(Tenant tenant, TaskQueueSid sid, @Nullable String channel) {
    return realTime.queues(tenant.workspace(), List.of(sid.value()), channel).getFirst();
  }
}
