package dev.muster.rules;

/** Refuses a file of policies. The message is one sentence that ends with line and file. */
public final class PolicyError extends IllegalArgumentException {

  private final String file;
  private final int line;

  PolicyError(String file, int line, String sentence) {
    super(sentence + " at line " + line + " of " + file);
    this.file = file;
    this.line = line;
  }

  public String file() {
    return file;
  }

  /** Counted from 1. */
  public int line() {
    return line;
  }
}
