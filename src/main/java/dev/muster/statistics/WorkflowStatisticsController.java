package dev.muster.statistics;

import dev.muster.statistics.Cumulated.Mean;
import dev.muster.statistics.StatisticsForms.Past;
import dev.muster.statistics.StatisticsForms.Present;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workflow.Workflows;
import dev.muster.workspace.Tenant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}")
class WorkflowStatisticsController {

  private final Questions questions;
  private final RealTime realTime;
  private final Cumulative cumulative;
  private final Workflows workflows;

  WorkflowStatisticsController(
      Questions questions, RealTime realTime, Cumulative cumulative, Workflows workflows) {
    this.questions = questions;
    this.realTime = realTime;
    this.cumulative = cumulative;
    this.workflows = workflows;
  }

  @GetMapping("/Statistics")
  Summary<TasksNow.Body, Cumulated> summary(
      Tenant tenant, @PathVariable("WorkflowSid") WorkflowSid sid, @Form Past form, BaseUrl base) {
    workflows.get(tenant.workspace(), sid);
    var question = questions.past(tenant.workspace(), form);
    return new Summary<>(
        Place.of(tenant, sid, base, "/Statistics"),
        realTime.workflow(tenant.workspace(), sid, question.channel()),
        cumulative.of(Scope.WORKFLOW, sid.value(), question, Mean.EXACT));
  }

  @GetMapping("/RealTimeStatistics")
  Report<TasksNow.Body> realTime(
      Tenant tenant,
      @PathVariable("WorkflowSid") WorkflowSid sid,
      @Form Present form,
      BaseUrl base) {
    workflows.get(tenant.workspace(), sid);
    var channel = questions.channel(tenant.workspace(), form.taskChannel());
    return new Report<>(
        Place.of(tenant, sid, base, "/RealTimeStatistics"),
        realTime.workflow(tenant.workspace(), sid, channel));
  }

  @GetMapping("/CumulativeStatistics")
  Report<Cumulated> cumulative(
      Tenant tenant, @PathVariable("WorkflowSid") WorkflowSid sid, @Form Past form, BaseUrl base) {
    workflows.get(tenant.workspace(), sid);
    var question = questions.past(tenant.workspace(), form);
    return new Report<>(
        Place.of(tenant, sid, base, "/CumulativeStatistics"),
        cumulative.of(Scope.WORKFLOW, sid.value(), question, Mean.WHOLE));
  }
}
