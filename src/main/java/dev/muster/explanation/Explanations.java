package dev.muster.explanation;

import dev.muster.explanation.Explanation.Condition;
import dev.muster.explanation.Explanation.Offered;
import dev.muster.explanation.Explanation.Policy;
import dev.muster.explanation.Explanation.Position;
import dev.muster.explanation.Explanation.TriedFilter;
import dev.muster.queue.TaskQueues;
import dev.muster.rules.Attributes;
import dev.muster.task.Demand;
import dev.muster.task.Task;
import dev.muster.task.TaskPlaces;
import dev.muster.task.TaskSid;
import dev.muster.task.Tasks;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import dev.muster.worker.ChannelFacts;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.Plans;
import dev.muster.workflow.Step;
import dev.muster.workspace.WorkspaceSid;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Explains where tasks stand. */
@Component
class Explanations {

  private static final int COUNTED = 10_000;

  private static final String AHEAD =
      """
      SELECT count(*) FROM (
        SELECT 1 FROM task o JOIN task t ON t.workspace_sid = :workspace AND t.sid = :task
        WHERE o.workspace_sid = :workspace AND o.task_queue_sid = t.task_queue_sid AND o.waiting
          AND (o.rank_priority, o.rank_time, o.sid) < (t.rank_priority, t.rank_time, t.sid)
        LIMIT :limit) AS ahead
      """;

  private static final String OFFERS =
      """
      SELECT sid, worker_sid, worker_name, status, created_at FROM reservation
      WHERE workspace_sid = :workspace AND task_sid = :task ORDER BY sid DESC LIMIT 50
      """;

  private final JdbcClient jdbc;
  private final Tasks tasks;
  private final TaskPlaces places;
  private final Plans plans;
  private final TaskQueues queues;
  private final Colleagues colleagues;
  private final ChannelFacts channelFacts;
  private final WorkersOfSteps workersOfSteps;
  private final Clock clock;

  Explanations(
      JdbcClient jdbc,
      Tasks tasks,
      TaskPlaces places,
      Plans plans,
      TaskQueues queues,
      Colleagues colleagues,
      ChannelFacts channelFacts,
      WorkersOfSteps workersOfSteps,
      Clock clock) {
    this.jdbc = jdbc;
    this.tasks = tasks;
    this.places = places;
    this.plans = plans;
    this.queues = queues;
    this.colleagues = colleagues;
    this.channelFacts = channelFacts;
    this.workersOfSteps = workersOfSteps;
    this.clock = clock;
  }

  /**
   * Where a task stands, and for members of its queue the first reason why it is not offered to
   * them.
   */
  record Explained(Explanation explanation, Page<Member> members) {}

  /**
   * Explains a task, even one that the v1 interface no longer knows. The filters are tried on the
   * attributes that it has now.
   *
   * @param worker the only worker to speak of, member of the queue or not; null for its members
   */
  @Transactional(readOnly = true)
  public Explained of(
      WorkspaceSid workspace, TaskSid sid, @Nullable WorkerSid worker, PageRequest page) {
    var task = tasks.find(workspace, sid).orElseThrow(Refused::notFound);
    if (task.workflowName() == null || task.queueName() == null) {
      throw Refused.invalid(
          "Expected the workflow and the queue of task %s to be there to explain it, but one of them was deleted after the task's end",
          sid);
    }
    var demand = places.demand(task);
    var explanation =
        new Explanation(
            task.sid(),
            task.status(),
            task.reason(),
            task.priority(),
            task.workflow(),
            task.workflowVersion(),
            routedBy(task),
            tried(task),
            policies(task),
            step(task, demand),
            position(task),
            offers(task));
    return new Explained(explanation, members(task, demand, worker, page));
  }

  private Page<Member> members(
      Task task, Demand demand, @Nullable WorkerSid worker, PageRequest page) {
    var asked =
        worker == null
            ? colleagues.members(task, page)
            : new Page<>(
                List.of(colleagues.find(task, worker).orElseThrow(Refused::notFound)),
                page,
                null,
                null);
    return asked.map(whyNot(task, demand, asked.items())::of);
  }

  private WhyNot whyNot(Task task, Demand demand, List<Colleague> asked) {
    return new WhyNot(
        task,
        demand,
        queues.get(task.workspace(), task.queue()),
        demand.readsChannels()
            ? channelFacts.of(task.workspace(), asked.stream().map(Colleague::sid).toList())
            : Map.of(),
        clock.instant());
  }

  private static String routedBy(Task task) {
    return switch (task.filter()) {
      case Step.PLACED -> "caller";
      case Step.DEFAULT_FILTER -> "default_filter";
      default -> "filter";
    };
  }

  private List<TriedFilter> tried(Task task) {
    if (task.filter() == Step.PLACED) {
      return List.of();
    }
    return plans
        .get(task.workspace(), task.workflow(), task.workflowVersion())
        .compiled()
        .trace(Attributes.parse(task.attributes()))
        .tried()
        .stream()
        .map(
            tried ->
                new TriedFilter(
                    tried.filter(),
                    tried.name(),
                    tried.trace().holds(),
                    Condition.of(tried.trace())))
        .toList();
  }

  private static List<Policy> policies(Task task) {
    return Stream.concat(
            task.closedBy().stream().map(Policy::closing),
            task.loweredBy().stream().map(Policy::lowering))
        .toList();
  }

  private Explanation.Step step(Task task, Demand demand) {
    return new Explanation.Step(
        task.filter() < 0 ? null : task.filter(),
        task.target(),
        task.queue(),
        task.queueName(),
        demand.workers() == null ? null : demand.workers().canonical(),
        demand.orderBy() == null ? null : demand.orderBy().canonical(),
        workersOfSteps.of(task, demand).orElse(null),
        task.stepEnteredAt(),
        task.stepExpiresAt(),
        task.expiresAt());
  }

  private Position position(Task task) {
    if (!task.isWaiting()) {
      return new Position(null, true);
    }
    var ahead =
        jdbc.sql(AHEAD)
            .param("workspace", task.workspace().value())
            .param("task", task.sid().value())
            .param("limit", COUNTED)
            .query(Integer.class)
            .single();
    return new Position(ahead, ahead < COUNTED);
  }

  private List<Offered> offers(Task task) {
    return jdbc.sql(OFFERS)
        .param("workspace", task.workspace().value())
        .param("task", task.sid().value())
        .query(
            (row, number) ->
                new Offered(
                    row.getString("sid"),
                    new WorkerSid(row.getString("worker_sid")),
                    row.getString("worker_name"),
                    row.getString("status"),
                    row.getTimestamp("created_at").toInstant()))
        .list();
  }
}
