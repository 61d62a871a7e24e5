package dev.muster.statistics;

import dev.muster.statistics.Cumulated.Mean;
import dev.muster.statistics.StatisticsForms.Past;
import dev.muster.statistics.StatisticsForms.Present;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.workspace.Tenant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}")
class WorkspaceStatisticsController {

  private final Questions questions;
  private final RealTime realTime;
  private final Cumulative cumulative;

  WorkspaceStatisticsController(Questions questions, RealTime realTime, Cumulative cumulative) {
    this.questions = questions;
    this.realTime = realTime;
    this.cumulative = cumulative;
  }

  @GetMapping("/Statistics")
  Summary<WorkspaceNow, Cumulated> summary(Tenant tenant, @Form Past form, BaseUrl base) {
    var question = questions.past(tenant.workspace(), form);
    return new Summary<>(
        Place.of(tenant, base, "/Statistics"),
        realTime.workspace(tenant.workspace(), question.channel()),
        cumulated(question, Mean.EXACT));
  }

  @GetMapping("/RealTimeStatistics")
  Report<WorkspaceNow> realTime(Tenant tenant, @Form Present form, BaseUrl base) {
    var channel = questions.channel(tenant.workspace(), form.taskChannel());
    return new Report<>(
        Place.of(tenant, base, "/RealTimeStatistics"),
        realTime.workspace(tenant.workspace(), channel));
  }

  @GetMapping("/CumulativeStatistics")
  Report<Cumulated> cumulative(Tenant tenant, @Form Past form, BaseUrl base) {
    var question = questions.past(tenant.workspace(), form);
    return new Report<>(
        Place.of(tenant, base, "/CumulativeStatistics"), cumulated(question, Mean.WHOLE));
  }

  private Cumulated cumulated(Question question, Mean mean) {
    return cumulative.of(Scope.WORKSPACE, question.workspace().value(), question, mean);
  }
}
