package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What every key of an instruction means, one test for each rule.
 *
 * <p>Elsewhere: how a task goes on from step to step in {@link InstructionProgressTest}; the names
 * that a target's expression knows in {@link BuiltInNamesTest}; queues by name in {@link
 * QueueNamesTest}. What is refused when an instruction is written: {@code rules.InstructionTest}
 * for each key, {@code workflow.WorkflowTest} for the answers. What a task's creator may say past
 * the instruction (RoutingTarget, IgnoreCapacity, TaskQueueSid): {@code task.TaskRoutingTest}. The
 * operators and their logic: {@code rules.ExpressionTest}.
 */
class InstructionKeysTest extends InstructionTest {

  @Test
  void filtersAreOrderedAndTheFirstThatHoldsTakesTheTask() {
    var workflow =
        workflow(
            """
            {"filters": [
              {"expression": "kind == 'a'", "targets": [{"queue": "Novices"}]},
              {"expression": "kind == 'b'", "targets": [{"queue": "Experts"}]},
              {"expression": "1==1", "targets": [{"queue": "Everyone"}]},
              {"expression": "kind == 'c'", "targets": [{"queue": "Experts"}]}]}
            """);

    assertThat(queue(task(workflow, "{\"kind\": \"a\"}"))).isEqualTo("Novices");
    assertThat(queue(task(workflow, "{\"kind\": \"b\"}"))).isEqualTo("Experts");
    assertThat(queue(task(workflow, "{\"kind\": \"c\"}"))).isEqualTo("Everyone");
  }

  @Test
  void theExpressionOfAFilterReadsTheTasksAttributesWithoutAPrefix() {
    var workflow =
        workflow(
            """
            {"filters": [
              {"expression": "task.kind == 'a' OR worker.level > 0", "targets": [{"queue": "Novices"}]},
              {"expression": "kind == 'a' AND customer.tier IN ['gold'] AND lines[0].sku == 'x'",
               "targets": [{"queue": "Experts"}]}],
             "default_filter": {"queue": "Everyone"}}
            """);

    var task =
        task(
            workflow,
            "{\"kind\": \"a\", \"customer\": {\"tier\": \"gold\"}, \"lines\": [{\"sku\": \"x\"}]}");

    assertThat(queue(task)).isEqualTo("Experts");
    assertThat(queue(task(workflow, "{\"kind\": \"a\"}"))).isEqualTo("Everyone");
  }

  @Test
  void theNameOfAFilterIsForPeople() {
    var workflow =
        workflow(
            """
            {"filters": [{"filter_friendly_name": "Anything", "expression": "1==1",
                          "targets": [{"queue": "Everyone"}]}]}
            """);

    assertThat(explained(task(workflow, "{}")).at("/filters/0/friendly_name").asString())
        .isEqualTo("Anything");
  }

  @Test
  void targetsAreStepsInTheirOrder() {
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [
              {"queue": "Experts", "timeout": 10}, {"queue": "Everyone", "timeout": 10},
              {"queue": "Novices"}]}]}
            """);
    var task = task(workflow, "{}");

    assertThat(queue(task)).isEqualTo("Experts");
    pass(10, task);
    assertThat(queue(task)).isEqualTo("Everyone");
    pass(10, task);
    assertThat(queue(task)).isEqualTo("Novices");
  }

  @Test
  void aLaterTargetInheritsTheQueueOfTheOneBefore() {
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [
              {"queue": "Experts", "timeout": 10}, {"priority": 3, "timeout": 10},
              {"queue": "Novices", "timeout": 10}, {"priority": 4}]}]}
            """);
    var task = task(workflow, "{}");

    pass(10, task);
    assertThat(queue(task) + priority(task)).isEqualTo("Experts3");
    pass(20, task);
    assertThat(queue(task) + priority(task)).isEqualTo("Novices4");
  }

  @Test
  void theExpressionOfATargetNarrowsItsWorkersAndIsNotInherited() {
    worker("Nora", "{\"level\": 1}");
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [
              {"queue": "Everyone", "expression": "worker.level >= task.level", "timeout": 10}, {}]}]}
            """);
    var task = task(workflow, "{\"level\": 5}");
    waitsInVain(task);

    pass(10, task);

    assertThat(offeredTo(task)).isEqualTo("Nora");
  }

  @ParameterizedTest
  @ValueSource(strings = {"level >= 1", "workers.level >= 1", "attributes.level >= 1"})
  void aNameInTheExpressionOfATargetMeansNothingWithoutItsPrefix(String expression) {
    worker("Nora", "{\"level\": 1}");
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [
              {"queue": "Everyone", "expression": "%s", "timeout": 10},
              {"expression": "worker.level >= 1 AND task.level == 2"}]}]}
            """
                .formatted(expression));
    var task = task(workflow, "{\"level\": 2}");
    waitsInVain(task);

    pass(10, task);

    assertThat(offeredTo(task)).isEqualTo("Nora");
  }

  @Test
  void priorityIsSetOnEnteringAStepThatHasOneAndElseStays() {
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [
              {"queue": "Experts", "timeout": 10}, {"priority": 5, "timeout": 10}, {"timeout": 10},
              {"priority": 0}]}]}
            """);
    var plain = task(workflow, "{}");
    var urgent =
        Task.creator(ours.workspace())
            .setWorkflowSid(workflow.getSid())
            .setPriority(9)
            .create(ours.client());

    assertThat(List.of(priority(plain), priority(urgent))).containsExactly(0, 9);
    for (var expected : List.of(5, 5, 0)) {
      pass(10, plain, urgent);
      assertThat(List.of(priority(plain), priority(urgent))).containsExactly(expected, expected);
    }
  }

  @Test
  void aTargetWithoutATimeoutKeepsTheTaskUntilItsTimeToLiveIsOver() {
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [
              {"queue": "Experts", "timeout": 10}, {"queue": "Novices"}, {"queue": "Everyone"}]}]}
            """);
    var task = task(workflow, "{}");

    pass(86_399, task);
    assertThat(queue(task)).isEqualTo("Novices");
    assertThat(status(task)).isEqualTo(Task.Status.PENDING);
    pass(1, task);

    assertThat(status(task)).isEqualTo(Task.Status.CANCELED);
    assertThat(ours.present(task).getReason()).isEqualTo("Task TTL Exceeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "worker.level DESC, worker.skills.es ASC | Ben Ada Cleo Emil Dora",
        "worker.level ASC, worker.skills.es DESC | Cleo Ada Ben Emil Dora",
        "worker.skills.es | Emil Ben Ada Cleo Dora",
        "worker.team DESC, worker.level DESC | Ada Ben Cleo Dora Emil",
        "worker.channel.chat.configured_capacity DESC | Cleo Ada Ben Dora Emil",
      })
  void orderByComparesClauseByClauseWithMissingValuesLastAndElseTheLongestIdleFirst(
      String order, String expected) {
    worker("Ada", "{\"level\": 9, \"skills\": {\"es\": 2}, \"team\": \"red\"}");
    worker("Ben", "{\"level\": 9, \"skills\": {\"es\": 1}, \"team\": \"blue\"}");
    capacity(worker("Cleo", "{\"level\": 5, \"team\": \"green\"}"), "chat", 2);
    worker("Dora", "{}");
    worker("Emil", "{\"level\": \"10\", \"skills\": {\"es\": 0}}");
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [{"queue": "Everyone", "order_by": "%s"}]}]}
            """
                .formatted(order));

    var offered = Stream.generate(() -> offeredTo(task(workflow, "{}"))).limit(5).toList();

    assertThat(offered).containsExactly(expected.split(" "));
  }

  @Test
  void withoutOrderByTheLongestIdleComesFirst() {
    worker("Ada", "{\"level\": 1}");
    worker("Ben", "{\"level\": 9}");
    var workflow = workflow("{\"default_filter\": {\"queue\": \"Everyone\"}}");

    assertThat(offeredTo(task(workflow, "{}"))).isEqualTo("Ada");
    assertThat(offeredTo(task(workflow, "{}"))).isEqualTo("Ben");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "workers.available == 1 | true",
        "workers.available == 0 | false",
        "workers.unavailable == 2 | true",
        "workers.unavailable > 2 | false",
        "workers.{Lunch} == 2 | true",
        "workers.{Available} == 0 | false",
        "workers.{Offline} == 0 AND workers.available < 2 | true",
        "1==1 | true",
      })
  void skipIfCountsTheMembersOfTheStepsQueueByActivityWhateverTheirCapacity(
      String skipIf, boolean skips) {
    var lunch = activity("Lunch", false);
    worker("Busy", "{\"level\": 9}");
    accept(ours.awaitOffer(task(ours.workflow("Any", "", experts()), "{}")));
    for (var name : List.of("Eve", "Ed")) {
      ours.move(ours.worker(name, "{\"level\": 9}"), "Lunch");
    }
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [
              {"queue": "Experts", "skip_if": "%s"}, {"queue": "Novices"}]}]}
            """
                .formatted(
                    skipIf
                        .replace("{Lunch}", lunch)
                        .replace("{Available}", ours.activity("Available"))
                        .replace("{Offline}", ours.activity("Offline"))));

    var task = task(workflow, "{}");

    settle();
    assertThat(queue(task)).isEqualTo(skips ? "Novices" : "Experts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"known_worker_sid", "known_worker_friendly_name"})
  void onlyTheKnownWorkerIsTriedWhomTheTasksAttributeNames(String key) {
    worker("Ada", "{\"level\": 9}");
    var ben = worker("Ben", "{\"level\": 9}");
    var cleo = worker("Cleo", "{\"level\": 6}");
    var workflow = knownWorker(key, "\"expression\": \"worker.level >= task.level\"");
    boolean bySid = key.equals("known_worker_sid");

    var bens = task(workflow, agent(bySid ? ben.getSid() : "Ben", 5));
    var cleos = task(workflow, agent(bySid ? cleo.getSid() : "Cleo", 7));

    assertThat(offeredTo(bens)).isEqualTo("Ben");
    waitsInVain(cleos);
    attributes(cleos, agent(bySid ? cleo.getSid() : "Cleo", 6));
    assertThat(offeredTo(cleos)).isEqualTo("Cleo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "known_worker_sid | {} | 40154",
        "known_worker_sid | {\"agent\": null} | 0",
        "known_worker_sid | {\"agent\": \"Ada\"} | 40154",
        "known_worker_sid | {\"agent\": 5} | 40154",
        "known_worker_sid | {\"agent\": \"<Nora>\"} | 40152",
        "known_worker_sid | {\"agent\": \"WK00000000000000000000000000000000\"} | 40155",
        "known_worker_sid | {\"agent\": \"<theirs>\"} | 40155",
        "known_worker_friendly_name | {} | 40154",
        "known_worker_friendly_name | {\"agent\": null} | 0",
        "known_worker_friendly_name | {\"agent\": [\"Ada\"]} | 40154",
        "known_worker_friendly_name | {\"agent\": \"Nora\"} | 40152",
        "known_worker_friendly_name | {\"agent\": \"Anna\"} | 40155",
        "known_worker_friendly_name | {\"agent\": \"\\u0000\"} | 40154",
      })
  void aTaskThatNamesNoKnownWorkerOfTheQueueStaysInItsStep(
      String key, String attributes, int errorCode) {
    worker("Ada", "{\"level\": 9}");
    var nora = worker("Nora", "{\"level\": 1}");
    var theirWorker = Worker.reader(theirs.workspace()).read(theirs.client()).iterator().next();
    var workflow = knownWorker(key, "\"timeout\": 10");

    var task =
        task(
            workflow,
            attributes.replace("<Nora>", nora.getSid()).replace("<theirs>", theirWorker.getSid()));

    waitsInVain(task);
    var told = explained(task).at("/step/known_worker");
    assertThat(told.path("named_by").asString()).isEqualTo("task.agent");
    assertThat(told.path("why").asString()).startsWith("task.agent ");
    assertThat(told.path("error_code").asInt(0)).isEqualTo(errorCode);
    pass(9, task);
    waitsInVain(task);
    assertThat(queue(task)).isEqualTo("Experts");
    pass(1, task);
    assertThat(queue(task)).isEqualTo("Everyone");
  }

  @Test
  void aTaskThatNamesNoKnownWorkerMayBeSkippedOrDieInItsStep() {
    worker("Ada", "{\"level\": 9}");
    var skipping = knownWorker("known_worker_sid", "\"skip_if\": \"workers.available > 0\"");

    var skipped = task(skipping, "{}");

    awaitQueue(skipped, "Everyone");
    update(
        skipping,
        """
        {"filters": [{"expression": "1==1", "targets": [
          {"queue": "Experts", "known_worker_friendly_name": "task.agent"}]}]}
        """,
        false);
    var staying = task(skipping, "{}");
    pass(86_399, staying);
    waitsInVain(staying);
    pass(1, staying);
    assertThat(status(staying)).isEqualTo(Task.Status.CANCELED);
  }

  @Test
  void eventsNameTheKnownWorkerOfTheStep() {
    var ada = ours.worker("Ada", "{\"level\": 9}");
    var bySid = knownWorker("known_worker_sid", "\"timeout\": 10");
    var task = task(bySid, agent(ada.getSid(), 1));
    assertThat(knownWorkers(task)).containsExactly(ada.getSid());

    update(bySid, knownWorkerRouting("known_worker_friendly_name", "\"timeout\": 10"), true);
    attributes(task, agent("Ada", 1));
    assertThat(knownWorkers(task)).containsExactly(ada.getSid());

    attributes(task, agent("Nobody", 1));
    pass(10, task);
    assertThat(knownWorkers(task)).isEmpty();
  }

  @Test
  void theDefaultFilterIsOneTargetForTasksThatMatchNoFilter() {
    worker("Nora", "{\"level\": 1}");
    worker("Ada", "{\"level\": 9}");
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "kind == 'a'", "targets": [{"queue": "Experts"}]}],
             "default_filter": {"queue": "Everyone", "priority": 4, "expression": "worker.level > task.level",
                                "order_by": "worker.level DESC", "timeout": 10}}
            """);

    var task = task(workflow, "{\"level\": 0}");

    assertThat(queue(task) + priority(task)).isEqualTo("Everyone4");
    assertThat(offeredTo(task)).isEqualTo("Ada");
    var second = task(workflow, "{\"level\": 5}");
    pass(11, second);
    assertThat(queue(second)).isEqualTo("Everyone");
    waitsInVain(second);
    assertThat(queue(task(workflow, "{\"kind\": \"a\"}"))).isEqualTo("Experts");
  }

  @Test
  void theDefaultFilterTakesATaskThatSkippedOutOfEveryFilter() {
    var workflow =
        workflow(
            """
            {"filters": [
              {"expression": "1==1", "targets": [
                {"queue": "Experts", "skip_if": "1==1"}, {"skip_if": "1==1", "priority": 1}]},
              {"expression": "kind == 'b'", "targets": [{"queue": "Everyone"}]},
              {"expression": "kind == 'a'", "targets": [{"queue": "Experts", "skip_if": "1==1"}]}],
             "default_filter": {"queue": "Novices"}}
            """);

    var task = task(workflow, "{\"kind\": \"a\"}");

    awaitQueue(task, "Novices");
    assertThat(priority(task)).isEqualTo(1);
    assertThat(status(task)).isEqualTo(Task.Status.PENDING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"queue\": \"Experts\", \"timeout\": 10}",
        "{\"queue\": \"Experts\", \"skip_if\": \"1==1\"}, {\"timeout\": 10}",
        "{\"queue\": \"Experts\", \"timeout\": 10}, {\"skip_if\": \"1==1\"}",
        "{\"queue\": \"Experts\", \"timeout\": 10}]}, {\"expression\": \"1==1\", \"targets\": ["
            + "{\"queue\": \"Experts\", \"skip_if\": \"1==1\"}"
      })
  void theDefaultFilterNeverTakesATaskWhoseTimeWasOverInAStep(String targets) {
    var workflow =
        workflow(
            """
            {"filters": [{"expression": "1==1", "targets": [%s]}],
             "default_filter": {"queue": "Everyone"}}
            """
                .formatted(targets));
    var task = task(workflow, "{}");
    settle();
    assertThat(queue(task)).isEqualTo("Experts");

    pass(10, task);

    awaitEnd(task);
    assertThat(queue(task)).isEqualTo("Experts");
    assertThat(ours.present(task).getReason()).startsWith("Task canceled on Workflow ");
  }

  @Test
  void olderSpellingsAndNumericTextMeanTheSameAndTheDocumentComesBackAsItWasGiven() {
    var document =
        """
         {"task_routing":{"filters":[ {"friendly_name":"Old", "expression":"kind=='old'", "unknown": [1.50],
           "targets":[{"task_queue_sid":"%s","priority":"7","timeout":"10", "expression": null, "skip_if": ""},{}]}
           ] } }\t
        """
            .formatted(experts().getSid());
    var workflow = Workflow.creator(ours.workspace(), "Old", document).create(ours.client());
    var task = task(workflow, "{\"kind\": \"old\"}");

    assertThat(workflow.getConfiguration()).isEqualTo(document);
    assertThat(queue(task) + priority(task)).isEqualTo("Experts7");
    assertThat(explained(task).at("/filters/0/friendly_name").asString()).isEqualTo("Old");
    pass(10, task);
    assertThat(explained(task).at("/step/target").asInt()).isEqualTo(1);
  }

  private Workflow knownWorker(String key, String more) {
    return workflow(knownWorkerRouting(key, more));
  }

  private static String knownWorkerRouting(String key, String more) {
    return """
        {"filters": [{"expression": "1==1", "targets": [
          {"queue": "Experts", "%s": "task.agent", %s}, {"queue": "Everyone"}]}]}
        """
        .formatted(key, more);
  }

  private static String agent(String agent, int level) {
    return "{\"agent\": \"%s\", \"level\": %d}".formatted(agent, level);
  }

  /** What the task's last event says. */
  private List<String> knownWorkers(Task task) {
    return jdbc
        .sql(
            """
            SELECT data ->> 'known_worker_sid' AS worker FROM event
            WHERE workspace_sid = :workspace AND task_sid = :task ORDER BY sid DESC LIMIT 1
            """)
        .param("workspace", ours.workspace())
        .param("task", task.getSid())
        .query((row, number) -> row.getString("worker"))
        .stream()
        .filter(worker -> worker != null)
        .toList();
  }

  private JsonNode explained(Task task) {
    var answer = ours.get("/muster" + ours.path("Tasks", task.getSid(), "Explanation"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("explanation");
  }

  private TaskQueue experts() {
    return TaskQueue.reader(ours.workspace())
        .setFriendlyName("Experts")
        .read(ours.client())
        .iterator()
        .next();
  }
}
