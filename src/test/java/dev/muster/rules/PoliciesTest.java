package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.rules.Ruling.Enter;
import dev.muster.rules.Ruling.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {

  private static final Attributes TASK =
      Attributes.parse("{\"type\": \"claim\", \"queue\": \"WQ9\", \"priority\": 999}");

  @Test
  void lowersAPriorityThatIsAboveTheCeiling() {
    var policies = ceilings("task.type == 'claim'", 100, "account.sid == 'AC1'", 50, "TRUE", 70);

    assertThat(policies.apply(entry("WQ1", 500)))
        .isEqualTo(new Enter("WQ1", 50, List.of(), List.of("ceiling 100", "ceiling 50")));
    assertThat(policies.apply(entry("WQ1", 60)))
        .isEqualTo(new Enter("WQ1", 50, List.of(), List.of("ceiling 50")));
    assertThat(policies.apply(entry("WQ1", 50)))
        .isEqualTo(new Enter("WQ1", 50, List.of(), List.of()));
  }

  @Test
  void readsWhatWasDecidedAndNotAttributesOfThatName() {
    var policies =
        ceilings(
            "task.queue == 'WQ1' AND task.priority > 200",
            1,
            "workspace.sid == 'WS2'",
            0,
            "FALSE",
            2);

    assertThat(policies.apply(entry("WQ1", 201)))
        .isEqualTo(new Enter("WQ1", 1, List.of(), List.of("ceiling 1")));
    assertThat(policies.apply(entry("WQ1", 200)))
        .isEqualTo(new Enter("WQ1", 200, List.of(), List.of()));
    assertThat(policies.apply(entry("WQ9", 201)))
        .isEqualTo(new Enter("WQ9", 201, List.of(), List.of()));
  }

  @Test
  void skipsTheStepOfAClosedQueue() {
    var policies = Policies.parse("a.yaml", closed("Night", "WQ1", null));

    assertThat(policies.apply(entry("WQ1", 5))).isEqualTo(new Skip(List.of("Night")));
    assertThat(policies.apply(entry("WQ2", 5)))
        .isEqualTo(new Enter("WQ2", 5, List.of(), List.of()));
  }

  @Test
  void sendsTasksOfAClosedQueueToTheOther() {
    var policies =
        Policies.parse("a.yaml", closed("One", "WQ1", "WQ2"))
            .and("b.yaml", closed("Two", "WQ2", "WQ3"))
            .and("c.yaml", "policies:\n" + ceiling("task.queue == 'WQ3'", 4));

    assertThat(policies.apply(entry("WQ1", 5)))
        .isEqualTo(new Enter("WQ3", 4, List.of("One", "Two"), List.of("ceiling 4")));
  }

  @Test
  void skipsTheStepIfEveryQueueInPlaceIsClosedToo() {
    var circle =
        Policies.parse("a.yaml", closed("One", "WQ1", "WQ2"))
            .and("b.yaml", closed("Two", "WQ2", "WQ1"));

    assertThat(circle.apply(entry("WQ1", 5))).isEqualTo(new Skip(List.of("One", "Two")));
  }

  @Test
  void doesNotSendATaskToAQueueThatItMayNotEnter() {
    var policies = Policies.parse("a.yaml", closed("One", "WQ1", "WQ7"));

    assertThat(policies.apply(entry("WQ1", 5))).isEqualTo(new Skip(List.of("One")));
  }

  @Test
  void takesEffectOnlyForTheTenantItNames() {
    var policies =
        Policies.parse(
            "a.yaml",
            """
            policies:
              - {name: x, when: "account.sid == 'AC2'", close_queue: WQ1}
            """);

    assertThat(policies.apply(entry("WQ1", 5)))
        .isEqualTo(new Enter("WQ1", 5, List.of(), List.of()));
  }

  @Test
  void readsNamesAndDescriptions() {
    var policy =
        Policies.parse(
                "a.yaml",
                """
                policies:
                  - name: Night
                    description: >
                      From ten
                      to six.
                    when: true
                    priority_ceiling: "7"
                """)
            .list()
            .getFirst();

    assertThat(policy.name()).isEqualTo("Night");
    assertThat(policy.description()).isEqualTo("From ten to six.\n");
    assertThat(policy.when()).isEqualTo(new Expression.Constant(true));
    assertThat(policy.effect()).isEqualTo(new Policy.Effect.Ceiling(7));
  }

  @Test
  void mayBeEmpty() {
    for (var text : List.of("", "# nothing\n", "policies:\n", "policies: []\n")) {
      assertThat(Policies.parse("a.yaml", text).list()).isEmpty();
    }
    assertThat(Policies.NONE.apply(entry("WQ1", 5)))
        .isEqualTo(new Enter("WQ1", 5, List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1] | 1 | Expected policies, but got a list",
        "policy: 1 | 1 | Expected one of policies, but got \"policy\"",
        "policies: 5 | 1 | Expected a list of policies, but got text",
        "policies:~ - x | 2 | but got text",
        "policies:~ - {name: a, when: 'TRUE'} | 2 | Expected either priority_ceiling or close_queue, but"
            + " got neither",
        "policies:~ - {name: a, when: 'TRUE', priority_ceiling: 1, close_queue: WQ1} | 2 | but got"
            + " both",
        "policies:~ - name: a~   when: TRUE~   priority_ceiling: 1~   instead: WQ1 | 5 | Expected"
            + " instead beside close_queue only",
        "policies:~ - {when: 'TRUE', priority_ceiling: 1} | 2 | Expected name, but there is none",
        "policies:~ - {name: a, priority_ceiling: 1} | 2 | Expected when, but there is none",
        "policies:~ - name: a~   when: TRUE~   priority_ceiling: -1 | 4 | Expected a whole number from"
            + " 0 to 2147483647, but got \"-1\"",
        "policies:~ - name: a~   when: TRUE~   priority_ceiling: 3000000000 | 4 | Expected a whole"
            + " number",
        "policies:~ - name: a~   when: TRUE~   close_queue: Sales | 4 | Expected the sid of a queue,"
            + " but got \"Sales\"",
        "policies:~ - name: a~   when: task.x === 1~   priority_ceiling: 1 | 3 | Expected a name or a"
            + " value, but found '=' at column 10 of `when`",
        "policies:~ - name: a~   when: type == 'x'~   priority_ceiling: 1 | 3 | Expected"
            + " task.<attribute>, task.queue, task.priority, account.sid or workspace.sid, but got type",
        "policies:~ - name: a~   when: account.name == 'x'~   priority_ceiling: 1 | 3 | but got"
            + " account.name",
        "policies:~ - name: a~   when: task.age > 5~   priority_ceiling: 1 | 3 | but got task.age",
        "policies:~ - name: a~   name: b | 3 | Expected name once, but got it twice",
        "policies:~ - name: a~   ceiling: b | 3 | Expected one of close_queue, description, instead,",
        "policies:~ - name: []~   when: TRUE | 2 | Expected text, but got a list",
        "policies:~ - name: ~   when: TRUE | 2 | Expected text, but there is none",
        "policies:~ - {name: a, when: TRUE, priority_ceiling: 1}~ - {name: a, when: TRUE,"
            + " priority_ceiling: 1} | 3 | another policy has that name",
        "policies:~ - name: !own x~   when: TRUE | 2 | Expected text, but got the tag \"!own\"",
        "policies:~ - name: !!javax.script.ScriptEngineManager []~   when: TRUE | 2 | Expected YAML,"
            + " but Global tag is not allowed",
        "policies:~ - !!java.net.URL [x] | 2 | but Global tag is not allowed",
        "policies:~ - name: 'a | 2 | Expected YAML, but found unexpected end of stream",
        "policies: []~---~policies: [] | 2 | Expected YAML, but",
        "a: *b | 1 | Expected YAML, but found undefined alias b",
        "<<: {policies: []} | 1 | but got the tag",
      })
  void refusesAFileWithItsLine(String text, int line, String message) {
    var error =
        catchThrowableOfType(
            PolicyError.class, () -> Policies.parse("night.yaml", text.replace('~', '\n')));

    assertThat(error)
        .hasMessageStartingWith("Expected ")
        .hasMessageContaining(message)
        .hasMessageEndingWith(" at line " + line + " of night.yaml");
    assertThat(error.file()).isEqualTo("night.yaml");
    assertThat(error.line()).isEqualTo(line);
  }

  @Test
  void refusesYamlThatGrowsOrIsTooLong() {
    var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (char name = 'b'; name < 'k'; name++) {
      var before = "*" + (char) (name - 1);
      bomb.append(name).append(": &").append(name).append(" [");
      bomb.append((before + ", ").repeat(8)).append(before).append("]\n");
    }

    for (var text :
        List.of(bomb.toString(), "#" + "x".repeat(1_000_001), "[".repeat(10_000), "\u0000")) {
      assertThat(catchThrowableOfType(PolicyError.class, () -> Policies.parse("x.yaml", text)))
          .hasMessageEndingWith(" at line 1 of x.yaml");
    }
  }

  @Test
  void refusesANameThatTwoFilesHave() {
    var one = Policies.parse("a.yaml", closed("One", "WQ1", null));

    var error =
        catchThrowableOfType(
            PolicyError.class, () -> one.and("b.yaml", closed("One", "WQ2", null)));

    assertThat(error)
        .hasMessage(
            "Expected a name of its own, but another policy has that name at line 2 of b.yaml");
  }

  @Test
  void shipsWithPoliciesThatDoNothing() throws IOException {
    var policies = Policies.NONE;
    try (var files = Files.newDirectoryStream(java.nio.file.Path.of("rules", "policy"), "*.yaml")) {
      for (var file : files) {
        policies = policies.and(file.toString(), Files.readString(file));
      }
    }

    assertThat(policies.list()).hasSize(2);
    assertThat(policies.switchedOn().isEmpty()).isTrue();
  }

  @Test
  void lowersThePriorityOfATaskThatStaysInAClosedQueue() {
    var policies =
        Policies.parse("a.yaml", closed("Night", "WQ1", "WQ2"))
            .and("b.yaml", "policies:\n" + ceiling("task.queue == 'WQ1'", 4));

    assertThat(policies.limit(entry("WQ1", 5)))
        .isEqualTo(new Enter("WQ1", 4, List.of(), List.of("ceiling 4")));
    assertThat(policies.limit(entry("WQ2", 5)))
        .isEqualTo(new Enter("WQ2", 5, List.of(), List.of()));
  }

  @Test
  void foreseesWhereTheStepsOfAQueueMayLead() {
    var policies =
        Policies.parse("1.yaml", closed("Off", "WQ1", null).replace("TRUE", "account.sid == 'AC2'"))
            .and("2.yaml", closed("Shut", "WQ2", null))
            .and("3.yaml", closed("Moved", "WQ3", "WQ1"))
            .and("4.yaml", closed("Claims", "WQ4", "WQ3").replace("TRUE", "task.type == 'claim'"))
            .and("5.yaml", closed("Far", "WQ5", "WQ99"))
            .and("6.yaml", closed("Round", "WQ6", "WQ7"))
            .and("7.yaml", closed("Trip", "WQ7", "WQ6"))
            .and("8.yaml", closed("Own", "WQ8", null).replace("TRUE", "task.queue == 'WQ8'"));

    assertThat(policies.outlooks("AC1", "WS1", queue -> !queue.equals("WQ99")))
        .containsOnly(
            Map.entry("WQ2", new Outlook(Set.of(), true)),
            Map.entry("WQ3", new Outlook(Set.of("WQ1"), false)),
            Map.entry("WQ4", new Outlook(Set.of("WQ4", "WQ1"), false)),
            Map.entry("WQ5", new Outlook(Set.of(), true)),
            Map.entry("WQ6", new Outlook(Set.of(), true)),
            Map.entry("WQ7", new Outlook(Set.of(), true)),
            Map.entry("WQ8", new Outlook(Set.of(), true)));
  }

  /** Whatever happens to a task was foreseen: random closings, asked both ways. */
  @Test
  void foreseesNeverTooLittle() {
    long seed = RandomRules.seed();
    var random = new Random(seed);
    var conditions =
        List.of(
            "TRUE", "FALSE", "task.type == 'claim'", "task.type == 'x'", "account.sid != 'AC1'");
    for (int round = 0; round < 500; round++) {
      var policies = Policies.NONE;
      for (int number = 0; number < 6; number++) {
        var instead = random.nextInt(5);
        var text =
            closed(
                    "policy " + number,
                    "WQ" + random.nextInt(4),
                    instead == 4 ? null : "WQ" + instead)
                .replace("TRUE", conditions.get(random.nextInt(conditions.size())));
        policies = policies.and(number + ".yaml", text);
      }
      var outlooks = policies.outlooks("AC1", "WS1", queue -> !queue.equals("WQ3"));
      for (var queue : List.of("WQ0", "WQ1", "WQ2", "WQ3")) {
        var foreseen = outlooks.getOrDefault(queue, Outlook.open(queue));
        var entry = new Entry("AC1", "WS1", TASK, queue, 5, possible -> !possible.equals("WQ3"));
        switch (policies.apply(entry)) {
          case Skip skip -> assertThat(foreseen.maySkip()).as("seed %d", seed).isTrue();
          case Enter enter ->
              assertThat(foreseen.queues()).as("seed %d", seed).contains(enter.queue());
        }
      }
    }
  }

  @Test
  void keepsAttributesOutOfLogs() {
    assertThat(entry("WQ1", 1).toString()).doesNotContain("claim");
  }

  private static Entry entry(String queue, int priority) {
    return new Entry("AC1", "WS1", TASK, queue, priority, List.of("WQ1", "WQ2", "WQ3")::contains);
  }

  private static Policies ceilings(String a, int first, String b, int second, String c, int third) {
    return Policies.parse(
        "a.yaml", "policies:\n" + ceiling(a, first) + ceiling(b, second) + ceiling(c, third));
  }

  private static String ceiling(String when, int priority) {
    return """
        - name: ceiling %d
          when: %s
          priority_ceiling: %d
      """
        .formatted(priority, when, priority);
  }

  private static String closed(String name, String queue, String instead) {
    return """
        policies:
          - name: %s
            when: TRUE
            close_queue: %s
        """
            .formatted(name, queue)
        + (instead == null ? "" : "    instead: " + instead + "\n");
  }
}
