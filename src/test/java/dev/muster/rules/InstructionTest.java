package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.rules.Instruction.QueueReference;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionTest {

  @Test
  void readsEveryKey() {
    var instruction =
        Instruction.parse(
            """
            {"task_routing": {
              "filters": [
                {"filter_friendly_name": "Billing", "expression": "type == 'billing'",
                 "targets": [
                   {"queue": "WQ1", "expression": "worker.level >= task.level", "priority": 5,
                    "timeout": 30, "order_by": "worker.level DESC", "skip_if": "workers.available == 0"},
                   {"known_worker_sid": "task.agent.sid", "timeout": "60", "priority": "7"},
                   {"task_queue_sid": "WQ2", "known_worker_friendly_name": "task.agents[0]"}]},
                {"friendly_name": "Old", "expression": "1==1", "colour": "red",
                 "targets": [{"queue": "WQ3", "expression": null, "skip_if": "", "priority": null}]}],
              "default_filter": {"queue": "WQ4", "priority": 1, "timeout": -3}},
             "comment": "unknown names are ignored"}
            """);

    var billing = instruction.filters().getFirst();
    assertThat(billing.name()).isEqualTo("Billing");
    assertThat(billing.expression()).isEqualTo(Expression.parse("type == 'billing'"));
    assertThat(billing.targets())
        .satisfiesExactly(
            first -> {
              assertThat(first.queue()).isEqualTo("WQ1");
              assertThat(first.expression())
                  .isEqualTo(Expression.parse("worker.level >= task.level"));
              assertThat(first.priority()).isEqualTo(5);
              assertThat(first.timeoutSeconds()).isEqualTo(30);
              assertThat(first.orderBy()).isEqualTo(OrderBy.parse("worker.level DESC"));
              assertThat(first.skipIf()).isEqualTo(Expression.parse("workers.available == 0"));
              assertThat(first.knownWorker()).isNull();
            },
            second -> {
              assertThat(second.queue()).isEqualTo("WQ1");
              assertThat(second.expression()).isNull();
              assertThat(second.priority()).isEqualTo(7);
              assertThat(second.timeoutSeconds()).isEqualTo(60);
              assertThat(second.knownWorker())
                  .isEqualTo(new KnownWorker.BySid(Path.parse("task.agent.sid")));
            },
            third -> {
              assertThat(third.queue()).isEqualTo("WQ2");
              assertThat(third.timeoutSeconds()).isNull();
              assertThat(third.knownWorker())
                  .isEqualTo(new KnownWorker.ByFriendlyName(Path.parse("task.agents[0]")));
            });
    assertThat(instruction.filters().get(1).name()).isEqualTo("Old");
    assertThat(instruction.filters().get(1).targets().getFirst().skipIf()).isNull();
    assertThat(instruction.defaultFilter().queue()).isEqualTo("WQ4");
    assertThat(instruction.defaultFilter().timeoutSeconds()).isNull();
    assertThat(instruction.queues())
        .containsExactly(
            new QueueReference("task_routing.filters[0].targets[0].queue", "WQ1"),
            new QueueReference("task_routing.filters[0].targets[1].queue", "WQ1"),
            new QueueReference("task_routing.filters[0].targets[2].queue", "WQ2"),
            new QueueReference("task_routing.filters[1].targets[0].queue", "WQ3"),
            new QueueReference("task_routing.default_filter.queue", "WQ4"));
  }

  @Test
  void saysTheSameWithOtherWordsForItsQueues() {
    var document =
        """
        {"task_routing": {"filters": [{"friendlyName": "All", "expression": "1==1", "targets": [
           {"queue": "%1$s", "timeout": 5, "priority": 1, "skip_if": "1==1"}, {"order_by": "worker.level"},
           {"queue": "%2$s", "expression": "1==1", "known_worker_sid": "task.agent"}]}],
         "default_filter": {"queue": "%1$s"}}}
        """;
    var sids = Map.of("Support", "WQ1", "Sales", "WQ2");

    var instruction = Instruction.parse(document.formatted("Support", "Sales"));

    assertThat(instruction.withQueues(sids::get))
        .isEqualTo(Instruction.parse(document.formatted("WQ1", "WQ2")));
    assertThat(instruction.filters().getFirst().name()).isEqualTo("All");
  }

  @Test
  void mayHaveNeitherFiltersNorDefault() {
    var instruction = Instruction.parse("{\"task_routing\": {}}");

    assertThat(instruction.filters()).isEmpty();
    assertThat(instruction.defaultFilter()).isNull();
    assertThat(instruction.queues()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | configuration | Expected a JSON object, but got a JSON array",
        "{ | configuration | Expected a JSON object, but got Unexpected end",
        "{} | configuration | Expected an object task_routing, but there is none",
        "{'task_routing': 1} | task_routing | Expected an object, but got a number",
        "{'task_routing': {'filters': {}}} | task_routing.filters | Expected an array, but got an"
            + " object",
        "{'task_routing': {'filters': [null]}} | task_routing.filters[0] | Expected an object, but"
            + " got null",
        "{'task_routing': {'default_filter': {}}} | task_routing.default_filter.queue | Expected a"
            + " queue, but there is none",
        "{'task_routing': {'filters': [{}]}} | task_routing.filters[0].expression | Expected an"
            + " expression, but there is none",
        "{'task_routing': {'filters': [{'expression': ' '}]}} | task_routing.filters[0].expression |"
            + " Expected an expression, but there is none",
        "{'task_routing': {'filters': [{'expression': 5}]}} | task_routing.filters[0].expression |"
            + " Expected text, but got a number",
        "{'task_routing': {'filters': [{'expression': '1=1'}]}} | task_routing.filters[0].targets |"
            + " Expected at least one target, but there is none",
      })
  void saysWhereTheShapeIsWrong(String document, String where, String message) {
    refuses(document, where, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | queue | Expected a queue, but there is none",
        "{'queue': 5} | queue | Expected text, but got a number",
        "{'queue': 'WQ', 'timeout': 0} | timeout | Expected a whole number from 1 to 2147483647, but"
            + " got 0",
        "{'queue': 'WQ', 'timeout': 1.5} | timeout | but got 1.5",
        "{'queue': 'WQ', 'timeout': 'soon'} | timeout | but got \"soon\"",
        "{'queue': 'WQ', 'timeout': []} | timeout | but got an array",
        "{'queue': 'WQ', 'timeout': true} | timeout | but got true",
        "{'queue': 'WQ', 'timeout': 2147483648} | timeout | but got 2147483648",
        "{'queue': 'WQ', 'priority': -1} | priority | Expected a whole number from 0 to 2147483647",
        "{'queue': 'WQ', 'priority': 'high'} | priority | but got \"high\"",
        "{'queue': 'WQ', 'expression': 'skill-level > 3'} | expression | Expected an operator, but"
            + " found '-level'",
        "{'queue': 'WQ', 'skip_if': 'workers.available'} | skip_if | Expected an operator",
        "{'queue': 'WQ', 'order_by': 'level'} | order_by | Expected a name that starts with"
            + " 'worker.'",
        "{'queue': 'WQ', 'known_worker_sid': 'WK123'} | known_worker_sid | Expected task.<attribute>,"
            + " but got `WK123`",
        "{'queue': 'WQ', 'known_worker_sid': 'task'} | known_worker_sid | Expected task.<attribute>",
        "{'queue': 'WQ', 'known_worker_sid': 'task.a-b'} | known_worker_sid | Expected an operator",
        "{'queue': 'WQ', 'known_worker_sid': 'task.a', 'known_worker_friendly_name': 'task.b'} |"
            + " known_worker_sid | Expected known_worker_sid or known_worker_friendly_name, but got"
            + " both",
      })
  void saysWhichPartOfATargetIsWrong(String target, String name, String message) {
    refuses(
        "{'task_routing': {'filters': [{'expression': '1=1', 'targets': [{'queue': 'a'}]},"
            + "{'expression': '1=1', 'targets': ["
            + target
            + "]}]}}",
        "task_routing.filters[1].targets[0]." + name,
        message);
  }

  @Test
  void keepsTheColumnOfAMistakeInAnExpression() {
    var error =
        catchThrowableOfType(
            InstructionError.class,
            () ->
                Instruction.parse(
                    "{\"task_routing\": {\"filters\": [{\"expression\": \"a === 1\"}]}}"));

    assertThat(error)
        .hasMessage(
            "Expected a name or a value, but found '=' at line 1, column 51"
                + " (task_routing.filters[0].expression, column 5)");
    assertThat(error.position()).isEqualTo(new Position(1, 51));
    assertThat(error.getCause())
        .isInstanceOfSatisfying(
            ExpressionError.class, cause -> assertThat(cause.column()).isEqualTo(5));
  }

  @Test
  void refusesWhatIsTooMuch() {
    var filter = "{\"expression\": \"1=1\", \"targets\": [{\"queue\": \"q\"}]}";
    var many = "{\"task_routing\": {\"filters\": [" + (filter + ",").repeat(5_000) + filter + "]}}";
    var large = "{\"task_routing\": {}, \"x\": \"" + "ä".repeat(519_275) + "\"}";

    refuses(many, "task_routing.filters", "Expected at most 5000 of them, but got 5001");
    refuses(large, "configuration", "Expected at most 1038576 bytes of UTF-8, but got 1038579");
    refuses("{\"a\":".repeat(1_000), "configuration", "nesting depth");
  }

  private static void refuses(String document, String where, String message) {
    assertThatExceptionOfType(InstructionError.class)
        .isThrownBy(() -> Instruction.parse(quoted(document)))
        .withMessageStartingWith("Expected ")
        .withMessageContaining(" (" + where)
        .withMessageContaining(message)
        .satisfies(error -> assertThat(error.where()).isEqualTo(where));
  }

  /** Reads better in a table; the documents there have no other apostrophes. */
  private static String quoted(String document) {
    return document.replace('\'', '"');
  }
}
