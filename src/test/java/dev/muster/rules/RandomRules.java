package dev.muster.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random expressions, instructions and tasks over so few names and values that they often meet. */
final class RandomRules {

  private static final List<String> PATHS = List.of("a", "b", "c", "d.e", "d.f", "g[0]", "g", "h");
  private static final List<String> OPERATORS =
      List.of(
          "==", "==", "==", "==", "!=", ">", ">=", "<", "<=", "CONTAINS", "HAS", "IN", "NOT IN");
  private static final List<String> LITERALS =
      List.of(
          "1",
          "2",
          "5",
          "5.0",
          "-1",
          "0.5",
          "\"1\"",
          "\"5\"",
          "\"5.0\"",
          "\"x\"",
          "\"y\"",
          "\"\"",
          "\"true\"",
          "true",
          "false",
          "null",
          "123456789012345678",
          "123456789012345679");

  private final Random random;

  RandomRules(long seed) {
    this.random = new Random(seed);
  }

  /** The seed to use: given by a system property to repeat a failure, else new. */
  static long seed() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println("Random rules from -Dmuster.seed=" + seed);
    return seed;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  String expression(int depth, String... prefixes) {
    if (depth > 0 && random.nextInt(3) > 0) {
      var joint = random.nextInt(3) == 0 ? " OR " : " AND ";
      return IntStream.rangeClosed(0, 1 + random.nextInt(3))
          .mapToObj(part -> "(" + expression(depth - 1, prefixes) + ")")
          .collect(Collectors.joining(joint));
    }
    return (random.nextInt(8) == 0 ? "NOT " : "") + comparison(prefixes);
  }

  /**
   * Half of them are like tables, for the engine keeps an index from three equalities with one path
   * on.
   */
  Instruction instruction() {
    boolean table = random.nextBoolean();
    var filters =
        IntStream.rangeClosed(0, random.nextInt(16))
            .mapToObj(
                filter ->
                    "{\"expression\": %s, \"targets\": [{\"queue\": \"WQ%d\"}]}"
                        .formatted(Values.canonical(table ? row() : expression(2, "")), filter))
            .collect(Collectors.joining(","));
    var fallback = random.nextBoolean() ? ", \"default_filter\": {\"queue\": \"WQd\"}" : "";
    return Instruction.parse(
        "{\"task_routing\": {\"filters\": [" + filters + "]" + fallback + "}}");
  }

  private String row() {
    var row = any(List.of("a", "a", "b")) + " == " + any(LITERALS);
    return random.nextInt(3) == 0 ? row : row + " AND " + comparison("");
  }

  Attributes task() {
    var members = new ArrayList<String>();
    for (var name : List.of("a", "b", "c", "h", "g")) {
      if (random.nextInt(5) > 0) {
        members.add("\"" + name + "\": " + value());
      }
    }
    members.add("\"d\": {\"e\": " + value() + ", \"f\": " + value() + "}");
    return Attributes.parse("{" + String.join(",", members) + "}");
  }

  private String comparison(String... prefixes) {
    var path = prefixes[random.nextInt(prefixes.length)] + any(PATHS);
    var other =
        switch (random.nextInt(8)) {
          case 0 -> prefixes[random.nextInt(prefixes.length)] + any(PATHS);
          case 1, 2 -> array();
          default -> any(LITERALS);
        };
    var operator = any(OPERATORS);
    return random.nextInt(6) == 0
        ? other + " " + operator + " " + path
        : path + " " + operator + " " + other;
  }

  private String value() {
    return random.nextInt(4) == 0 ? array() : any(LITERALS);
  }

  private String array() {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(element -> any(LITERALS))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String any(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
