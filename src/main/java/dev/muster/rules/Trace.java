package dev.muster.rules;

import dev.muster.rules.Expression.And;
import dev.muster.rules.Expression.Constant;
import dev.muster.rules.Expression.Not;
import dev.muster.rules.Expression.Or;
import dev.muster.rules.Operand.Literal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why an expression holds or does not: every part of it with its own answer, also those that {@link
 * Expression#test} need not look at. Made only when somebody asks, for it costs far more than
 * testing.
 *
 * @param holds what {@link Expression#test} says of this part
 * @param found the two sides of a comparison; empty for everything else
 * @param parts of an {@code AND}, {@code OR} or {@code NOT}, in the order of the text
 */
public record Trace(Expression expression, boolean holds, List<Found> found, List<Trace> parts) {

  private static final int SHOWN = 80;

  /** One side of a comparison and its value; null if it is missing. */
  public record Found(Operand operand, @Nullable Object value) {

    /** The side as one writes it. */
    public String text() {
      return operand.canonical();
    }

    /** Whether the side is read from somewhere, and not written in the expression. */
    public boolean isRead() {
      return !(operand instanceof Literal);
    }

    /** In words: {@code worker.level is 1}. */
    private String words(@Nullable Object other) {
      var named = shown(text()) + " is ";
      return named
          + switch (value) {
            case null -> "missing";
            case String text -> (other instanceof BigDecimal ? "the text " : "") + shown(value);
            case List<?> array -> "the array " + shown(array);
            case Map<?, ?> object -> "an object";
            case Object scalar -> shown(scalar);
          };
    }

    /** Values are personal data; their text is not for logs. */
    @Override
    public String toString() {
      return "Found[" + text() + "]";
    }
  }

  public Trace {
    found = List.copyOf(found);
    parts = List.copyOf(parts);
  }

  /** Tests every part of the expression. */
  public static Trace of(Expression expression, Scope scope) {
    return switch (expression) {
      case Constant constant -> new Trace(constant, constant.value(), List.of(), List.of());
      case Comparison comparison -> compare(comparison, scope);
      case Not not -> {
        var negated = of(not.negated(), scope);
        yield new Trace(not, !negated.holds(), List.of(), List.of(negated));
      }
      case And and -> {
        var parts = all(and.parts(), scope);
        yield new Trace(and, parts.stream().allMatch(Trace::holds), List.of(), parts);
      }
      case Or or -> {
        var parts = all(or.parts(), scope);
        yield new Trace(or, parts.stream().anyMatch(Trace::holds), List.of(), parts);
      }
    };
  }

  /** The part as one writes it. */
  public String text() {
    return expression.canonical();
  }

  /**
   * The first part that fails, in words: {@code worker.level >= 3 is false because worker.level is
   * 1}. Empty if the expression holds.
   */
  public Optional<String> firstReason() {
    return holds ? Optional.empty() : Optional.of(reason());
  }

  private String reason() {
    return switch (expression) {
      case Constant constant -> text() + " never holds";
      case Comparison comparison ->
          isRead() ? becauseOfWhatWasFound() : shown(text()) + " never holds";
      case Not not ->
          parts.getFirst().isRead()
              ? becauseOfWhatWasFound()
              : shown(text()) + " is false because " + shown(not.negated().canonical()) + " holds";
      case And and ->
          parts.stream().filter(part -> !part.holds()).findFirst().map(Trace::reason).orElseThrow();
      case Or or -> parts.getFirst().reason() + otherAlternatives();
    };
  }

  private boolean isRead() {
    return found.stream().anyMatch(Found::isRead);
  }

  private String becauseOfWhatWasFound() {
    var sides = (parts.isEmpty() ? this : parts.getFirst()).found();
    return sides.stream()
        .filter(Found::isRead)
        .map(side -> side.words(sides.get(side == sides.getFirst() ? 1 : 0).value()))
        .distinct()
        .collect(Collectors.joining(" and ", shown(text()) + " is false because ", ""));
  }

  private String otherAlternatives() {
    int others = parts.size() - 1;
    return others == 1
        ? ", and the other alternative does not hold either"
        : ", and none of the " + others + " other alternatives holds";
  }

  private static Trace compare(Comparison comparison, Scope scope) {
    var left = comparison.left().value(scope);
    var right = comparison.right().value(scope);
    return new Trace(
        comparison,
        comparison.operator().test(left, right),
        List.of(new Found(comparison.left(), left), new Found(comparison.right(), right)),
        List.of());
  }

  private static List<Trace> all(List<Expression> parts, Scope scope) {
    return parts.stream().map(part -> of(part, scope)).toList();
  }

  private static String shown(@Nullable Object value) {
    return shown(Values.canonical(value));
  }

  private static String shown(String text) {
    return Values.shown(text, SHOWN);
  }
}
