package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The operator has listed an account that is neither tenant's. */
@TestPropertySource(
    properties = "muster.process.access.accounts=AC00000000000000000000000000000000")
class HandedTasksTest extends TwoTenantsTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Autowired HandedTasks handed;
  @Autowired TaskResults results;
  @Autowired Orders orders;

  private final long job = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
  private Workflow workflow;

  @BeforeEach
  void given() {
    workflow = ours.workflow("Loans", "", ours.queue("Everyone", "1==1"));
  }

  @Test
  void createsTheTaskThatAJobAsksFor() {
    handed.take(
        job, order("{\"workflowSid\": \"%s\", \"priority\": 7, \"attributes\": {\"amount\": 5}}"));

    assertThat(tasks(ours))
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.getPriority()).isEqualTo(7);
              assertThat(task.getAttributes()).isEqualTo("{\"amount\":5}");
              assertThat(task.getWorkflowSid()).isEqualTo(workflow.getSid());
            });
    assertThat(tasks(theirs)).isEmpty();
  }

  @Test
  void createsOneTaskHoweverOftenTheJobComes() throws Exception {
    var order = order("{\"workflowSid\": \"%s\"}");
    var takes = new ArrayList<Future<?>>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        takes.add(threads.submit(() -> handed.take(job, order)));
      }
    }
    for (var take : takes) {
      take.get();
    }

    assertThat(tasks(ours)).hasSize(1);
    assertThat(handed.remembers(job)).isTrue();
    assertThat(handed.remembers(job + 1)).isFalse();
  }

  @Test
  void keepsNothingOfAJobThatIsRefused() {
    assertThatThrownBy(
            () -> handed.take(job, order("{\"workflowSid\": \"%s\", \"priority\": \"high\"}")))
        .isInstanceOf(Refused.class)
        .hasMessage("Expected priority to be a whole number up to 2147483647, but got 'high'");
    assertThat(handed.remembers(job)).isFalse();

    handed.take(job, order("{\"workflowSid\": \"%s\"}"));

    assertThat(tasks(ours)).hasSize(1);
  }

  @Test
  void findsOutThatTheTaskIsOverWhenTheJobComesAgain() {
    handed.take(job, order("{\"workflowSid\": \"%s\"}"));
    var task = tasks(ours).getFirst();
    assertThat(handed.remembers(job)).isTrue();
    assertThat(claimed()).isEmpty();

    Task.updater(ours.workspace(), task.getSid())
        .setAssignmentStatus(Task.Status.CANCELED)
        .setReason("withdrawn")
        .update(ours.client());
    handed.remembers(job);

    assertThat(claimed())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.completed()).isFalse();
              assertThat(result.reason()).isEqualTo("withdrawn");
            });
    results.told(List.of(job));
    assertThat(claimed()).isEmpty();
  }

  @Test
  void keepsWhatBecameOfATaskThatIsDeletedBeforeItsProcessIsTold() {
    var carmen = ours.availableWorker("Carmen", "{}");
    handed.take(job, order("{\"workflowSid\": \"%s\", \"attributes\": {\"amount\": 5}}"));
    var task = tasks(ours).getFirst();
    ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
    ours.complete(task);

    Task.deleter(ours.workspace(), task.getSid()).delete(ours.client());

    assertThat(claimed())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.completed()).isTrue();
              assertThat(result.reason()).isEqualTo("done");
              assertThat(result.workerSid()).isEqualTo(carmen.getSid());
              assertThat(result.attributes()).isEqualTo(Map.of("amount", 5));
            });
  }

  @Test
  void countsATaskThatIsDeletedAtWorkAsCanceled() {
    ours.availableWorker("Carmen", "{}");
    handed.take(job, order("{\"workflowSid\": \"%s\"}"));
    var task = tasks(ours).getFirst();
    ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);

    Task.deleter(ours.workspace(), task.getSid()).delete(ours.client());

    assertThat(claimed())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.completed()).isFalse();
              assertThat(result.workerSid()).isNull();
            });
  }

  @Test
  void asksTheOperatorWhoseWorkspacesProcessesMayUse() {
    var order =
        Map.<String, Object>of("accountSid", ours.wire().user(), "workspaceSid", ours.workspace());

    refused(
        Map.of("musterTask", order),
        "Expected musterTask.accountSid to be an account in whose workspaces processes may create tasks, but the operator has not listed "
            + ours.wire().user());
    refused(
        Map.of("musterTask", Map.of("accountSid", "acme")),
        "Expected musterTask.accountSid to be a SID of the form AC followed by 32 hexadecimal digits, but got 'acme'");
    refused(
        Map.of("musterTask", "please"),
        "Expected the variable musterTask to say what task to create, but it is no object");
    refused(
        Map.of(), "Expected the variable musterTask to say what task to create, but it is missing");
  }

  private void refused(Map<String, Object> variables, String message) {
    assertThatThrownBy(() -> orders.read(variables))
        .isInstanceOf(Refused.class)
        .hasMessage(message);
  }

  private Order order(String parameters) {
    return new Order(ours.workspaceSid(), JSON.readTree(parameters.formatted(workflow.getSid())));
  }

  private List<TaskResult> claimed() {
    return results.claim(100).stream().filter(result -> result.job() == job).toList();
  }

  private static List<Task> tasks(Given tenant) {
    var tasks = new ArrayList<Task>();
    Task.reader(tenant.workspace()).read(tenant.client()).forEach(tasks::add);
    return tasks;
  }
}
