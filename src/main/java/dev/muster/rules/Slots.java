package dev.muster.rules;

import dev.muster.rules.Expression.And;
import dev.muster.rules.Expression.Constant;
import dev.muster.rules.Expression.Not;
import dev.muster.rules.Expression.Or;
import dev.muster.rules.Operand.Attribute;
import dev.muster.rules.Operand.ListOf;
import dev.muster.rules.Operand.Literal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the paths that many expressions read, so that each is looked up once for a task or worker
 * and not once for every expression.
 */
final class Slots {

  /** Further paths are looked up each time; it bounds what one decision allocates. */
  private static final int MOST = 256;

  private static final Object MISSING = new Object();

  private final Map<Path, Path> numbered = new HashMap<>();

  /** The same expression over numbered paths; its canonical text is the same as well. */
  Expression in(Expression expression) {
    return switch (expression) {
      case Constant constant -> constant;
      case Not not -> new Not(in(not.negated()));
      case And and -> new And(in(and.parts()));
      case Or or -> new Or(in(or.parts()));
      case Comparison comparison ->
          new Comparison(in(comparison.left()), comparison.operator(), in(comparison.right()));
    };
  }

  /** How many paths have a number. */
  int size() {
    return numbered.size();
  }

  private List<Expression> in(List<Expression> parts) {
    return parts.stream().map(this::in).toList();
  }

  private Operand in(Operand operand) {
    return switch (operand) {
      case Literal literal -> literal;
      case ListOf array -> new ListOf(array.elements().stream().map(this::in).toList());
      case Attribute attribute -> new Attribute(numbered(attribute.path()));
    };
  }

  private Path numbered(Path path) {
    return numbered.size() < MOST
        ? numbered.computeIfAbsent(path, unseen -> path.at(numbered.size()))
        : numbered.getOrDefault(path, path);
  }

  /**
   * A scope that remembers what was looked up, the same for as long as it lives. For one thread.
   */
  static class Remembering implements Scope {

    private final Scope scope;
    private final @Nullable Object[] values;

    Remembering(Scope scope, int slots) {
      this.scope = scope;
      this.values = new Object[slots];
    }

    @Override
    public final @Nullable Object value(Path path) {
      int slot = path.slot();
      if (slot < 0) {
        return scope.value(path);
      }
      var known = values[slot];
      if (known == null) {
        var value = scope.value(path);
        values[slot] = value == null ? MISSING : value;
        return value;
      }
      return known == MISSING ? null : known;
    }
  }
}
