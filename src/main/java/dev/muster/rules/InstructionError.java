package dev.muster.rules;

/**
 * Refuses a configuration document. The message is one sentence that says what was expected, what
 * was found, and where: {@code Expected a name or a value, but found '=' at line 7, column 23
 * (task_routing.filters[2].expression, column 12)}.
 */
public final class InstructionError extends IllegalArgumentException {

  private final String where;
  private final Position position;

  InstructionError(String where, String sentence, Position position) {
    super(sentence + " at " + position + " (" + where + ")");
    this.where = where;
    this.position = position;
  }

  InstructionError(String where, ExpressionError cause, Position position) {
    super(
        cause.sentence() + " at " + position + " (" + where + ", column " + cause.column() + ")",
        cause);
    this.where = where;
    this.position = position;
  }

  /**
   * The refused place, for example {@code task_routing.filters[2].targets[0].expression}. If the
   * trouble is in the text of an expression there, the cause is its {@link ExpressionError}, which
   * has the column in that text.
   */
  public String where() {
    return where;
  }

  /**
   * The refused place in the JSON text: where its value starts (if there is none: the object that
   * should have it), or the very character of an expression, whatever escapes come before it.
   */
  public Position position() {
    return position;
  }
}
