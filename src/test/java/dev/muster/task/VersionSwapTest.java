package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.task.TaskForms.NewTask;
import dev.muster.web.IfMatch;
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

class VersionSwapTest extends TwoTenantsTest {

  private static final int TASKS = 20_000;
  private static final int CLIENTS = 4;
  private static final int KINDS = 20;
  private static final int CHANGE_EVERY_MILLIS = 50;

  @Autowired TaskIntake intake;
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
                create(swapped, n % KINDS);
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

    var routed = both.stream().mapToInt(this::check).sum();
    assertThat(routed).isEqualTo(TASKS);
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

  private void create(Swapped swapped, int kind) {
    intake.create(
        swapped.tenant().workspaceSid(),
        new NewTask(
            null,
            null,
            null,
            swapped.workflow(),
            "{\"kind\": %d}".formatted(kind),
            null,
            null,
            null,
            null));
  }

  private int check(Swapped swapped) {
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
    assertThat(tasks)
        .allSatisfy(
            task -> {
              assertThat(task.filter())
                  .isEqualTo(Math.floorMod(task.kind() - task.version(), KINDS));
              assertThat(task.priority())
                  .isEqualTo(Swapped.priority(task.version(), task.filter()));
              assertThat(task.queue()).isEqualTo(swapped.queues().get(task.version() % 2).getSid());
            });
    assertThat(tasks.stream().map(Routed::version).distinct().count())
        .as("versions that routed tasks")
        .isGreaterThan(20);
    return tasks.size();
  }
}
