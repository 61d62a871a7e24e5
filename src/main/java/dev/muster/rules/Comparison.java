package dev.muster.rules;

import dev.muster.rules.Operand.Attribute;
import dev.muster.rules.Operand.Literal;
import java.util.Set;

/**
 * Two operands and the operator between them. A literal before an attribute changes sides if the
 * operator can flip.
 */
public record Comparison(Operand left, Operator operator, Operand right) implements Expression {

  public Comparison {
    // One spelling for one meaning: the rule engine shares and indexes conditions by their
    // canonical text.
    if (left instanceof Literal
        && right instanceof Attribute
        && operator.flipped() instanceof Operator flipped) {
      var literal = left;
      left = right;
      operator = flipped;
      right = literal;
    }
  }

  @Override
  public boolean test(Scope scope) {
    return operator.test(left.value(scope), right.value(scope));
  }

  @Override
  public Expression given(Scope known) {
    var a = left.given(known);
    var b = right.given(known);
    return a instanceof Literal x && b instanceof Literal y
        ? new Constant(operator.test(x.value(), y.value()))
        : new Comparison(a, operator, b);
  }

  @Override
  public String canonical() {
    return left.canonical() + " " + operator.sign() + " " + right.canonical();
  }

  @Override
  public void collect(Set<Path> paths) {
    left.collect(paths);
    right.collect(paths);
  }
}
