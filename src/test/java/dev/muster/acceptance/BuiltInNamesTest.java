package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.workspace.WorkAvailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/**
 * The names that the expression of a target reads of the task and of the worker: attributes, and
 * those that every task and every worker has.
 */
class BuiltInNamesTest extends InstructionTest {

  @Autowired ApplicationEventPublisher publisher;

  /** Ben is idle longer, so that without the expression he would get the task. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "worker.sid == '{Ada}'",
        "worker.friendly_name == 'Ada'",
        "worker.name == 'Ada'",
        "worker.activity_sid == '{On call}'",
        "worker.activity_name == 'On call'",
        "worker.channel.chat.configured_capacity == 3",
        "worker.channel.chat.assigned_tasks == 1",
        "worker.channel.chat.available_capacity_percentage == 66",
        "worker.level > task.level",
        "worker.languages HAS task.language",
        "task.language IN worker.languages AND NOT (worker.away == true)",
        "worker.address.city == task.customer.cities[1]",
        "task.sid != null AND worker.level > 5",
        "task.priority == 7 AND worker.level > task.priority",
        "task.age < 5 AND worker.level > 5",
        "task.agent == worker.name",
      })
  void aTargetsExpressionReads(String expression) {
    worker("Ben", "{\"level\": 1, \"languages\": [\"en\"], \"address\": {\"city\": \"Bern\"}}");
    clock.advance(Duration.ofSeconds(1));
    var onCall = activity("On call", true);
    var ada =
        ours.worker(
            "Ada",
            "{\"level\": 9, \"languages\": [\"en\", \"es\"], \"address\": {\"city\": \"Rome\"}}");
    capacity(ada, "chat", 3);
    ours.move(ada, "On call");
    var chat =
        Task.creator(ours.workspace())
            .setWorkflowSid(anyone().getSid())
            .setTaskChannel("chat")
            .setRoutingTarget(ada.getSid())
            .create(ours.client());
    accept(ours.awaitOffer(chat));
    var workflow = narrowed(expression.replace("{Ada}", ada.getSid()).replace("{On call}", onCall));

    var task =
        Task.creator(ours.workspace())
            .setWorkflowSid(workflow.getSid())
            .setPriority(7)
            .setAttributes(
                """
                {"level": 5, "language": "es", "agent": "Ada", "customer": {"cities": ["Oslo", "Rome"]}}""")
            .create(ours.client());

    assertThat(offeredTo(task)).isEqualTo("Ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sid", "friendly_name", "name", "activity_sid", "activity_name"})
  void aBuiltInNameComesBeforeAnAttributeOfThatName(String name) {
    worker("Ben", "{\"%s\": \"mine\"}".formatted(name));
    var task =
        task(
            narrowed("worker.%s == 'mine' OR task.sid == 'mine'".formatted(name)),
            "{\"sid\": \"mine\"}");

    waitsInVain(task);
  }

  @Test
  void theSidOfATaskIsItsOwn() {
    var ada = worker("Ada", "{}");
    worker("Ben", "{}");
    var task = task(narrowed("worker.task == task.sid"), "{}");
    waitsInVain(task);

    Worker.updater(ours.workspace(), ada.getSid())
        .setAttributes("{\"task\": \"%s\"}".formatted(task.getSid()))
        .update(ours.client());

    assertThat(offeredTo(task)).isEqualTo("Ada");
  }

  @Test
  void theAgeOfATaskGrowsWhileItWaits() {
    worker("Ada", "{}");
    var task = task(narrowed("task.age >= 60"), "{\"age\": 100}");
    pass(59, task);
    waitsInVain(task);

    pass(1, task);
    publisher.publishEvent(new WorkAvailable(ours.workspaceSid()));

    assertThat(offeredTo(task)).isEqualTo("Ada");
  }

  @Test
  void thePriorityOfATaskIsTheOneThatItHasInTheStep() {
    worker("Ada", "{}");
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [
              {"queue": "Everyone", "priority": 3, "expression": "task.priority > 5"}]}]}
            """);
    var task =
        Task.creator(ours.workspace())
            .setWorkflowSid(workflow.getSid())
            .setPriority(9)
            .create(ours.client());
    waitsInVain(task);

    Task.updater(ours.workspace(), task.getSid()).setPriority(6).update(ours.client());

    assertThat(offeredTo(task)).isEqualTo("Ada");
  }

  @Test
  void theFiguresOfAChannelCountWhatTheSameRoundHasOffered() {
    var ada = ours.worker("Ada", "{\"level\": 9}");
    capacity(ada, "default", 2);
    var workflow = narrowed("worker.channel.default.available_capacity_percentage == 100");
    var first = task(workflow, "{}");
    var second = task(workflow, "{}");

    ours.move(ada, "Available");

    assertThat(offeredTo(first)).isEqualTo("Ada");
    waitsInVain(second);
    accept(ours.awaitOffer(first));
    ours.complete(first);
    assertThat(offeredTo(second)).isEqualTo("Ada");
  }

  @Test
  void aTaskOfAWorkerWhoWrapsUpIsNotAssignedAnyMore() {
    var ada = worker("Ada", "{\"level\": 9}");
    capacity(ada, "default", 2);
    var workflow = narrowed("worker.channel.default.assigned_tasks == 0");
    var first = task(workflow, "{}");
    accept(ours.awaitOffer(first));
    var second = task(workflow, "{}");
    waitsInVain(second);

    Task.updater(ours.workspace(), first.getSid())
        .setAssignmentStatus(Task.Status.WRAPPING)
        .update(ours.client());

    assertThat(offeredTo(second)).isEqualTo("Ada");
  }

  @Test
  void aTaskForANameFindsTheWorkerWhoTakesThatName() {
    var ben = worker("Ben", "{}");
    var task = task(narrowed("worker.name == task.agent"), "{\"agent\": \"Ada\"}");
    waitsInVain(task);

    Worker.updater(ours.workspace(), ben.getSid()).setFriendlyName("Ada").update(ours.client());

    assertThat(offeredTo(task)).isEqualTo("Ada");
  }

  @Test
  void anExplanationReadsTheSameNames() {
    worker("Ada", "{}");
    var task =
        task(
            narrowed("worker.channel.chat.configured_capacity > 1 AND worker.name == 'Ada'"), "{}");
    waitsInVain(task);

    var members =
        ours.get("/muster" + ours.path("Tasks", task.getSid(), "Explanation"))
            .json()
            .path("members");

    assertThat(members.valueStream().map(member -> member.path("why").asString()))
        .contains(
            "worker.channel.chat.configured_capacity > 1 is false because worker.channel.chat.configured_capacity is 1");
  }

  private Workflow narrowed(String expression) {
    return workflow(
        """
        {"filters": [{"expression": "1==1", "targets": [{"queue": "Everyone", "expression": "%s"}]}]}
        """
            .formatted(expression));
  }

  private Workflow anyone() {
    return Workflow.creator(
            ours.workspace(), "Anyone", document("{\"default_filter\": {\"queue\": \"Everyone\"}}"))
        .create(ours.client());
  }
}
