package dev.muster.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.event.EventSid;
import dev.muster.given.TwoTenantsTest;
import dev.muster.queue.TaskQueueSid;
import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.web.PageRequest;
import dev.muster.worker.WorkerSid;
import dev.muster.workflow.WorkflowSid;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.ObjectMapper;

/** With 400,000 events of thirty days, every filter finds its way by an index of its own. */
class EventPlansTest extends TwoTenantsTest {

  private static final int EVENTS = 400_000;

  @Autowired JdbcTemplate template;
  @Autowired ObjectMapper json;
  @Autowired Clock present;

  @Test
  void readsNeitherAllEventsNorSortsThem() {
    fill(ours.workspace(), EVENTS * 9 / 10);
    fill(theirs.workspace(), EVENTS / 10);
    jdbc.sql("ANALYZE event").update();
    var month = present.instant().minusSeconds(30L * 24 * 3600);
    var hex = "0".repeat(29);

    finds("event_by_time", filter(f -> {}));
    finds("event_by_time", filter(f -> f.start = month));
    finds("event_by_task", filter(f -> f.task = TaskSid.of("WT" + hex + "7a1"), month));
    finds(
        "event_by_reservation",
        filter(f -> f.reservation = ReservationSid.of("WR" + hex + "7a1"), month));
    finds("event_by_worker", filter(f -> f.worker = WorkerSid.of("WK" + hex + "00a"), month));
    finds("event_by_type", filter(f -> f.type = "rare.event", month));
    finds("event_by_queue", filter(f -> f.queue = TaskQueueSid.of("WQ" + hex + "3e7"), month));
    finds("event_by_workflow", filter(f -> f.workflow = WorkflowSid.of("WW" + hex + "3e7"), month));
    finds("event_by_channel", filter(f -> f.channel = "TC" + hex + "3e7", month));
    finds("event_pkey", filter(f -> f.sid = EventSid.of("EV" + hex + "7a1"), month));
  }

  private void finds(String index, EventFilter filter) {
    var plans = new ArrayList<String>();
    var history = new History(JdbcClient.create(new Explaining(template, plans)), json, present);

    history.list(ours.workspaceSid(), filter, new PageRequest(50, 0, null, null));
    var newest =
        jdbc.sql(
                "SELECT max(sid) FROM event WHERE workspace_sid = ? AND at < now() - interval '10 days'")
            .param(ours.workspace())
            .query(String.class)
            .single();
    if (index.equals("event_by_time")) {
      history.list(ours.workspaceSid(), filter, new PageRequest(50, 1, newest, null));
    }

    assertThat(plans.getFirst()).contains(index).doesNotContain("Seq Scan on event");
    assertThat(plans.getLast())
        .doesNotContain("Seq Scan on event")
        .doesNotContain("Sort Method: external");
  }

  private static final class Wanted {
    @Nullable Instant start;
    @Nullable TaskSid task;
    @Nullable ReservationSid reservation;
    @Nullable WorkerSid worker;
    @Nullable String type;
    @Nullable TaskQueueSid queue;
    @Nullable WorkflowSid workflow;
    @Nullable String channel;
    @Nullable EventSid sid;
  }

  private static EventFilter filter(Consumer<Wanted> choice, Instant start) {
    return filter(choice.andThen(wanted -> wanted.start = start));
  }

  private static EventFilter filter(Consumer<Wanted> choice) {
    var wanted = new Wanted();
    choice.accept(wanted);
    return new EventFilter(
        null,
        wanted.type,
        null,
        wanted.reservation,
        wanted.start,
        wanted.queue,
        wanted.task,
        wanted.worker,
        wanted.workflow,
        wanted.channel,
        wanted.sid);
  }

  /** Notes the plan of every query before it asks it. */
  private static final class Explaining extends NamedParameterJdbcTemplate {

    private final List<String> plans;
    private boolean explaining;

    Explaining(JdbcTemplate template, List<String> plans) {
      super(template);
      this.plans = plans;
    }

    @Override
    protected PreparedStatementCreator getPreparedStatementCreator(
        String sql, SqlParameterSource parameters) {
      if (!explaining) {
        explaining = true;
        plans.add(String.join("\n", queryForList("EXPLAIN " + sql, parameters, String.class)));
        explaining = false;
      }
      return super.getPreparedStatementCreator(sql, parameters);
    }
  }

  /** A few of a thousand queues, workflows and channels have most of it, as they do. */
  private void fill(String workspace, int count) {
    jdbc.sql(
            """
            INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, data, at, task_sid, task_number,
              reservation_sid, worker_sid, task_queue_sid, workflow_sid, task_channel_sid)
            SELECT :workspace, 'EV' || lpad(to_hex(n), 32, '0'),
              CASE WHEN n % 5000 = 0 THEN 'rare.event' ELSE 'task.event' || n % 10 END, 'task', 'WT', '{}',
              :now::timestamptz - interval '30 days' * (:count - n) / :count,
              'WT' || lpad(to_hex(n / 8), 32, '0'), n % 8 + 1,
              CASE WHEN n % 2 = 0 THEN 'WR' || lpad(to_hex(n / 8), 32, '0') END,
              CASE WHEN n % 2 = 0 THEN 'WK' || lpad(to_hex(n / 8 % 300), 32, '0') END,
              'WQ' || lpad(to_hex(k.rare), 32, '0'), 'WW' || lpad(to_hex(k.rare), 32, '0'),
              'TC' || lpad(to_hex(k.rare), 32, '0')
            FROM generate_series(1, :count) AS n
            CROSS JOIN LATERAL (SELECT CASE WHEN n % 20 = 0 THEN n / 20 % 1000 ELSE n % 3 END AS rare) k
            """)
        .param("workspace", workspace)
        .param("now", present.instant().atOffset(ZoneOffset.UTC))
        .param("count", count)
        .update();
  }
}
