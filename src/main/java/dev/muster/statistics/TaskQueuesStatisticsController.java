package dev.muster.statistics;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.queue.QueueFilter;
import dev.muster.queue.QueueList;
import dev.muster.queue.TaskQueueSid;
import dev.muster.statistics.Cumulated.Mean;
import dev.muster.statistics.StatisticsForms.OfQueues;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.web.SearchLimit;
import dev.muster.workspace.Tenant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Statistics of many queues at once. */
@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/TaskQueues")
class TaskQueuesStatisticsController {

  private static final int MOST_QUEUES = 50;
  private static final int QUESTIONS_PER_SECOND = 5;

  /** The one body of v1 that comes as a document alone. */
  record Wanted(@JsonProperty("queueSids") @JsonAlias("QueueSids") @Nullable List<String> sids) {}

  record QueueData(TaskQueueSid taskQueueSid, @JsonUnwrapped QueueNow now) {}

  record Bulk(
      @JsonUnwrapped Place place, int taskQueueResponseCount, List<QueueData> taskQueueData) {}

  private final Questions questions;
  private final RealTime realTime;
  private final Cumulative cumulative;
  private final QueueList queues;
  private final SearchLimit limit;

  TaskQueuesStatisticsController(
      Questions questions,
      RealTime realTime,
      Cumulative cumulative,
      QueueList queues,
      SearchLimit limit) {
    this.questions = questions;
    this.realTime = realTime;
    this.cumulative = cumulative;
    this.queues = queues;
    this.limit = limit;
  }

  @GetMapping("/Statistics")
  Map<String, Object> list(Tenant tenant, @Form OfQueues form, PageRequest page, BaseUrl base) {
    var question = questions.past(tenant.workspace(), form.past());
    var filter = new QueueFilter(form.friendlyName(), null, null, null);
    var listed = queues.page(tenant.workspace(), filter, page);
    var sids = listed.items().stream().map(queue -> queue.sid().value()).toList();
    var present = realTime.queues(tenant.workspace(), sids, question.channel());
    var past = cumulative.of(Scope.QUEUE, sids, question, Mean.EXACT);
    var summaries =
        IntStream.range(0, sids.size())
            .mapToObj(
                i ->
                    new Summary<>(
                        Place.listed(tenant, listed.items().get(i).sid()),
                        present.get(i),
                        past.get(i)))
            .toList();
    return PageBody.of("task_queues_statistics", listed.with(summaries), base);
  }

  /** A sid that is no queue's of the workspace is answered with zeros. */
  @PostMapping("/RealTimeStatistics")
  Bulk realTime(Tenant tenant, @RequestBody Wanted wanted, BaseUrl base) {
    limit.take(tenant.account(), "queueSids", QUESTIONS_PER_SECOND);
    var sids = sids(wanted);
    var present = realTime.queues(tenant.workspace(), sids, null);
    return new Bulk(
        Place.of(tenant, base, "/TaskQueues/RealTimeStatistics"),
        sids.size(),
        IntStream.range(0, sids.size())
            .mapToObj(i -> new QueueData(new TaskQueueSid(sids.get(i)), present.get(i)))
            .toList());
  }

  private static List<String> sids(Wanted wanted) {
    var sids = wanted.sids();
    if (sids == null || sids.isEmpty() || sids.size() > MOST_QUEUES) {
      throw Refused.invalid(
          "Expected queueSids to be a JSON array of 1 to %d SIDs, but got %s",
          MOST_QUEUES, sids == null ? "none" : sids.size() + " of them");
    }
    return sids.stream().map(TaskQueuesStatisticsController::checked).distinct().toList();
  }

  private static String checked(@Nullable String text) {
    try {
      return TaskQueueSid.of(String.valueOf(text)).value();
    } catch (IllegalArgumentException malformed) {
      throw Refused.invalid(
          "Expected every one of queueSids to be %s, but got '%.80s'",
          String.valueOf(malformed.getMessage()), String.valueOf(text));
    }
  }
}
