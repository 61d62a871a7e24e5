package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.rules.Attributes;
import dev.muster.task.TaskForms.NewTask;
import dev.muster.web.IfMatch;
import dev.muster.workflow.Admission.Entered;
import dev.muster.workflow.Authorship;
import dev.muster.workflow.Draft;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workflow.Workflows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class VersionSwapTest extends TwoTenantsTest {

  private static final int TASKS = 20_000;

  /** One in so many is also written, offered for matching, and read back. */
  private static final int WRITTEN = 10;

  private static final int CLIENTS = 4;
  private static final int KINDS = 20;
  private static final int CHANGE_EVERY_MILLIS = 50;

  @Autowired TaskIntake intake;
  @Autowired TaskSources sources;
  @Autowired TaskPlaces places;
  @Autowired TransactionTemplate transaction;
  @Autowired Workflows workflows;

  /** Every version sends a kind of task through another filter, to another queue or priority. */
  private record Swapped(Given tenant, WorkflowSid workflow, List<TaskQueue> queues) {

    static Swapped of(Given tenant) {
      var queues = List.of(tenant.queue("Even", "1==1"), tenant.queue("Odd", "1==1"));
      var workflow = tenant.workflow("Inbound", "", queues.getFirst()).getSid();
      return new Swapped(tenant, WorkflowSid.of(workflow), queues);
    }

    String document(int version) {
      return IntStream.range(0, KINDS)
          .mapToObj(
              filter ->
                  """
                  {"expression": "kind == %d", "targets": [{"queue": "%s", "priority": %d}]}"""
                      .formatted(
                          (filter + version) % KINDS,
                          queues.get(version % 2).getSid(),
                          priority(version, filter)))
          .collect(Collectors.joining(",", "{\"task_routing\": {\"filters\": [", "]}}"));
    }

    static int priority(int version, int filter) {
      return version * KINDS + filter;
    }

    static String attributes(int kind) {
      return "{\"kind\": %d}".formatted(kind);
    }

    NewTask task(int kind) {
      return new NewTask(null, null, null, workflow, attributes(kind), null, null, null, null);
    }

    void check(int kind, Routed routed) {
      var filter = Math.floorMod(kind - routed.version(), KINDS);
      assertThat(routed)
          .isEqualTo(
              new Routed(
                  kind,
                  routed.version(),
                  filter,
                  priority(routed.version(), filter),
                  queues.get(routed.version() % 2).getSid()));
    }
  }

  private record Routed(int kind, int version, int filter, int priority, String queue) {}

  @Test
  void noTaskIsRoutedByAMixtureOfVersionsWhileTheyChangeUnderLoad() throws Exception {
    var both = List.of(Swapped.of(ours), Swapped.of(theirs));
    both.forEach(swapped -> publish(swapped, 2));
    var present = new AtomicInteger(2);

    try (var changes = Executors.newSingleThreadScheduledExecutor();
        var clients = Executors.newFixedThreadPool(CLIENTS)) {
      var changing =
          changes.scheduleAtFixedRate(
              () -> {
                var next = present.incrementAndGet();
                both.forEach(swapped -> publish(swapped, next));
              },
              0,
              CHANGE_EVERY_MILLIS,
              TimeUnit.MILLISECONDS);
      var work = new ArrayList<Callable<Void>>();
      for (var client = 0; client < CLIENTS; client++) {
        var swapped = both.get(client % 2);
        work.add(
            () -> {
              for (var n = 0; n < TASKS / CLIENTS; n++) {
                var kind = n % KINDS;
                swapped.check(kind, route(swapped, kind));
                if (n % WRITTEN == 0) {
                  intake.create(swapped.tenant().workspaceSid(), swapped.task(kind));
                }
              }
              return null;
            });
      }
      for (var done : clients.invokeAll(work)) {
        done.get();
      }
      assertThat(changing.isDone()).as("a change failed").isFalse();
      changing.cancel(false);
    }

    var written = both.stream().mapToInt(this::checkWritten).sum();
    assertThat(written).isEqualTo(TASKS / WRITTEN);
  }

  private void publish(Swapped swapped, int version) {
    var published =
        workflows.publish(
            swapped.tenant().workspaceSid(),
            swapped.workflow(),
            new Draft(
                swapped.document(version), false, new IfMatch.Any(), new Authorship("test", null)));
    assertThat(published.workflow().version()).isEqualTo(version);
  }

  private Routed route(Swapped swapped, int kind) {
    return transaction.execute(
        status -> {
          var workspace = swapped.tenant().workspaceSid();
          var source = sources.find(workspace, swapped.task(kind));
          var attributes = Attributes.parse(Swapped.attributes(kind));
          var entered = (Entered) places.first(workspace, source, attributes, 0);
          return new Routed(
              kind,
              source.version(),
              entered.step().filter(),
              entered.priority(),
              entered.step().queue().value());
        });
  }

  private int checkWritten(Swapped swapped) {
    var tasks =
        jdbc.sql(
                """
                SELECT (attributes::json ->> 'kind')::int AS kind, workflow_version AS version, filter_index AS filter,
                  priority, task_queue_sid AS queue
                FROM task WHERE workspace_sid = :workspace
                """)
            .param("workspace", swapped.tenant().workspace())
            .query(Routed.class)
            .list();
    tasks.forEach(task -> swapped.check(task.kind(), task));
    assertThat(tasks.stream().map(Routed::version).distinct().count())
        .as("versions that routed tasks")
        .isGreaterThan(20);
    return tasks.size();
  }
}
