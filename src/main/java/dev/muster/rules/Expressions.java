package dev.muster.rules;

import java.util.BitSet;
import java.util.Collection;

/**
 * Many expressions that are asked together: to which queues does this worker belong? Each path is
 * looked up once for all of them. Immutable and free to share between threads.
 */
public final class Expressions {

  private final Expression[] expressions;
  private final int slots;

  private Expressions(Expression[] expressions, int slots) {
    this.expressions = expressions;
    this.slots = slots;
  }

  public static Expressions of(Collection<Expression> expressions) {
    var slots = new Slots();
    var numbered = expressions.stream().map(slots::in).toArray(Expression[]::new);
    return new Expressions(numbered, slots.size());
  }

  /** The numbers, from 0, of those that hold. */
  public BitSet test(Scope scope) {
    var remembering = new Slots.Remembering(scope, slots);
    var holding = new BitSet(expressions.length);
    for (int at = 0; at < expressions.length; at++) {
      if (expressions[at].test(remembering)) {
        holding.set(at);
      }
    }
    return holding;
  }
}
