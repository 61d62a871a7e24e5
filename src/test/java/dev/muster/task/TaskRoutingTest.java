package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** Which queue, priority and worker a task comes to, by its workflow and by its creator's word. */
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
  void isRefusedWhereNoFilterAndNoDefaultTakesIt() {
    var strict = workflow("Strict", filter("vip == true", everyone));

    var refusal = create("WorkflowSid", strict, "Attributes", "{}");

    refused(refusal, "none matches its attributes");
    assertThat(create("WorkflowSid", strict, "Attributes", "{\"vip\": true}").status())
        .isEqualTo(201);
  }

  @Test
  void isNotCaughtByTheDefaultFilterAfterItsTimeIsOver() {
    var task = ours.task(inbound, "{\"hard\": true}");

    clock.advance(Duration.ofSeconds(121));
    while (routing.doWhatIsDue(ours.workspaceSid(), sid(task))) {}

    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.CANCELED);
    assertThat(ours.present(task).getReason()).isEqualTo("Task canceled on Workflow timeout");
    assertThat(events(task)).containsSubsequence("workflow.timeout", "task.canceled");
  }

  @Test
  void isCaughtByTheDefaultFilterWhenItSkippedAllOthers() {
    var skipping =
        ours.workflow(
            "Skipping",
            """
            {"expression": "1==1", "targets": [{"queue": "%s", "skip_if": "1==1"}]}
            """
                .formatted(experts.getSid()),
            everyone);
    var nowhere =
        workflow(
            "Nowhere",
            """
            {"expression": "1==1", "targets": [{"queue": "%s", "skip_if": "1==1"}]}
            """
                .formatted(experts.getSid()));
    var ben = ours.availableWorker("Ben", "{}");

    var caught = ours.task(skipping, "{}");
    var lost = task(create("WorkflowSid", nowhere));

    assertThat(ours.awaitOffer(caught).getWorkerSid()).isEqualTo(ben.getSid());
    assertThat(ours.present(caught).getTaskQueueSid()).isEqualTo(everyone.getSid());
    await().until(() -> ours.present(lost).getAssignmentStatus() == Task.Status.CANCELED);
    assertThat(events(lost)).containsSubsequence("workflow.skipped", "task.canceled");
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

  @Test
  void staysInItsStepWhenOnlyItsAttributesButNotItsFilterChange() {
    var task = ours.task(inbound, "{\"hard\": true}");
    clock.advance(Duration.ofSeconds(61));
    routing.doWhatIsDue(ours.workspaceSid(), sid(task));

    ours.wire().post(path(task), "Attributes", "{\"hard\": true, \"more\": 1}");
    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(everyone.getSid());

    ours.wire().post(path(task), "Attributes", "{\"hard\": false}");
    ours.wire().post(path(task), "Attributes", "{\"hard\": true}");
    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(experts.getSid());
    assertThat(ours.present(task).getPriority()).isEqualTo(5);
  }

  @Test
  void isRoutedByWhatItSaysNowOnceItsOfferCameToNothing() {
    var anna = ours.availableWorker("Anna", "{\"level\": 1}");
    var ben = ours.worker("Ben", "{\"level\": 9}");
    var task = ours.task(inbound, "{}");
    var offer = ours.awaitOffer(task);
    assertThat(offer.getWorkerSid()).isEqualTo(anna.getSid());

    ours.wire().post(path(task), "Attributes", "{\"hard\": true}");
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.RESERVED);
    ours.answer(offer, Reservation.Status.REJECTED);
    ours.move(ben, "Available");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(experts.getSid());
  }

  @Test
  void runsThroughTheNewRulesOnlyWhenTheWorkflowSaysSo() {
    var waiting = ours.task(inbound, "{}");
    var configuration =
        """
        {"task_routing": {"filters": [%s]}}"""
            .formatted(filter("1==1", experts));

    update(inbound, "Configuration", configuration);
    assertThat(ours.present(waiting).getTaskQueueSid()).isEqualTo(everyone.getSid());
    assertThat(create().text("task_queue_sid")).isEqualTo(experts.getSid());

    update(inbound, "ReEvaluateTasks", "true");
    assertThat(ours.present(waiting).getTaskQueueSid()).isEqualTo(experts.getSid());

    update(inbound, "Configuration", inbound.getConfiguration(), "ReEvaluateTasks", "true");
    assertThat(ours.present(waiting).getTaskQueueSid()).isEqualTo(everyone.getSid());
  }

  @Test
  void staysWhereItIsWhenNoNewRuleWantsIt() {
    var waiting = ours.task(inbound, "{}");
    var anna = ours.worker("Anna", "{}");

    update(
        inbound,
        "Configuration",
        "{\"task_routing\": {\"filters\": [%s]}}".formatted(filter("vip == true", experts)),
        "ReEvaluateTasks",
        "true");

    assertThat(ours.present(waiting).getTaskQueueSid()).isEqualTo(everyone.getSid());
    ours.move(anna, "Available");
    assertThat(ours.awaitOffer(waiting).getWorkerSid()).isEqualTo(anna.getSid());
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

  private void update(Workflow workflow, String... form) {
    var answer = ours.wire().post(ours.path("Workflows", workflow.getSid()), form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
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

  private List<String> events(Task task) {
    return jdbc.sql("SELECT type FROM event WHERE task_sid = ? ORDER BY sid")
        .param(task.getSid())
        .query(String.class)
        .list();
  }
}
