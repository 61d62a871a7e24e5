package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Which queue, priority and worker a task comes to by its creator's word; what its workflow makes
 * of it is tested in {@code acceptance}.
 */
class TaskRoutingTest extends TwoTenantsTest {

  @Autowired TaskRouting routing;

  TaskQueue everyone;
  TaskQueue experts;
  Workflow inbound;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    experts = ours.queue("Experts", "level > 4");
    inbound =
        ours.workflow(
            "Inbound",
            """
            {"expression": "hard == true", "targets": [
              {"queue": "%s", "priority": 5, "timeout": 60}, {"queue": "%s", "timeout": 60}]}
            """
                .formatted(experts.getSid(), everyone.getSid()),
            everyone);
    theirs.workflow("Inbound", "", theirs.queue("Everyone", "1==1"));
  }

  @Test
  void takesThePriorityOfTheTargetBeforeThatOfItsCreator() {
    var matched = create("Attributes", "{\"hard\": true}", "Priority", "9");
    var others = create("Priority", "9");

    assertThat(matched.json().path("priority").asInt()).isEqualTo(5);
    assertThat(matched.text("task_queue_friendly_name")).isEqualTo("Experts");
    assertThat(others.json().path("priority").asInt()).isEqualTo(9);
    assertThat(others.text("task_queue_friendly_name")).isEqualTo("Everyone");
  }

  @Test
  void keepsThePriorityItIsGivenLaterUntilATargetSetsOne() {
    var task = ours.task(inbound, "{\"hard\": true}");

    var raised = ours.wire().post(path(task), "Priority", "8");
    assertThat(raised.json().path("priority").asInt()).isEqualTo(8);
    assertThat(raised.header("ETag")).isEqualTo("\"2\"");
    clock.advance(Duration.ofSeconds(61));
    assertThat(routing.doWhatIsDue(ours.workspaceSid(), sid(task))).isTrue();

    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(everyone.getSid());
    assertThat(ours.present(task).getPriority()).isEqualTo(8);
    ours.wire().post(path(task), "Priority", "3");
    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(everyone.getSid());
  }

  @Test
  void ranksATaskAnewThatChangesWhileItIsOffered() {
    var anna = ours.availableWorker("Anna", "{}");
    var first = create();
    var offered = ours.awaitOffer(task(first));
    var second = create("Priority", "4");
    ours.wire().post(ours.path("Tasks", first.text("sid")), "Priority", "6");
    ours.move(anna, "Offline");
    ours.answer(offered, Reservation.Status.REJECTED);
    clock.advance(Duration.ofSeconds(11));
    routing.askAgain();

    ours.move(anna, "Available");

    assertThat(ours.awaitOffer(task(first)).getWorkerSid()).isEqualTo(anna.getSid());
    assertThat(ours.pending(task(second))).isEmpty();
  }

  @Test
  void comesToTheQueueThatItsCreatorNames() {
    var placed = create("TaskQueueSid", experts.getSid(), "Priority", "3");
    var targeted = create("RoutingTarget", experts.getSid());

    assertThat(placed.text("task_queue_sid")).isEqualTo(experts.getSid());
    assertThat(placed.text("workflow_sid")).isEqualTo(inbound.getSid());
    assertThat(placed.json().path("priority").asInt()).isEqualTo(3);
    assertThat(targeted.text("task_queue_sid")).isEqualTo(experts.getSid());
    assertThat(targeted.text("routing_target")).isEqualTo(experts.getSid());
    var anna = ours.availableWorker("Anna", "{\"level\": 5}");
    assertThat(ours.awaitOffer(task(placed)).getWorkerSid()).isEqualTo(anna.getSid());
    refused(
        create("RoutingTarget", experts.getSid(), "TaskQueueSid", everyone.getSid()),
        "Expected TaskQueueSid to be the queue that RoutingTarget names");
  }

  @Test
  void goesThroughTheWorkflowThatIsItsTarget() {
    var second = workflow("Second", filter("1==1", experts));

    var task = create("WorkflowSid", inbound.getSid(), "RoutingTarget", second);

    assertThat(task.text("workflow_sid")).isEqualTo(second);
    assertThat(task.text("task_queue_sid")).isEqualTo(experts.getSid());
    assertThat(task.text("routing_target")).isEqualTo(second);
  }

  @Test
  void goesToTheWorkerThatIsItsTargetAndToNobodyElse() {
    var anna = ours.worker("Anna", "{}");
    ours.availableWorker("Ben", "{\"level\": 9}");

    var task =
        create(
            "RoutingTarget",
            anna.getSid(),
            "TaskQueueSid",
            experts.getSid(),
            "TaskChannel",
            "voice");

    assertThat(task.json().path("ignore_capacity").asBoolean()).isTrue();
    assertThat(ours.awaitOffer(task(task)).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void waitsForItsWorkerUnlessCapacityIsToBeIgnored() {
    var anna = ours.worker("Anna", "{}");
    var patient = create("RoutingTarget", anna.getSid(), "IgnoreCapacity", "false");
    var any = create("RoutingTarget", anna.getSid(), "IgnoreCapacity", "maybe");
    assertThat(patient.json().path("ignore_capacity").asBoolean()).isFalse();
    assertThat(any.json().path("ignore_capacity").asBoolean()).isFalse();
    var urgent = create("RoutingTarget", anna.getSid(), "IgnoreCapacity", "1");
    ours.awaitOffer(task(urgent));
    assertThat(ours.pending(task(patient))).isEmpty();

    ours.move(anna, "Available");
    ours.answer(ours.awaitOffer(task(urgent)), Reservation.Status.ACCEPTED);
    ours.complete(task(urgent));

    ours.awaitOffer(task(patient));
    assertThat(ours.pending(task(any))).isEmpty();
  }

  private Wire.Answer create(String... form) {
    var named = List.of(form).contains("WorkflowSid");
    var parameters = new ArrayList<>(List.of(form));
    if (!named) {
      parameters.addAll(List.of("WorkflowSid", inbound.getSid()));
    }
    return ours.wire().post(ours.path("Tasks"), parameters.toArray(String[]::new));
  }

  /** A workflow without a default filter. */
  private String workflow(String name, String filters) {
    var answer =
        ours.wire()
            .post(
                ours.path("Workflows"),
                "FriendlyName",
                name,
                "Configuration",
                "{\"task_routing\": {\"filters\": [%s]}}".formatted(filters));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("sid");
  }

  private static String filter(String expression, TaskQueue queue) {
    return """
        {"expression": "%s", "targets": [{"queue": "%s"}]}"""
        .formatted(expression, queue.getSid());
  }

  private Task task(Wire.Answer created) {
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return Task.fetcher(ours.workspace(), created.text("sid")).fetch(ours.client());
  }

  private String path(Task task) {
    return ours.path("Tasks", task.getSid());
  }

  private static TaskSid sid(Task task) {
    return TaskSid.of(task.getSid());
  }
}
