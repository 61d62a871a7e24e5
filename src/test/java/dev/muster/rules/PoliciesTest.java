package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.rules.Ruling.Enter;
import dev.muster.rules.Ruling.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
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
        .isEqualTo(new Enter("WQ1", 50, List.of("ceiling 100", "ceiling 50")));
    assertThat(policies.apply(entry("WQ1", 60)))
        .isEqualTo(new Enter("WQ1", 50, List.of("ceiling 50")));
    assertThat(policies.apply(entry("WQ1", 50))).isEqualTo(new Enter("WQ1", 50, List.of()));
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
        .isEqualTo(new Enter("WQ1", 1, List.of("ceiling 1")));
    assertThat(policies.apply(entry("WQ1", 200))).isEqualTo(new Enter("WQ1", 200, List.of()));
    assertThat(policies.apply(entry("WQ9", 201))).isEqualTo(new Enter("WQ9", 201, List.of()));
  }

  @Test
  void skipsTheStepOfAClosedQueue() {
    var policies = Policies.parse("a.yaml", closed("Night", "WQ1", null));

    assertThat(policies.apply(entry("WQ1", 5))).isEqualTo(new Skip(List.of("Night")));
    assertThat(policies.apply(entry("WQ2", 5))).isEqualTo(new Enter("WQ2", 5, List.of()));
  }

  @Test
  void sendsTasksOfAClosedQueueToTheOther() {
    var policies =
        Policies.parse("a.yaml", closed("One", "WQ1", "WQ2"))
            .and(Policies.parse("b.yaml", closed("Two", "WQ2", "WQ3")))
            .and(ceilings("task.queue == 'WQ3'", 4, "FALSE", 0, "FALSE", 1));

    assertThat(policies.apply(entry("WQ1", 5)))
        .isEqualTo(new Enter("WQ3", 4, List.of("One", "Two", "ceiling 4")));
  }

  @Test
  void skipsTheStepIfEveryQueueInPlaceIsClosedToo() {
    var circle =
        Policies.parse("a.yaml", closed("One", "WQ1", "WQ2"))
            .and(Policies.parse("b.yaml", closed("Two", "WQ2", "WQ1")));

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

    assertThat(policies.apply(entry("WQ1", 5))).isEqualTo(new Enter("WQ1", 5, List.of()));
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
    assertThat(Policies.NONE.apply(entry("WQ1", 5))).isEqualTo(new Enter("WQ1", 5, List.of()));
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

    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.and(one))
        .withMessageContaining("\"One\"");
  }

  @Test
  void shipsWithPoliciesThatDoNothing() throws IOException {
    var policies = Policies.NONE;
    try (var files = Files.newDirectoryStream(java.nio.file.Path.of("rules", "policy"), "*.yaml")) {
      for (var file : files) {
        policies = policies.and(Policies.parse(file.toString(), Files.readString(file)));
      }
    }

    assertThat(policies.list()).hasSize(2);
    for (var policy : policies.list()) {
      assertThat(policy.when().given(Scope.NOTHING)).isEqualTo(new Expression.Constant(false));
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
