package dev.muster.rules;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A condition over attributes, as tenants write it: {@code type == 'ticket' AND (level >= 3 OR
 * skills HAS "spanish")}.
 *
 * <p>Logic is two-valued. A comparison that does not apply, because an attribute is missing or of
 * another kind, is simply false ({@link Operator} says when), and {@code NOT x} is true exactly
 * when {@code x} is false: {@code NOT (level > 3)} is true for somebody without a level. {@code x
 * NOT IN y} is {@code NOT (x IN y)}, and so with {@code HAS} and {@code CONTAINS}.
 *
 * <p>Testing takes time in proportion to the size of the text (and of arrays read), cannot loop,
 * and sees nothing but the scope.
 */
public sealed interface Expression
    permits Expression.Constant, Expression.Not, Expression.And, Expression.Or, Comparison {

  /** Longest text, in UTF-16 units. */
  int MAX_LENGTH = 8_192;

  /** Deepest nesting of parentheses, {@code NOT} and arrays together. */
  int MAX_DEPTH = 64;

  /** Most elements of one array. */
  int MAX_ELEMENTS = 1_000;

  /** Most comparisons, values and paths together. */
  int MAX_NODES = 4_000;

  /**
   * Reads an expression.
   *
   * @throws ExpressionError if the text is not one (blank text is not), or is beyond a limit
   */
  static Expression parse(String text) {
    var parser = new ExpressionParser(text);
    var expression = parser.expression();
    parser.end("AND, OR or the end of the expression");
    return expression;
  }

  /** Whether it holds. */
  boolean test(Scope scope);

  /**
   * An expression that says the same in every scope that agrees with {@code known}, with all that
   * depends on known paths only worked out. Two tasks are alike for a worker expression if the
   * results have the same {@link #canonical()} text.
   */
  Expression given(Scope known);

  /**
   * Text that is the same for equal expressions only. {@link #parse} reads it back unless an object
   * was folded into it, or its own parentheses bring it beyond a limit.
   */
  String canonical();

  /** Adds the paths it reads. */
  void collect(Set<Path> paths);

  /** All paths it reads, in the order of the text. */
  default Set<Path> paths() {
    var paths = new LinkedHashSet<Path>();
    collect(paths);
    return paths;
  }

  /** Always, or never. */
  record Constant(boolean value) implements Expression {

    @Override
    public boolean test(Scope scope) {
      return value;
    }

    @Override
    public Expression given(Scope known) {
      return this;
    }

    @Override
    public String canonical() {
      return value ? "TRUE" : "FALSE";
    }

    @Override
    public void collect(Set<Path> paths) {}
  }

  /** True exactly when the other is false. */
  record Not(Expression negated) implements Expression {

    @Override
    public boolean test(Scope scope) {
      return !negated.test(scope);
    }

    @Override
    public Expression given(Scope known) {
      return switch (negated.given(known)) {
        case Constant constant -> new Constant(!constant.value());
        case Not twice -> twice.negated();
        case Expression folded -> new Not(folded);
      };
    }

    @Override
    public String canonical() {
      return "NOT (" + negated.canonical() + ")";
    }

    @Override
    public void collect(Set<Path> paths) {
      negated.collect(paths);
    }
  }

  /** All of two or more, none of which is itself an {@code And}. */
  record And(List<Expression> parts) implements Expression {

    public And {
      parts = flat(parts, part -> part instanceof And and ? and.parts().stream() : Stream.of(part));
    }

    @Override
    public boolean test(Scope scope) {
      for (var part : parts) {
        if (!part.test(scope)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public Expression given(Scope known) {
      return fold(parts, known, false);
    }

    @Override
    public String canonical() {
      return parts.stream()
          .map(part -> part instanceof Or ? "(" + part.canonical() + ")" : part.canonical())
          .collect(Collectors.joining(" AND "));
    }

    @Override
    public void collect(Set<Path> paths) {
      parts.forEach(part -> part.collect(paths));
    }
  }

  /** One of two or more, none of which is itself an {@code Or}. */
  record Or(List<Expression> parts) implements Expression {

    public Or {
      parts = flat(parts, part -> part instanceof Or or ? or.parts().stream() : Stream.of(part));
    }

    @Override
    public boolean test(Scope scope) {
      for (var part : parts) {
        if (part.test(scope)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Expression given(Scope known) {
      return fold(parts, known, true);
    }

    @Override
    public String canonical() {
      return parts.stream().map(Expression::canonical).collect(Collectors.joining(" OR "));
    }

    @Override
    public void collect(Set<Path> paths) {
      parts.forEach(part -> part.collect(paths));
    }
  }

  private static List<Expression> flat(
      List<Expression> parts, Function<Expression, Stream<Expression>> inner) {
    return parts.stream().flatMap(inner).toList();
  }

  /**
   * Folds the parts of an {@code And}, which one false part decides, or of an {@code Or}, which one
   * true part decides.
   */
  private static Expression fold(Collection<Expression> parts, Scope known, boolean deciding) {
    var open = new LinkedHashSet<Expression>();
    for (var part : parts) {
      var folded = part.given(known);
      if (!(folded instanceof Constant constant)) {
        open.add(folded);
      } else if (constant.value() == deciding) {
        return folded;
      }
    }
    return switch (open.size()) {
      case 0 -> new Constant(!deciding);
      case 1 -> open.getFirst();
      default -> deciding ? new Or(List.copyOf(open)) : new And(List.copyOf(open));
    };
  }
}
