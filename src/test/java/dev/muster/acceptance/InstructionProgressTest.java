package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import org.junit.jupiter.api.Test;

/**
 * How a task goes through its instruction, and which events tell of it, one test for each rule.
 *
 * <p>Elsewhere: what each key means in {@link InstructionKeysTest}; the same with the timers of the
 * process in {@link EscalationTest}; which tasks and workers come first in {@code
 * assignment.MatchingTest}; that a workflow or queue with live tasks is not deleted in {@code
 * workflow.WorkflowTest} and {@code queue.TaskQueueTest}.
 */
class InstructionProgressTest extends InstructionTest {

  private static final String TEN_SECONDS_EACH =
      """
      {"filters": [{"expression": "1==1", "targets": [
         {"queue": "Experts", "timeout": 10}, {"priority": 2, "timeout": 10},
         {"queue": "Novices", "priority": 3, "timeout": 10}]}],
       "default_filter": {"queue": "Everyone"}}
      """;

  // 1. A task enters the first target of the first filter that holds.

  @Test
  void aNewTaskEntersTheFirstTargetOfTheFirstFilterThatHolds() {
    var task = task(workflow(TEN_SECONDS_EACH), "{}");

    assertThat(queue(task)).isEqualTo("Experts");
    assertThat(news(task))
        .containsExactly(
            "workflow.entered", "task-queue.entered", "task.created", "workflow.target-matched");
  }

  @Test
  void aNewTaskForWhichThereIsNoFilterAndNoDefaultFilterIsRefused() {
    var workflow =
        workflow(
            "{\"filters\": [{\"expression\": \"vip == true\", \"targets\": [{\"queue\": \"Experts\"}]}]}");

    var refusal = ours.wire().post(ours.path("Tasks"), "WorkflowSid", workflow.getSid());

    refused(refusal, "Expected a filter or the default filter of workflow " + workflow.getSid());
    assertThat(refusal.text("message")).contains("none matches its attributes");
    assertThat(queue(task(workflow, "{\"vip\": true}"))).isEqualTo("Experts");
  }

  @Test
  void aTaskWhoseCreatorChoseTheQueueMatchesNoTarget() {
    var workflow = workflow(TEN_SECONDS_EACH);

    var task =
        Task.creator(ours.workspace())
            .setWorkflowSid(workflow.getSid())
            .setTaskQueueSid(ours.queue("Chosen", "1==1").getSid())
            .create(ours.client());

    assertThat(news(task))
        .containsExactly("workflow.entered", "task-queue.entered", "task.created");
    pass(86_399, task);
    assertThat(queue(task)).isEqualTo("Chosen");
  }

  // 2. In a step a worker is looked for; only if there is none, skip_if counts.

  @Test
  void aStepThatFindsAWorkerIsNotSkipped() {
    worker("Ada", "{\"level\": 9}");
    var task = task(workflow(skipping("{\"queue\": \"Experts\", \"skip_if\": \"1==1\"}")), "{}");

    assertThat(offeredTo(task)).isEqualTo("Ada");
    assertThat(queue(task)).isEqualTo("Experts");
  }

  @Test
  void aStepThatOnceFoundAWorkerIsNotSkippedLaterOn() {
    worker("Ada", "{\"level\": 9}");
    var task = task(workflow(skipping("{\"queue\": \"Experts\", \"skip_if\": \"1==1\"}")), "{}");

    reject(ours.awaitOffer(task));

    waitsInVain(task);
    assertThat(queue(task)).isEqualTo("Experts");
  }

  @Test
  void aStepThatDidNotAskToBeSkippedIsNotAskedAgain() {
    var ada = worker("Ada", "{\"level\": 9}");
    accept(ours.awaitOffer(task(workflow("{\"default_filter\": {\"queue\": \"Experts\"}}"), "{}")));
    var task =
        task(
            ours.workflow(
                "Skipping",
                """
                {"expression": "1==1", "targets": [
                  {"queue": "%s", "skip_if": "workers.available == 0"}]}
                """
                    .formatted(named("Experts")),
                queueNamed("Everyone")),
            "{}");
    settle();

    ours.move(ada, "Offline");

    waitsInVain(task);
    assertThat(queue(task)).isEqualTo("Experts");
  }

  // 3. A skipped step leads at once to the next target, the next filter that holds, the default
  // filter, or out.

  @Test
  void aSkippedStepLeadsToTheNextTargetAtOnce() {
    var task =
        task(
            workflow(
                skipping(
                    "{\"queue\": \"Experts\", \"skip_if\": \"1==1\"}, {\"queue\": \"Novices\"}")),
            "{}");

    awaitQueue(task, "Novices");
    assertThat(news(task))
        .endsWith("task-queue.moved", "task-queue.entered", "workflow.target-matched")
        .doesNotContain("task-queue.timeout");
  }

  @Test
  void aSkippedLastStepLeadsToTheNextFilterThatHolds() {
    var workflow =
        workflow(
            """
            {"filters": [
              {"expression": "kind == 'a'", "targets": [{"queue": "Experts", "skip_if": "1==1"}]},
              {"expression": "kind == 'b'", "targets": [{"queue": "Everyone"}]},
              {"expression": "1==1", "targets": [{"queue": "Novices"}]}],
             "default_filter": {"queue": "Everyone"}}
            """);

    awaitQueue(task(workflow, "{\"kind\": \"a\"}"), "Novices");
  }

  @Test
  void aSkippedLastStepOfTheLastFilterLeadsToTheDefaultFilter() {
    var task = task(workflow(skipping("{\"queue\": \"Experts\", \"skip_if\": \"1==1\"}")), "{}");

    awaitQueue(task, "Everyone");
    assertThat(news(task)).endsWith("task-queue.entered", "workflow.target-matched");
  }

  @Test
  void aTaskThatSkippedAllThereIsLeavesItsWorkflow() {
    var workflow =
        workflow(
            "{\"filters\": [{\"expression\": \"1==1\", \"targets\": [{\"queue\": \"Experts\", \"skip_if\": \"1==1\"}]}]}");
    var task = task(workflow, "{}");

    awaitEnd(task);

    assertThat(news(task)).endsWith("workflow.target-matched", "workflow.skipped", "task.canceled");
    assertThat(ours.present(task).getReason()).isEqualTo("Task canceled on Workflow skip");
  }

  @Test
  void aTaskThatSkipsTheDefaultFilterLeavesItsWorkflow() {
    var task =
        task(
            workflow("{\"default_filter\": {\"queue\": \"Experts\", \"skip_if\": \"1==1\"}}"),
            "{}");

    awaitEnd(task);

    assertThat(news(task)).endsWith("workflow.skipped", "task.canceled");
  }

  // 4. A step whose time is over leads to the next target, the next filter that holds, or out.

  @Test
  void aStepWhoseTimeIsOverLeadsToTheNextTarget() {
    var task = task(workflow(TEN_SECONDS_EACH), "{}");
    news(task);

    pass(10, task);
    assertThat(queue(task) + priority(task)).isEqualTo("Experts2");
    assertThat(news(task)).containsExactly("task-queue.timeout", "workflow.target-matched");

    pass(10, task);
    assertThat(queue(task) + priority(task)).isEqualTo("Novices3");
    assertThat(news(task))
        .containsExactly(
            "task-queue.timeout",
            "task-queue.moved",
            "task-queue.entered",
            "workflow.target-matched");
  }

  @Test
  void theLastStepWhoseTimeIsOverLeadsToTheNextFilterThatHolds() {
    var workflow =
        workflow(
            """
            {"filters": [
              {"expression": "kind == 'a'", "targets": [{"queue": "Experts", "timeout": 10}]},
              {"expression": "kind == 'b'", "targets": [{"queue": "Everyone"}]},
              {"expression": "1==1", "targets": [{"queue": "Novices", "timeout": 10}]}]}
            """);
    var task = task(workflow, "{\"kind\": \"a\"}");

    pass(10, task);

    assertThat(queue(task)).isEqualTo("Novices");
  }

  @Test
  void aTaskWhoseTimeIsOverInTheLastStepLeavesItsWorkflow() {
    var task = task(workflow(TEN_SECONDS_EACH), "{}");
    news(task);

    pass(30, task);

    assertThat(news(task)).endsWith("task-queue.timeout", "workflow.timeout", "task.canceled");
    assertThat(status(task)).isEqualTo(Task.Status.CANCELED);
    assertThat(ours.present(task).getReason()).isEqualTo("Task canceled on Workflow timeout");
  }

  @Test
  void theTimeOfAStepIsLookedAtOnlyWhileNoReservationIsPending() {
    worker("Ada", "{\"level\": 9}");
    var task = task(workflow(TEN_SECONDS_EACH), "{}");
    var offer = ours.awaitOffer(task);
    news(task);

    pass(15, task);
    assertThat(status(task)).isEqualTo(Task.Status.RESERVED);
    assertThat(news(task)).isEmpty();
    reject(offer);

    assertThat(queue(task) + priority(task)).isEqualTo("Experts2");
    assertThat(news(task)).containsExactly("task-queue.timeout", "workflow.target-matched");
  }

  @Test
  void whoLetATaskGoIsAskedAfterTheOthersInTheNextStepToo() {
    worker("Ada", "{\"level\": 9}");
    worker("Ben", "{\"level\": 8}");
    var bestFirst =
        """
        {"filters": [{"expression": "1==1", "targets": [
          {"queue": "Experts", "order_by": "worker.level DESC", "timeout": 10},
          {"queue": "Experts", "order_by": "worker.level DESC", "timeout": 100}]}]}
        """;
    var task = task(workflow(bestFirst), "{}");
    var first = ours.awaitOffer(task);
    assertThat(first.getWorkerName()).isEqualTo("Ada");
    pass(15, task);
    reject(first);

    assertThat(offeredTo(task)).isEqualTo("Ben");
    reject(ours.awaitOffer(task));
    waitsInVain(task);
    pass(10, task);
    assertThat(offeredTo(task)).isEqualTo("Ada");
  }

  @Test
  void theTimeOfAStepIsLookedAtWhenTheLastOfSeveralReservationsHasFailed() {
    TaskQueue.updater(ours.workspace(), named("Experts"))
        .setMaxReservedWorkers(2)
        .update(ours.client());
    worker("Ada", "{\"level\": 9}");
    worker("Ben", "{\"level\": 9}");
    var task = task(workflow(TEN_SECONDS_EACH), "{}");
    ours.awaitOffer(task);
    var offers = ours.pending(task);
    assertThat(offers).hasSize(2);
    pass(15, task);

    reject(offers.getFirst());
    assertThat(priority(task)).isZero();
    reject(offers.getLast());

    assertThat(priority(task)).isEqualTo(2);
  }

  // 5. A task is looked at again when an offer fails, when its workflow says so, and when its
  // attributes change.

  @Test
  void aTaskWhoseOfferFailsIsOfferedToTheOthersOfItsStep() {
    worker("Ada", "{\"level\": 9}");
    worker("Ben", "{\"level\": 9}");
    var task = task(workflow(TEN_SECONDS_EACH), "{}");
    news(task);

    var first = ours.awaitOffer(task);
    assertThat(first.getWorkerName()).isEqualTo("Ada");
    pass(5, task);
    reject(first);

    assertThat(offeredTo(task)).isEqualTo("Ben");
    assertThat(queue(task) + priority(task)).isEqualTo("Experts0");
    assertThat(news(task)).isEmpty();
  }

  @Test
  void aTaskWhoseOfferLapsesIsOfferedToTheOthersOfItsStep() {
    worker("Ada", "{\"level\": 9}");
    worker("Ben", "{\"level\": 9}");
    var task = task(workflow("{\"default_filter\": {\"queue\": \"Experts\"}}"), "{}");
    var first = ours.awaitOffer(task);

    pass(120, task);
    assertThat(lapses(first)).isTrue();

    assertThat(offeredTo(task)).isEqualTo("Ben");
    assertThat(queue(task)).isEqualTo("Experts");
  }

  @Test
  void aTaskWhoseWorkerRefusesAllOffersIsOfferedToTheOthersOfItsStep() {
    var ada = worker("Ada", "{\"level\": 9}");
    worker("Ben", "{\"level\": 9}");
    var task = task(workflow("{\"default_filter\": {\"queue\": \"Experts\"}}"), "{}");
    assertThat(offeredTo(task)).isEqualTo("Ada");

    Worker.updater(ours.workspace(), ada.getSid())
        .setActivitySid(ours.activity("Offline"))
        .setRejectPendingReservations(true)
        .update(ours.client());

    assertThat(offeredTo(task)).isEqualTo("Ben");
  }

  @Test
  void anUpdateOfTheWorkflowLeavesWaitingTasksTheStepsTheyHad() {
    var workflow = workflow(TEN_SECONDS_EACH);
    var task = task(workflow, "{}");
    news(task);

    update(workflow, "{\"default_filter\": {\"queue\": \"Everyone\"}}", false);

    assertThat(queue(task(workflow, "{}"))).isEqualTo("Everyone");
    assertThat(queue(task)).isEqualTo("Experts");
    assertThat(news(task)).isEmpty();
    pass(20, task);
    assertThat(queue(task) + priority(task)).isEqualTo("Novices3");
  }

  @Test
  void anUpdateWithReEvaluateTasksRunsEveryTaskFromTheTopThatIsNotAssigned() {
    worker("Ada", "{\"level\": 9}");
    worker("Ben", "{\"level\": 9}");
    var workflow = workflow(TEN_SECONDS_EACH);
    var assigned = task(workflow, "{}");
    accept(ours.awaitOffer(assigned));
    var offered = task(workflow, "{}");
    var offer = ours.awaitOffer(offered);
    var waiting = task(workflow, "{}");
    pass(20, waiting);
    assertThat(queue(waiting)).isEqualTo("Novices");
    news(waiting);

    update(
        workflow,
        """
        {"filters": [{"expression": "1==1", "targets": [{"queue": "Everyone", "priority": 8}]}]}
        """,
        true);

    assertThat(queue(waiting) + priority(waiting)).isEqualTo("Everyone8");
    assertThat(news(waiting))
        .containsExactly("task-queue.moved", "task-queue.entered", "workflow.target-matched");
    assertThat(queue(assigned) + priority(assigned)).isEqualTo("Experts0");
    assertThat(status(offered)).isEqualTo(Task.Status.RESERVED);
    reject(offer);
    assertThat(queue(offered) + priority(offered)).isEqualTo("Everyone8");
  }

  @Test
  void reEvaluateTasksAloneRunsTasksThroughTheVersionThatThereIs() {
    var workflow = workflow(TEN_SECONDS_EACH);
    var task = task(workflow, "{}");
    update(workflow, "{\"default_filter\": {\"queue\": \"Everyone\"}}", false);
    assertThat(queue(task)).isEqualTo("Experts");

    Workflow.updater(ours.workspace(), workflow.getSid())
        .setReEvaluateTasks("true")
        .update(ours.client());

    assertThat(queue(task)).isEqualTo("Everyone");
  }

  @Test
  void aTaskThatNoNewRuleWantsStaysWhereItIs() {
    var workflow = workflow(TEN_SECONDS_EACH);
    var task = task(workflow, "{}");
    news(task);

    update(
        workflow,
        "{\"filters\": [{\"expression\": \"vip == true\", \"targets\": [{\"queue\": \"Everyone\"}]}]}",
        true);

    assertThat(queue(task)).isEqualTo("Experts");
    assertThat(news(task)).isEmpty();
    worker("Ada", "{\"level\": 9}");
    assertThat(offeredTo(task)).isEqualTo("Ada");
  }

  @Test
  void aTaskWhoseAttributesChangeGoesWhereTheRulesSendItNow() {
    var workflow =
        workflow(
            """
            {"filters": [
              {"expression": "hard == true", "targets": [
                {"queue": "Experts", "priority": 5, "timeout": 10}, {"queue": "Everyone"}]}],
             "default_filter": {"queue": "Novices"}}
            """);
    var task = task(workflow, "{}");
    news(task);

    attributes(task, "{\"hard\": true}");
    assertThat(queue(task) + priority(task)).isEqualTo("Experts5");
    assertThat(news(task))
        .containsExactly(
            "task.updated", "task-queue.moved", "task-queue.entered", "workflow.target-matched");

    pass(10, task);
    attributes(task, "{\"hard\": true, \"more\": 1}");
    assertThat(queue(task)).as("the filter is the same, so it stays").isEqualTo("Everyone");

    attributes(task, "{\"hard\": false}");
    assertThat(queue(task)).isEqualTo("Novices");
  }

  @Test
  void aTaskWhoseAttributesChangeWhileItIsOfferedGoesOnFromItsNewPlaceIfTheOfferFails() {
    worker("Nora", "{\"level\": 1}");
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "hard == true", "targets": [{"queue": "Experts"}]}],
             "default_filter": {"queue": "Novices"}}
            """);
    var task = task(workflow, "{}");
    var offer = ours.awaitOffer(task);

    attributes(task, "{\"hard\": true}");
    assertThat(status(task)).isEqualTo(Task.Status.RESERVED);
    reject(offer);
    worker("Ada", "{\"level\": 9}");

    assertThat(offeredTo(task)).isEqualTo("Ada");
    assertThat(queue(task)).isEqualTo("Experts");
  }

  @Test
  void aTaskWhoseAttributesChangeIsMatchedByWhatTheySayNow() {
    worker("Nora", "{\"level\": 1}");
    var workflow =
        workflow(
            """
            {"default_filter": {"queue": "Everyone", "expression": "worker.level >= task.level"}}
            """);
    var task = task(workflow, "{\"level\": 5}");
    waitsInVain(task);

    attributes(task, "{\"level\": 1}");

    assertThat(offeredTo(task)).isEqualTo("Nora");
  }

  // The time of steps.

  @Test
  void theDeadlinesOfTheTargetsAddUp() {
    var task = task(workflow(TEN_SECONDS_EACH), "{}");

    pass(9, task);
    assertThat(priority(task)).isZero();
    pass(1, task);
    assertThat(priority(task)).isEqualTo(2);
    pass(9, task);
    assertThat(priority(task)).isEqualTo(2);
    pass(1, task);
    assertThat(priority(task)).isEqualTo(3);
    pass(9, task);
    assertThat(status(task)).isEqualTo(Task.Status.PENDING);
    pass(1, task);
    assertThat(status(task)).isEqualTo(Task.Status.CANCELED);
  }

  @Test
  void aTaskThatComesLateToAStepHasOnlyTheTimeThatIsLeft() {
    var ada = worker("Ada", "{\"level\": 9}");
    var task = task(workflow(TEN_SECONDS_EACH), "{}");
    var offer = ours.awaitOffer(task);
    ours.move(ada, "Offline");
    pass(17, task);
    reject(offer);
    assertThat(priority(task)).isEqualTo(2);

    pass(2, task);
    assertThat(priority(task)).isEqualTo(2);
    pass(1, task);
    assertThat(priority(task)).isEqualTo(3);
  }

  @Test
  void aTaskThatComesEarlyToAStepHasTheTimeOfTheStepsBeforeAsWell() {
    var workflow =
        workflow(
            skipping(
                """
                {"queue": "Experts", "timeout": 10, "skip_if": "1==1"}, {"queue": "Novices", "timeout": 10},
                {"queue": "Everyone"}
                """));
    var task = task(workflow, "{}");
    awaitQueue(task, "Novices");

    pass(19, task);
    assertThat(queue(task)).isEqualTo("Novices");
    pass(1, task);
    assertThat(queue(task)).isEqualTo("Everyone");
  }

  @Test
  void theTimerOfAReservationAlwaysStartsAtZero() {
    worker("Ada", "{\"level\": 9}");
    worker("Ben", "{\"level\": 9}");
    var task = task(workflow("{\"default_filter\": {\"queue\": \"Experts\"}}"), "{}");
    var first = ours.awaitOffer(task);
    pass(100, task);
    reject(first);

    var second = ours.awaitOffer(task);
    pass(119, task);
    assertThat(lapses(second)).isFalse();
    pass(1, task);
    assertThat(lapses(second)).isTrue();
  }

  @Test
  void theClockStartsAnewInTheNextFilter() {
    var workflow =
        workflow(
            """
            {"filters": [
              {"expression": "1==1", "targets": [{"queue": "Experts", "timeout": 10}]},
              {"expression": "1==1", "targets": [{"queue": "Novices", "timeout": 10}, {"queue": "Everyone"}]}]}
            """);
    var task = task(workflow, "{}");

    pass(10, task);
    assertThat(queue(task)).isEqualTo("Novices");
    pass(9, task);
    assertThat(queue(task)).isEqualTo("Novices");
    pass(1, task);
    assertThat(queue(task)).isEqualTo("Everyone");
  }

  @Test
  void theClockStartsAnewWhereReEvaluationLeadsToAnotherFilter() {
    var workflow = workflow(TEN_SECONDS_EACH);
    var task = task(workflow, "{}");
    pass(8, task);

    update(workflow, TEN_SECONDS_EACH.replace("\"priority\": 2", "\"priority\": 4"), true);

    pass(9, task);
    assertThat(priority(task)).isZero();
    pass(1, task);
    assertThat(priority(task)).isEqualTo(4);
  }

  @Test
  void theClockRunsOnWhereReEvaluationLeadsToTheSameFilter() {
    var workflow = workflow(TEN_SECONDS_EACH);
    var task = task(workflow, "{}");
    pass(8, task);

    update(
        workflow,
        TEN_SECONDS_EACH.replace("\"default_filter\": {", "\"default_filter\": {\"priority\": 1, "),
        true);

    pass(1, task);
    assertThat(priority(task)).isZero();
    pass(1, task);
    assertThat(priority(task)).isEqualTo(2);
  }

  @Test
  void aStepThatIsEnteredWhileTheTaskIsOfferedIsStillAskedWhetherToSkip() {
    worker("Ada", "{\"level\": 9}");
    var workflow = workflow(skipping("{\"queue\": \"Experts\", \"skip_if\": \"1==1\"}"));
    var task = task(workflow, "{}");
    var offer = ours.awaitOffer(task);
    pass(1, task);

    Workflow.updater(ours.workspace(), workflow.getSid())
        .setReEvaluateTasks("true")
        .update(ours.client());
    reject(offer);

    awaitQueue(task, "Everyone");
  }

  @Test
  void timesThatAddUpToMoreThanAnybodyLivesDoNotOverflow() {
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [
              {"queue": "Experts", "timeout": 2147483647, "skip_if": "1==1"},
              {"queue": "Novices", "timeout": 2147483647}]}]}
            """);
    var task = task(workflow, "{}");
    awaitQueue(task, "Novices");

    pass(1_000, task);

    assertThat(queue(task)).isEqualTo("Novices");
    assertThat(status(task)).isEqualTo(Task.Status.PENDING);
  }

  private static String skipping(String targets) {
    return """
        {"filters": [{"expression": "1==1", "targets": [%s]}], "default_filter": {"queue": "Everyone"}}
        """
        .formatted(targets);
  }

  private String named(String queue) {
    return queueNamed(queue).getSid();
  }

  private TaskQueue queueNamed(String name) {
    return TaskQueue.reader(ours.workspace())
        .setFriendlyName(name)
        .read(ours.client())
        .iterator()
        .next();
  }
}
