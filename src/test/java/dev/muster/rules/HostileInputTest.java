package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HostileInputTest {

  private static final int DOCUMENTS = Integer.getInteger("muster.documents", 10_000);
  private static final long MOST_NANOS = 1_000_000_000;
  private static final int LONGEST_MESSAGE = 1_000;

  @BeforeAll
  static void warmUp() {
    CompiledInstruction.warmUp();
  }

  @AfterEach
  void ranNothing() {
    assertThat(System.getProperty(HostileText.RAN)).isNull();
    assertThat(new File("/tmp/" + HostileText.RAN)).doesNotExist();
  }

  @Test
  void decidesAsTheExpressionsSayOrRefusesClearlyWhateverComes() {
    long seed = RandomRules.seed();
    var hostile = new HostileText(seed);
    int decided = 0;
    for (int round = 0; round < DOCUMENTS; round++) {
      var expression = hostile.expression();
      var document = hostile.instruction();
      var task = hostile.attributes();
      var as = "seed %d, round %d".formatted(seed, round);

      quickly(as, expression, () -> tested(expression));
      if (quickly(as, document + task, () -> decided(document, task))) {
        decided++;
        quickly(as, document, () -> Lint.of(document, World.UNKNOWN).isEmpty());
      }
    }
    assertThat(decided).isBetween(DOCUMENTS / 10, DOCUMENTS * 9 / 10);
  }

  @Test
  void readsDocumentsUpToTheLimitInBytesAndNoLonger() {
    for (var character : new String[] {"x", "ä", "\uD83D\uDE00", "\uD800"}) {
      var document = padded(character, Instruction.MAX_BYTES);

      quickly("limit", "", () -> Instruction.parse(document).filters().isEmpty());
      assertThat(
              catchThrowableOfType(InstructionError.class, () -> Instruction.parse(document + " ")))
          .hasMessage(
              "Expected at most 1038576 bytes of UTF-8, but got 1038577 at line 1, column 1"
                  + " (configuration)");
    }
  }

  @Test
  void refusesLargeDocumentsThatAreMadeToHurt() {
    int most = Instruction.MAX_BYTES - 100;
    for (var text :
        new String[] {
          "[".repeat(most),
          "{\"a\":".repeat(most / 5),
          "{\"task_routing\": " + "9".repeat(most),
          "{\"task_routing\": {\"filters\": [" + "{},".repeat(most / 3 - 20) + "{}]}}",
          "{\"task_routing\": {\"filters\": [{\"expression\": \"" + "\\u0028".repeat(most / 6 - 20),
          "{\"task_routing\": {\"filters\": [{\"expression\": \""
              + "(".repeat(most - 100)
              + "\"}]}}",
          "{\"" + "n".repeat(most - 10) + "\": 1}",
          "{\"task_routing\": {\"default_filter\": {\"queue\": \"q\", \"priority\": \""
              + "9".repeat(most - 100)
              + "\"}}}",
          IntStream.range(0, 80_000)
              .mapToObj(i -> "\"k" + i % 40_000 + "\":1")
              .collect(Collectors.joining(",", "{", "}")),
        }) {
      quickly("large", text.substring(0, 60), () -> decided(text, "{}"));
      assertThat(catchThrowableOfType(InstructionError.class, () -> Instruction.parse(text)))
          .isNotNull();
    }
  }

  @Test
  void decidesQuicklyForTheHardestDocumentsThatAreAllowed() {
    var array =
        IntStream.range(0, 900).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));
    var hard =
        IntStream.range(0, 180)
            .mapToObj(
                i ->
                    "{\"expression\": \"a%d IN [%s] OR b HAS %d\", \"targets\": [{\"queue\": \"q\"}]}"
                        .formatted(i, array, i))
            .collect(Collectors.joining(",", "{\"task_routing\": {\"filters\": [", "]}}"));
    var task = "{\"b\": [" + "\"-0.0\",".repeat(450) + "\"x\"], \"a1\": 7.5}";

    quickly("hard", "", () -> decided(hard, task));
    quickly("hard", "", () -> Lint.of(hard, World.UNKNOWN).isEmpty());
  }

  private static boolean tested(String text) {
    try {
      var expression = Expression.parse(text);
      var task = Attributes.parse("{\"a\": 1, \"b\": \"x\", \"d\": {\"e\": [1]}, \"g\": [5]}");
      assertThat(Trace.of(expression, task).holds()).isEqualTo(expression.test(task));
      assertThat(expression.given(task)).isEqualTo(new Expression.Constant(expression.test(task)));
      return true;
    } catch (ExpressionError refused) {
      assertThat(refused.column()).isBetween(1, text.length() + 1);
      return isClear(refused);
    }
  }

  private static boolean decided(String document, String task) {
    try {
      var instruction = Instruction.parse(document);
      var attributes = Attributes.parse(task);
      var compiled = CompiledInstruction.compile("hostile", instruction);
      assertThat(compiled.decide(attributes)).isEqualTo(compiled.decideByWalking(attributes));
      compiled.trace(attributes);
      return true;
    } catch (InstructionError refused) {
      assertThat(refused.position().line()).isBetween(1, (int) document.lines().count() + 1);
      return isClear(refused);
    } catch (AttributesError refused) {
      return isClear(refused);
    }
  }

  /** Always false, for there was no decision. */
  private static boolean isClear(RuntimeException refused) {
    assertThat(refused.getMessage()).startsWith("Expected ").hasSizeLessThan(LONGEST_MESSAGE);
    return false;
  }

  /** Runs it, and fails on any exception and on more than a second of the processor's time. */
  private static boolean quickly(String as, String text, Callable<Boolean> work) {
    var thread = ManagementFactory.getThreadMXBean();
    long start = thread.getCurrentThreadCpuTime();
    try {
      boolean done = work.call();
      assertThat(thread.getCurrentThreadCpuTime() - start).as(as).isLessThan(MOST_NANOS);
      return done;
    } catch (AssertionError wrong) {
      throw wrong;
    } catch (Throwable unexpected) {
      return fail(as + ": " + Values.shown(text, 3_000), unexpected);
    }
  }

  private static String padded(String character, int bytes) {
    var start = "{\"task_routing\": {}, \"x\": \"";
    int each = character.getBytes(StandardCharsets.UTF_8).length;
    int free = bytes - start.length() - 2;
    return start + character.repeat(free / each) + "y".repeat(free % each) + "\"}";
  }
}
