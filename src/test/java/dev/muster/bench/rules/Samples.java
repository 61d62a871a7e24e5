package dev.muster.bench.rules;

import dev.muster.rules.Attributes;
import dev.muster.rules.Expression;
import dev.muster.rules.Instruction;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is measured: instructions like decision tables, with some harder lines, and tasks for them.
 */
final class Samples {

  private static final long SEED = 42;

  private Samples() {}

  static Instruction instruction(int filters, int version) {
    return Instruction.parse(
        IntStream.range(0, filters)
            .mapToObj(
                filter ->
                    "{\"expression\": \"%s\", \"targets\": [{\"queue\": \"WQ1\"}]}"
                        .formatted(expression(filter, version)))
            .collect(
                Collectors.joining(
                    ",",
                    "{\"task_routing\": {\"filters\": [",
                    "], \"default_filter\": {\"queue\": \"WQ2\"}}}")));
  }

  /** Of ten filters six are like lines of a table, the others are what tables do not have. */
  private static String expression(int filter, int version) {
    int product = filter + version;
    return switch (filter % 10) {
      case 6 ->
          "customer.tier IN ['gold', 'platinum'] AND product == 'p%d' AND amount > %d"
              .formatted(product, filter);
      case 7 -> "tags HAS 't%d' AND level >= 3".formatted(product);
      case 8 ->
          "product == 'p%d' OR account_id == %d".formatted(product, 1_000_000_000_000L + filter);
      case 9 ->
          "NOT (region == 'eu') AND type == 'type%d' AND note CONTAINS 'x%d'"
              .formatted(filter, filter);
      default ->
          "product == 'p%d' AND type == 'type%d' AND level >= %d"
              .formatted(product, filter % 5, filter % 4);
    };
  }

  /** Tasks whose products are spread over all filters; about one in ten matches none. */
  static Attributes[] tasks(int filters) {
    var random = new Random(SEED);
    return IntStream.range(0, 1_024)
        .mapToObj(
            task -> {
              int product = random.nextInt(filters + filters / 10 + 1);
              return Attributes.parse(
                  """
                  {"product": "p%d", "type": "type%d", "level": %d, "region": "%s", "amount": %d.5,
                   "account_id": %d, "language": "en", "tags": ["t%d", "new"], "note": "please call back",
                   "customer": {"tier": "%s", "name": "Somebody", "phone": "+4930123456"}}
                  """
                      .formatted(
                          product,
                          product % 5,
                          random.nextInt(5),
                          random.nextBoolean() ? "eu" : "us",
                          random.nextInt(5_000),
                          1_000_000_000_000L + random.nextInt(100_000),
                          random.nextInt(100_000),
                          random.nextBoolean() ? "gold" : "standard"));
            })
        .toArray(Attributes[]::new);
  }

  /** Expressions as queues have them. */
  static Expression[] queues(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            queue ->
                switch (queue % 5) {
                  case 0 -> "skills HAS 's%d'".formatted(queue);
                  case 1 -> "skills HAS 's%d' AND level >= %d".formatted(queue, queue % 7);
                  case 2 ->
                      "region == 'r%d' AND (level > 4 OR languages HAS 'es')".formatted(queue % 8);
                  case 3 -> "team == 't%d' OR team == 't%d'".formatted(queue, queue + 1);
                  default ->
                      "contract.type IN ['full', 'part'] AND NOT (trainee == true) AND level >= %d"
                          .formatted(queue % 7);
                })
        .map(Expression::parse)
        .toArray(Expression[]::new);
  }

  static Attributes[] workers(int count) {
    var random = new Random(SEED);
    return IntStream.range(0, count)
        .mapToObj(
            worker ->
                Attributes.parse(
                    """
                    {"skills": ["s%d", "s%d", "s%d"], "level": %d, "region": "r%d", "team": "t%d",
                     "languages": ["en", "%s"], "trainee": %b, "contract": {"type": "%s"}}
                    """
                        .formatted(
                            random.nextInt(50),
                            random.nextInt(50),
                            random.nextInt(50),
                            random.nextInt(8),
                            random.nextInt(8),
                            random.nextInt(50),
                            random.nextBoolean() ? "es" : "de",
                            random.nextInt(10) == 0,
                            random.nextBoolean() ? "full" : "agency")))
        .toArray(Attributes[]::new);
  }
}
