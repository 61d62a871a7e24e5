package dev.muster.rules;

import org.jspecify.annotations.Nullable;

/** Refuses a configuration document. The message opens with the place in it. */
public final class InstructionError extends IllegalArgumentException {

  private final String where;

  InstructionError(String where, String message) {
    this(where, message, null);
  }

  InstructionError(String where, String message, @Nullable ExpressionError cause) {
    super(where + ": " + message, cause);
    this.where = where;
  }

  /**
   * The refused place, for example {@code task_routing.filters[2].targets[0].expression}. If the
   * trouble is in the text of an expression there, the cause is its {@link ExpressionError}, which
   * has the column.
   */
  public String where() {
    return where;
  }
}
