package dev.muster.rules;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Text that means harm: valid text that was cut, stretched or spliced with what other tools run.
 */
final class HostileText {

  /** Set by any of the snippets if somebody ran it. */
  static final String RAN = "muster.test.hostile-text-ran";

  private static final String JAVA = "System.setProperty('" + RAN + "', 'yes')";

  private static final List<String> SNIPPETS =
      List.of(
          JAVA,
          "\" || " + JAVA + " != null || \"",
          "'; " + JAVA + "; '",
          ") then " + JAVA + "; end rule \"x\" when eval(true) then " + JAVA + "; end",
          "eval(" + JAVA + ")",
          "${" + JAVA + "}",
          "#{T(java.lang.System).setProperty('" + RAN + "', 'yes')}",
          "@{" + JAVA + "}",
          "Runtime.getRuntime().exec('touch /tmp/" + RAN + "')",
          "new java.lang.ProcessBuilder('touch', '/tmp/" + RAN + "').start()",
          "'; DROP TABLE task; --",
          "' OR '1'='1",
          "1 UNION SELECT 1",
          "{\"@type\": \"javax.script.ScriptEngineManager\"}",
          "!!javax.script.ScriptEngineManager []",
          "${jndi:ldap://127.0.0.1:1/x}",
          "\\u0022) " + JAVA + " (\\u0022",
          "</script><script>",
          "%s%n%x{{7*7}}",
          "../../../../etc/passwd");

  private static final List<String> ODD =
      List.of(
          "\u0000",
          "\\u0000",
          "\uD800",
          "\uDFFF",
          "\uD83D\uDE00",
          "\u202E",
          "\uFEFF",
          "\u2028",
          "\u200B",
          "e\u0301",
          "İ",
          "ß",
          "\u0085",
          "\t",
          "\r\n",
          "\\",
          "\"",
          "'",
          "\\ud800",
          "\\x");

  private static final List<String> NUMBERS =
      List.of(
          "9".repeat(100),
          "9".repeat(101),
          "-" + "9".repeat(5_000),
          "1e1000",
          "1e-1000",
          "1e1001",
          "1e999999999",
          "1E-999999999999999999999",
          "0." + "0".repeat(97) + "1",
          "-0",
          "00",
          "0x1F",
          "NaN",
          "Infinity",
          "1e",
          "2147483648",
          "-9223372036854775809",
          ".5",
          "5.",
          "1_000");

  private final Random random;
  private final RandomRules rules;

  HostileText(long seed) {
    this.random = new Random(seed);
    this.rules = new RandomRules(seed + 1);
  }

  String expression() {
    return switch (random.nextInt(6)) {
      case 0 -> rules.expression(3, "", "task.", "worker.");
      case 1 -> "a == " + quoted(any(SNIPPETS)) + " OR b CONTAINS " + quoted(any(ODD));
      case 2 -> "a " + any(List.of("==", ">", "IN", "HAS", "CONTAINS")) + " " + any(NUMBERS);
      case 3 -> nested();
      default -> mutated(rules.expression(2, ""));
    };
  }

  String instruction() {
    var filters =
        IntStream.range(0, random.nextInt(6))
            .mapToObj(filter -> filter())
            .collect(Collectors.joining(","));
    var document =
        "{\"task_routing\": {\"filters\": ["
            + filters
            + "], \"default_filter\": {\"queue\": "
            + json(any(ODD) + "WQ")
            + "}}}";
    return random.nextInt(4) == 0 ? mutated(document) : document;
  }

  String attributes() {
    var document =
        IntStream.range(0, random.nextInt(8))
            .mapToObj(
                member ->
                    json(any(List.of("a", "b", "c", "d", "g", "h")) + (rarely() ? any(ODD) : ""))
                        + ": "
                        + value())
            .collect(Collectors.joining(", ", "{", "}"));
    return random.nextInt(4) == 0 ? mutated(document) : document;
  }

  private String filter() {
    return "{\"filter_friendly_name\": %s, \"expression\": %s, \"targets\": [{\"queue\": %s, \"timeout\": %s, \"priority\": %s, \"expression\": %s, \"skip_if\": %s, \"order_by\": %s}]}"
        .formatted(
            json(any(SNIPPETS)),
            json(rarely() ? expression() : rules.expression(2, "")),
            json(rarely() ? any(SNIPPETS) : "WQ1"),
            rarely() ? any(NUMBERS) : "5",
            rarely() ? json(any(NUMBERS)) : "\"7\"",
            json(rarely() ? expression() : "worker.a == task.b"),
            json(rarely() ? mutated("workers.available == 0") : "1==1"),
            json(rarely() ? mutated("worker.a DESC") : "worker.a"));
  }

  private String value() {
    int depth = random.nextInt(65);
    return switch (random.nextInt(9)) {
      case 0 -> rarely() ? any(NUMBERS) : "1e1000";
      case 1 -> json(any(SNIPPETS));
      case 2 -> json(any(ODD));
      case 3 -> "[".repeat(depth) + "]".repeat(depth);
      case 4 -> "{\"e\": 1, \"f\": [\"x\", 5]}";
      default -> any(List.of("1", "\"x\"", "\"5\"", "true", "null", "[\"x\", 1]"));
    };
  }

  private String nested() {
    int depth = random.nextInt(3) == 0 ? 4_000 : random.nextInt(80);
    return switch (random.nextInt(4)) {
      case 0 -> "(".repeat(depth) + "a == 1" + ")".repeat(depth);
      case 1 -> "NOT ".repeat(depth / 2) + "a == 1";
      case 2 -> "a IN " + "[".repeat(depth) + "]".repeat(depth);
      default -> "a" + ".b[0]".repeat(depth / 3) + " == 1";
    };
  }

  /** Cuts, doubles, exchanges or puts in, one to four times. */
  private String mutated(String text) {
    var mutated = new StringBuilder(text);
    for (int round = random.nextInt(4); round >= 0; round--) {
      int at = random.nextInt(mutated.length() + 1);
      int end = Math.min(mutated.length(), at + random.nextInt(20));
      switch (random.nextInt(7)) {
        case 0 -> mutated.setLength(at);
        case 1 -> mutated.delete(at, end);
        case 2 -> mutated.insert(at, mutated.substring(at, end));
        case 3 -> mutated.insert(at, any(SNIPPETS));
        case 4 -> mutated.insert(at, any(ODD));
        case 5 -> mutated.insert(at, any(NUMBERS));
        default -> mutated.insert(at, (char) random.nextInt(0x10000));
      }
    }
    return mutated.toString();
  }

  private static String quoted(String text) {
    return Values.canonical(text);
  }

  /** As a JSON string; odd characters stand as they are. */
  private String json(String text) {
    var written = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> written.append('\\').append(c);
        default -> {
          if (c < ' ' || random.nextInt(30) == 0) {
            written.append("\\u%04x".formatted((int) c));
          } else {
            written.append(c);
          }
        }
      }
    }
    return written.append('"').toString();
  }

  private boolean rarely() {
    return random.nextInt(20) == 0;
  }

  private String any(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
