package dev.muster.statistics;

import dev.muster.statistics.Cumulative.OfWorkers;
import dev.muster.statistics.StatisticsForms.OfSomeWorkers;
import dev.muster.statistics.StatisticsForms.Present;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.worker.WorkerSid;
import dev.muster.worker.Workers;
import dev.muster.workspace.Tenant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/Workers")
class WorkerStatisticsController {

  /** One worker's past. */
  record OneWorker(OfWorkers cumulative) {}

  private final Questions questions;
  private final Staff staff;
  private final Cumulative cumulative;
  private final Workers workers;

  WorkerStatisticsController(
      Questions questions, Staff staff, Cumulative cumulative, Workers workers) {
    this.questions = questions;
    this.staff = staff;
    this.cumulative = cumulative;
    this.workers = workers;
  }

  @GetMapping("/Statistics")
  Summary<WorkersNow.Body, OfWorkers> summary(
      Tenant tenant, @Form OfSomeWorkers form, BaseUrl base) {
    var asked = form.workers();
    var question = questions.past(tenant.workspace(), asked.period(), asked.taskChannel());
    var chosen =
        staff.chosen(
            tenant.workspace(), form.friendlyName(), form.taskQueueSid(), form.taskQueueName());
    return new Summary<>(
        Place.of(tenant, base, "/Workers/Statistics"),
        staff.of(tenant.workspace(), chosen).body(),
        cumulative.ofWorkers(question, chosen));
  }

  @GetMapping("/RealTimeStatistics")
  Report<WorkersNow.Body> realTime(Tenant tenant, @Form Present form, BaseUrl base) {
    questions.channel(tenant.workspace(), form.taskChannel());
    return new Report<>(
        Place.of(tenant, base, "/Workers/RealTimeStatistics"), staff.of(tenant.workspace()).body());
  }

  @GetMapping("/CumulativeStatistics")
  Report<OfWorkers> cumulative(Tenant tenant, @Form StatisticsForms.OfWorkers form, BaseUrl base) {
    var question = questions.past(tenant.workspace(), form.period(), form.taskChannel());
    return new Report<>(
        Place.of(tenant, base, "/Workers/CumulativeStatistics"),
        cumulative.ofWorkers(question, Optional.empty()));
  }

  @GetMapping("/{WorkerSid}/Statistics")
  Report<OneWorker> ofOne(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid sid,
      @Form StatisticsForms.OfWorkers form,
      BaseUrl base) {
    workers.get(tenant.workspace(), sid);
    var question = questions.past(tenant.workspace(), form.period(), form.taskChannel());
    var past = cumulative.ofWorkers(question, Optional.of(List.of(sid.value())));
    return new Report<>(Place.of(tenant, sid, base, "/Statistics"), new OneWorker(past));
  }
}
