package dev.muster.rules;

import static dev.muster.rules.Warning.Code.ACTIVITY_UNKNOWN;
import static dev.muster.rules.Warning.Code.ATTRIBUTE_UNKNOWN;
import static dev.muster.rules.Warning.Code.COMPARISON_NEVER_HOLDS;
import static dev.muster.rules.Warning.Code.FILTER_NEVER_HOLDS;
import static dev.muster.rules.Warning.Code.FILTER_UNREACHABLE;
import static dev.muster.rules.Warning.Code.LATER_FILTERS_HIDDEN;
import static dev.muster.rules.Warning.Code.NO_WORKER;
import static dev.muster.rules.Warning.Code.ORDER_WITHOUT_NUMBERS;
import static dev.muster.rules.Warning.Code.PREFIX_WRONG;
import static dev.muster.rules.Warning.Code.QUEUE_CLOSED;
import static dev.muster.rules.Warning.Code.QUEUE_UNKNOWN;
import static dev.muster.rules.Warning.Code.TARGET_UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.rules.Scope.BuiltIns;
import dev.muster.rules.Warning.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LintTest {

  private static final Attributes ANNA =
      Attributes.parse("{\"level\": 3, \"languages\": [\"en\"], \"team\": \"blue\"}");

  private static final BuiltIns ANNAS = BuiltIns.of(Map.of("channel.voice.assigned_tasks", 0));

  private static final World WORLD =
      new World(
          Kind.seen(
              Stream.of(
                  Attributes.parse(
                      """
                      {"product": "tv", "amount": 5, "customer": {"tier": "gold"}, "tags": ["new"],
                       "language": "en", "code": "17"}
                      """))),
          Kind.seen(Stream.of(ANNA)),
          Map.of("WQ1", "Support", "WQ2", "Sales"),
          Map.of("WA1", "Idle"),
          Map.of(),
          (queue, expression) -> queue.equals("WQ1") && expression.test(Scope.worker(ANNA, ANNAS)));

  @Test
  void isSilentAboutAnInstructionThatMeansWhatItSays() {
    var quiet =
        """
        {"task_routing": {"filters": [
          {"expression": "product == 'tv' AND customer.tier == 'gold'", "targets": [
            {"queue": "WQ1", "timeout": 30, "order_by": "worker.level DESC",
             "expression": "task.language IN worker.languages AND worker.level > 2",
             "skip_if": "workers.available == 0 OR workers.WA1 > 3"},
            {"expression": "worker.channel.voice.assigned_tasks < 2 AND task.age > 5", "timeout": 60}]},
          {"expression": "product == 'tv' AND tags HAS 'new' AND code > 5", "targets": [
            {"queue": "WQ1", "known_worker_sid": "task.customer.tier"}]},
          {"expression": "1==1", "targets": [{"queue": "WQ1"}]}],
         "default_filter": {"queue": "WQ1"}}}
        """;

    assertThat(Lint.of(quiet, WORLD)).isEmpty();
    assertThat(Lint.of(quiet, World.UNKNOWN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1==1 | a == 1",
        "a == 1 | a == 1 AND b == 2",
        "a == 1 OR b == 2 | b == 2",
        "a > 5 | a >= 6",
        "a IN ['x', 'y'] | a == 'y'",
        "a == 1 | a == 1",
      })
  void warnsOfAFilterBehindOneThatTakesAllItsTasks(String first, String second) {
    assertThat(reach("", first, second)).containsExactly(FILTER_UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'timeout': 5,", "'skip_if': '1==1',"})
  void knowsThatTasksComeOutOfAFilterThatEnds(String end) {
    assertThat(reach(end, "a == 1", "a == 1 AND b == 2")).isEmpty();
  }

  @Test
  void namesTheFilterThatKeepsTheTasks() {
    var warning =
        lint(
                """
                {"friendly_name": "All of A", "expression": "a == 1", "targets": [
                  {"queue": "WQ1", "timeout": 5}, {"queue": "WQ1"}]},
                {"expression": "a == 1 AND b == 1", "targets": [{"queue": "WQ1", "timeout": 1}]}
                """,
                World.UNKNOWN)
            .getFirst();

    assertThat(warning.code().text()).isEqualTo("filter_unreachable");
    assertThat(warning.where()).isEqualTo("task_routing.filters[1].expression");
    assertThat(warning.message())
        .isEqualTo(
            "No task comes to this filter, for filters[0] (\"All of A\") holds for all its tasks"
                + " and targets[1] there has neither timeout nor skip_if");
    assertThat(warning.position()).isEqualTo(new Position(3, 16));
  }

  @Test
  void warnsOfAFilterThatNeverHolds() {
    assertThat(reach("'timeout': 1,", "1 == 2 AND a == 1")).containsExactly(FILTER_NEVER_HOLDS);
  }

  @Test
  void warnsOfATargetWithoutEndThatHidesLaterFilters() {
    assertThat(reach("", "a == 1", "b == 2")).containsExactly(LATER_FILTERS_HIDDEN);
    assertThat(reach("", "a == 1 AND b == 2", "b == 2")).containsExactly(LATER_FILTERS_HIDDEN);
    assertThat(reach("", "tags HAS 'x'", "amount > 5 AND NOT vip == true"))
        .containsExactly(LATER_FILTERS_HIDDEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"a == 1 | a == 2", "a > 5 | a < 5", "a == 'x' | a IN ['y', 'z']", "a == 1 | 1==1"})
  void doesNotWarnIfLaterFiltersCannotHoldForTheSameTasksOrTakeTheRest(String first, String last) {
    assertThat(reach("", first, last)).isEmpty();
  }

  @Test
  void warnsOfTargetsBehindOneThatTasksDoNotLeave() {
    var warnings =
        lint(
            """
            {"expression": "a == 1", "targets": [
              {"queue": "WQ1"}, {"queue": "WQ1", "timeout": 5}, {"queue": "WQ1"}]}
            """,
            World.UNKNOWN);

    assertThat(warnings).extracting(Warning::code).containsExactly(TARGET_UNREACHABLE);
    assertThat(warnings.getFirst().where()).isEqualTo("task_routing.filters[0].targets[1]");
    assertThat(warnings.getFirst().position()).isEqualTo(new Position(2, 21));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prodcut == 'tv' | No task has ever had prodcut; the nearest known name is product",
        "customer.teir == 'x' | No task has ever had customer.teir; the nearest known name is"
            + " customer.tier",
        "tags[2] == 'x' AND phone == 1 | No task has ever had phone",
      })
  void warnsOfAnAttributeThatNoTaskEverHad(String expression, String message) {
    var warnings = lintFilter(expression);

    assertThat(warnings).extracting(Warning::code).containsExactly(ATTRIBUTE_UNKNOWN);
    assertThat(warnings.getFirst().message()).isEqualTo(message);
  }

  @Test
  void pointsAtTheNameInTheExpression() {
    var text = "product == 'prodcut' AND (prodcut == 'tv')";

    assertThat(lintFilter(text).getFirst().position())
        .isEqualTo(new Position(1, 46 + text.indexOf("(prodcut") + 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "product HAS 'tv' | product HAS \"tv\" can never hold, for product was always text so far",
        "product > 5 | product > 5 can never hold, for product was always text so far",
        "tags == 'new' | tags == \"new\" can never hold, for tags was always an array so far",
        "NOT customer == 'x' | customer == \"x\" can never hold, for customer was always an object so"
            + " far",
        "amount == true | amount == true can never hold, for amount was always a number so far",
        "amount HAS product | amount HAS product can never hold, for amount was always a number so"
            + " far and product was always text so far",
      })
  void warnsOfAComparisonThatFitsNoKindOfValueSeen(String expression, String message) {
    var warnings = lintFilter(expression);

    assertThat(warnings).extracting(Warning::code).containsExactly(COMPARISON_NEVER_HOLDS);
    assertThat(warnings.getFirst().message()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code > 5 AND code == '17' AND code == 'other'",
        "amount == '5' AND amount CONTAINS '5'",
        "tags != null AND tags == null AND customer != null",
        "product != 5 AND product == null",
        "amount == product AND product IN tags AND amount IN [1, 'x']",
        "'a' IN tags AND tags[0] == 'x' AND product > 'a'",
      })
  void doesNotWarnIfAComparisonMayHold(String expression) {
    assertThat(lintFilter(expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "level > 2 | PREFIX_WRONG",
        "worker > 2 | PREFIX_WRONG",
        "Worker.level > 2 | PREFIX_WRONG",
        "worker.levle > 2 | ATTRIBUTE_UNKNOWN",
        "task.prodcut == 'x' | ATTRIBUTE_UNKNOWN",
        "worker.team > 2 | COMPARISON_NEVER_HOLDS,NO_WORKER",
        "worker.level > 7 | NO_WORKER",
        "worker.level > 7 AND task.amount > 1 | NO_WORKER",
        "worker.level > 7 OR task.amount > 1 | ``",
        "NOT (worker.level > 2 OR task.amount > 1) | NO_WORKER",
        "NOT (worker.level > 7 OR task.amount > 1) | ``",
        "task.product == 'tv' AND worker.level > 2 | ``",
        "task.product == 'radio' AND worker.level > 2 | NO_WORKER",
        "worker.sid == 'WK1' OR worker.name == 5 OR worker.level == 3 | ``",
      })
  void looksAtTheExpressionOfATarget(String expression, String codes) {
    var warnings =
        lint(
            """
            {"expression": "product == 'tv'", "targets": [
              {"queue": "WQ1", "expression": "%s"}]}
            """
                .formatted(expression),
            WORLD);

    assertThat(warnings)
        .extracting(Warning::code)
        .filteredOn(
            code -> !(codes.startsWith("PREFIX") || codes.startsWith("ATTR")) || code != NO_WORKER)
        .containsExactly(
            Stream.of(codes.split(","))
                .filter(c -> !c.isEmpty())
                .map(Code::valueOf)
                .toArray(Code[]::new));
  }

  @Test
  void saysHowANameInATargetIsWritten() {
    var warnings =
        lint(
            "{\"expression\": \"1==1\", \"targets\": [{\"queue\": \"WQ1\", \"expression\": \"level > 2\"}]}",
            WORLD);

    assertThat(warnings.getFirst().message())
        .isEqualTo(
            "level never has a value here: a target reads task.… and worker.…, so write"
                + " worker.level");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "task.product == 'tv' | `product never has a value`",
        "worker.level > 2 | worker.level never has a value here: a filter knows the task only",
      })
  void warnsOfAPrefixInAFilter(String expression, String message) {
    var warnings = lintFilter(expression);

    assertThat(warnings).extracting(Warning::code).containsExactly(PREFIX_WRONG);
    assertThat(warnings.getFirst().message())
        .contains(message.replace("product never", "task.product never"));
  }

  @Test
  void looksAtSkipIfAndOrderBy() {
    var warnings =
        lint(
            """
            {"expression": "product == 'tv'", "targets": [
              {"queue": "WQ1", "skip_if": "workers.free == 0 OR available == 0 OR workers.WA2 > 1",
               "order_by": "worker.level DESC, worker.lvl, worker.team ASC"}]}
            """,
            WORLD);

    assertThat(warnings)
        .extracting(Warning::code)
        .containsExactly(
            ATTRIBUTE_UNKNOWN, ORDER_WITHOUT_NUMBERS, PREFIX_WRONG, PREFIX_WRONG, ACTIVITY_UNKNOWN);
    assertThat(warnings.getLast().message()).isEqualTo("There is no activity WA2, so it counts 0");
  }

  @Test
  void warnsOfQueuesThatAreNotThereAndStepsThatNobodyServes() {
    var warnings =
        lint(
            """
            {"expression": "product == 'tv'", "targets": [
              {"queue": "support", "timeout": 1}, {"queue": "Suport", "timeout": 1},
              {"queue": "WQ3", "timeout": 1}, {"queue": "Sales", "timeout": 1},
              {"queue": "WQ2", "timeout": 1}]}
            """,
            WORLD);

    assertThat(warnings)
        .extracting(Warning::code)
        .containsExactly(QUEUE_UNKNOWN, QUEUE_UNKNOWN, NO_WORKER, NO_WORKER);
    assertThat(warnings)
        .extracting(Warning::message)
        .containsExactly(
            "There is no queue Suport; the nearest is Support",
            "There is no queue WQ3; the nearest is WQ1",
            "No present worker of queue Sales can serve this step, whatever the task is",
            "No present worker of queue Sales can serve this step, whatever the task is");
  }

  @Test
  void warnsOfQueuesThatTheOperatorHasClosed() {
    var steps =
        """
        {"expression": "product == 'tv'", "targets": [
          {"queue": "WQ1", "timeout": 1}, {"queue": "WQ2", "timeout": 1}]}
        """;
    var shut = Map.of("WQ1", new Outlook(Set.of(), true));
    var moved = Map.of("WQ1", new Outlook(Set.of("WQ2"), false));
    var served = Map.of("WQ2", new Outlook(Set.of("WQ1"), false));
    var perhaps = Map.of("WQ2", new Outlook(Set.of("WQ1", "WQ2"), true));

    assertThat(lint(steps, under(shut)))
        .extracting(Warning::message)
        .containsExactly(
            "The operator has closed queue Support: tasks pass over this step as if its time were"
                + " over",
            "No present worker of queue Sales can serve this step, whatever the task is");
    assertThat(lint(steps, under(moved)))
        .extracting(Warning::message)
        .containsExactly(
            "The operator has closed queue Support: tasks of this step wait in queue Sales",
            "No present worker of queue Sales can serve this step, whatever the task is",
            "No present worker of queue Sales can serve this step, whatever the task is");
    assertThat(lint(steps, under(served)))
        .extracting(Warning::code, warning -> String.valueOf(warning.position()))
        .containsExactly(tuple(QUEUE_CLOSED, "line 2, column 45"));
    assertThat(lint(steps, under(perhaps))).isEmpty();
  }

  @Test
  void knowsThatTasksComeOutOfAFilterWhoseQueueMayBeClosed() {
    var filters =
        """
        {"expression": "product == 'tv'", "targets": [{"queue": "WQ1"}, {"queue": "WQ1", "timeout": 5}]},
        {"expression": "product == 'tv' AND amount > 1", "targets": [{"queue": "WQ1"}]}
        """;

    assertThat(lint(filters, WORLD))
        .extracting(Warning::code)
        .containsExactly(TARGET_UNREACHABLE, FILTER_UNREACHABLE);
    assertThat(lint(filters, under(Map.of("WQ1", new Outlook(Set.of("WQ1"), true))))).isEmpty();
  }

  @Test
  void neverCallsAFilterUnreachableThatATaskComesTo() {
    long seed = RandomRules.seed();
    var rules = new RandomRules(seed);
    int warned = 0;
    for (int round = 0; round < 1_500; round++) {
      var instruction = rules.instruction();
      var dead = new ArrayList<Integer>();
      for (var warning : Lint.of(instruction, World.UNKNOWN)) {
        if (Set.of(FILTER_UNREACHABLE, FILTER_NEVER_HOLDS).contains(warning.code())) {
          dead.add(Integer.valueOf(warning.where().replaceAll("\\D", "")));
        }
      }
      warned += dead.size();
      var compiled = CompiledInstruction.compile("random", instruction);
      for (int task = 0; task < 40 && !dead.isEmpty(); task++) {
        var attributes = rules.task();
        if (compiled.decide(attributes) instanceof Decision.Matched matched) {
          assertThat(dead)
              .as("seed %d, %s, %s", seed, attributes.canonical(), instruction)
              .doesNotContain(matched.filter());
        }
      }
    }
    assertThat(warned).isGreaterThan(100);
  }

  @Test
  void staysQuickAndBriefForTheLargestDocuments() {
    var filters =
        IntStream.range(0, 5_000)
            .mapToObj(
                i ->
                    "{\"expression\": \"p%d == %d AND q > 5 OR r HAS 'x%d'\", \"targets\": [{\"queue\": \"q\"}]}"
                        .formatted(i % 50, i, i))
            .collect(Collectors.joining(","));

    var warnings = Assertions.assertTimeout(Duration.ofSeconds(10), () -> lint(filters, WORLD));

    assertThat(warnings).hasSize(Lint.MAX_WARNINGS);
  }

  /** The world, with what the operator's policies make of its queues. */
  private static World under(Map<String, Outlook> outlooks) {
    return new World(
        WORLD.tasks(),
        WORLD.workers(),
        WORLD.queues(),
        WORLD.activities(),
        outlooks,
        WORLD.servedBy());
  }

  private static List<Warning> lintFilter(String expression) {
    return lint(
        "{\"expression\": \"" + expression + "\", \"targets\": [{\"queue\": \"WQ1\"}]}", WORLD);
  }

  /** The codes for filters with these expressions, each with one target that ends as given. */
  private static List<Code> reach(String end, String... expressions) {
    return lint(
            Stream.of(expressions)
                .map(
                    expression ->
                        "{\"expression\": \"%s\", \"targets\": [{%s \"queue\": \"WQ1\"}]}"
                            .formatted(expression, end.replace('\'', '"')))
                .collect(Collectors.joining(",")),
            World.UNKNOWN)
        .stream()
        .map(Warning::code)
        .toList();
  }

  private static List<Warning> lint(String filters, World world) {
    return Lint.of("{\"task_routing\": {\"filters\": [" + filters + "]}}", world);
  }
}
