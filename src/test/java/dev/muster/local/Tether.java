package dev.muster.local;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Ends another process when this JVM ends, however it ends.
 *
 * <p>A shell waits on a pipe from this JVM. A killed JVM runs no shutdown hook, but its pipe
 * closes, and the shell then sends the signal. The shell ignores Ctrl-C, so that it outlives an
 * orderly shutdown.
 */
public final class Tether implements AutoCloseable {

  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      read -r _
      kill -"$2" "$1" 2>/dev/null
      """;

  private final Process shell;

  private Tether(Process shell) {
    this.shell = shell;
  }

  /**
   * Ties the process to this JVM; {@code signal} is the name of the one that ends it in order, such
   * as TERM.
   */
  public static Tether to(long pid, String signal) {
    try {
      return new Tether(
          new ProcessBuilder("sh", "-c", SCRIPT, "tether", Long.toString(pid), signal)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets go of the process without ending it. */
  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
