package dev.muster.rules;

import dev.muster.rules.Expression.And;
import dev.muster.rules.Expression.Constant;
import dev.muster.rules.Expression.Not;
import dev.muster.rules.Expression.Or;
import dev.muster.rules.Operand.Attribute;
import dev.muster.rules.Operand.ListOf;
import dev.muster.rules.Operand.Literal;
import dev.muster.rules.Path.Step;
import dev.muster.rules.Tokens.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recursive descent over this grammar; depth and size are counted, so no text can exhaust stack or
 * heap.
 *
 * <pre>
 * or         := and { OR and }
 * and        := unary { AND unary }
 * unary      := NOT unary | '(' or ')' | comparison
 * comparison := operand operator operand | TRUE | FALSE
 * operator   := == = != > >= &lt; &lt;= | [NOT] (CONTAINS | HAS | IN) | >- | &lt;-
 * operand    := string | number | TRUE | FALSE | NULL | '[' [operand {',' operand}] ']' | path
 * path       := name { '.' name | '[' digits ']' }
 * </pre>
 */
final class ExpressionParser {

  private static final int MAX_INDEX_DIGITS = 6;

  private final Tokens tokens;
  private int depth;
  private int nodes;

  ExpressionParser(String text) {
    this.tokens = new Tokens(text);
  }

  Expression expression() {
    var parts = new ArrayList<Expression>();
    do {
      parts.add(and());
    } while (tokens.takeWord("OR"));
    return parts.size() == 1 ? parts.getFirst() : new Or(parts);
  }

  Path path() {
    countNode();
    var steps = new ArrayList<Step>();
    steps.add(name());
    while (true) {
      if (tokens.takeSign(".")) {
        steps.add(name());
      } else if (tokens.takeSign("[")) {
        steps.add(index());
        close("]");
      } else {
        return new Path(steps);
      }
    }
  }

  /** A path below {@code worker}. */
  Path workerPath() {
    var token = tokens.peek();
    if (token.kind() != Kind.NAME || !token.text().equals("worker")) {
      throw tokens.unexpected("a name that starts with 'worker.'");
    }
    var path = path();
    if (path.tail().isEmpty()) {
      throw tokens.unexpected("'.' and a name after 'worker'");
    }
    return path;
  }

  ExpressionError beyond(String limit, String found) {
    return tokens.beyond(limit, found);
  }

  boolean word(String word) {
    return tokens.takeWord(word);
  }

  boolean comma() {
    return tokens.takeSign(",");
  }

  void end(String expected) {
    if (tokens.peek().kind() != Kind.END) {
      throw tokens.unexpected(expected);
    }
  }

  private Expression and() {
    var parts = new ArrayList<Expression>();
    do {
      parts.add(unary());
    } while (tokens.takeWord("AND"));
    return parts.size() == 1 ? parts.getFirst() : new And(parts);
  }

  private Expression unary() {
    if (tokens.takeWord("NOT")) {
      deeper();
      var negated = unary();
      depth--;
      return new Not(negated);
    }
    if (tokens.takeSign("(")) {
      deeper();
      var inner = expression();
      close(")");
      depth--;
      return inner;
    }
    return comparison();
  }

  private Expression comparison() {
    var left = operand();
    boolean negated = tokens.takeWord("NOT");
    var operator = operator(negated);
    if (operator != null) {
      var comparison = new Comparison(left, operator, operand());
      return negated ? new Not(comparison) : comparison;
    }
    if (!negated && left instanceof Literal literal && literal.value() instanceof Boolean value) {
      return new Constant(value);
    }
    throw tokens.unexpected(negated ? "IN, HAS or CONTAINS after NOT" : "an operator");
  }

  private @Nullable Operator operator(boolean negated) {
    for (var operator : List.of(Operator.CONTAINS, Operator.HAS, Operator.IN)) {
      if (tokens.takeWord(operator.sign())) {
        return operator;
      }
    }
    return negated || tokens.peek().kind() != Kind.SIGN ? null : signOperator();
  }

  private @Nullable Operator signOperator() {
    var operator =
        switch (tokens.peek().text()) {
          case "==", "=" -> Operator.EQUAL;
          case "!=" -> Operator.NOT_EQUAL;
          case ">" -> Operator.GREATER;
          case ">=" -> Operator.GREATER_OR_EQUAL;
          case "<" -> Operator.LESS;
          case "<=" -> Operator.LESS_OR_EQUAL;
          case ">-" -> Operator.HAS;
          case "<-" -> Operator.IN;
          default -> null;
        };
    if (operator != null) {
      tokens.take();
    }
    return operator;
  }

  private Operand operand() {
    var token = tokens.peek();
    return switch (token.kind()) {
      case STRING -> literal(token.text());
      case NUMBER -> literal(Values.number(new BigDecimal(token.text())));
      case NAME -> word();
      case SIGN -> {
        if (!tokens.takeSign("[")) {
          throw tokens.unexpected("a name or a value");
        }
        yield array();
      }
      case END -> throw tokens.unexpected("a name or a value");
    };
  }

  private Operand word() {
    var token = tokens.peek();
    if (token.isWord("TRUE") || token.isWord("FALSE")) {
      return literal(token.isWord("TRUE"));
    }
    if (token.isWord("NULL")) {
      return literal(null);
    }
    for (var keyword : List.of("AND", "OR", "NOT", "IN", "HAS", "CONTAINS")) {
      if (token.isWord(keyword)) {
        throw tokens.unexpected("a name or a value");
      }
    }
    return new Attribute(path());
  }

  private Operand literal(@Nullable Object value) {
    countNode();
    tokens.take();
    return new Literal(value);
  }

  private Operand array() {
    deeper();
    var elements = new ArrayList<Operand>();
    if (!tokens.peek().is("]")) {
      do {
        if (elements.size() == Expression.MAX_ELEMENTS) {
          throw tokens.beyond(
              "at most " + Expression.MAX_ELEMENTS + " elements in an array", "more");
        }
        elements.add(operand());
      } while (tokens.takeSign(","));
    }
    close("]");
    depth--;
    return ListOf.of(elements);
  }

  private Step name() {
    if (tokens.peek().kind() != Kind.NAME) {
      throw tokens.unexpected("a name");
    }
    return new Step.Name(tokens.take().text());
  }

  private Step index() {
    var token = tokens.peek();
    boolean index =
        token.kind() == Kind.NUMBER
            && token.text().length() <= MAX_INDEX_DIGITS
            && token.text().chars().allMatch(Character::isDigit);
    if (!index) {
      throw tokens.unexpected("an index from 0 to 999999");
    }
    return new Step.Index(Integer.parseInt(tokens.take().text()));
  }

  private void close(String sign) {
    if (!tokens.takeSign(sign)) {
      throw tokens.unexpected("'" + sign + "'");
    }
  }

  private void deeper() {
    if (++depth > Expression.MAX_DEPTH) {
      throw tokens.beyond("nesting at most " + Expression.MAX_DEPTH + " deep", "deeper");
    }
  }

  private void countNode() {
    if (++nodes > Expression.MAX_NODES) {
      throw tokens.beyond("at most " + Expression.MAX_NODES + " names and values", "more");
    }
  }
}
