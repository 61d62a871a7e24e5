package dev.muster.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a step tries workers: {@code worker.level DESC, worker.tier ASC}. Ties of the
 * first clause are broken by the next. Only integers count: a worker whose value is missing or is
 * anything else comes after those with an integer, ascending or descending.
 */
public record OrderBy(List<Clause> clauses) {

  /** Most clauses of one order. */
  public static final int MAX_CLAUSES = 100;

  /** One value to order by; the path starts with {@code worker}. */
  public record Clause(Path path, boolean descending) {}

  public OrderBy {
    clauses = List.copyOf(clauses);
  }

  /**
   * Reads a list of clauses; a clause that does not say {@code ASC} or {@code DESC} is ascending.
   *
   * @throws ExpressionError if the text is something else, or a path does not start with {@code
   *     worker.}
   */
  public static OrderBy parse(String text) {
    var parser = new ExpressionParser(text);
    var clauses = new ArrayList<Clause>();
    do {
      var path = parser.workerPath();
      boolean descending = parser.word("DESC");
      if (!descending) {
        parser.word("ASC");
      }
      clauses.add(new Clause(path, descending));
      if (clauses.size() > MAX_CLAUSES) {
        throw parser.beyond("at most " + MAX_CLAUSES + " clauses", "more");
      }
    } while (parser.comma());
    parser.end("ASC, DESC, a comma or the end");
    return new OrderBy(clauses);
  }

  /**
   * Compares two workers, each seen through its {@link Scope#worker} scope; 0 if no clause tells
   * them apart.
   */
  public Comparator<Scope> comparator() {
    return (a, b) -> {
      for (var clause : clauses) {
        int order = compare(clause, a, b);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  /** Text that is the same for equal orders only. */
  public String canonical() {
    return clauses.stream()
        .map(clause -> clause.path() + (clause.descending() ? " DESC" : " ASC"))
        .collect(Collectors.joining(", "));
  }

  private static int compare(Clause clause, Scope a, Scope b) {
    var left = integer(a.value(clause.path()));
    var right = integer(b.value(clause.path()));
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    return clause.descending() ? right.compareTo(left) : left.compareTo(right);
  }

  private static @Nullable BigDecimal integer(@Nullable Object value) {
    return value instanceof BigDecimal number && number.scale() <= 0 ? number : null;
  }
}
