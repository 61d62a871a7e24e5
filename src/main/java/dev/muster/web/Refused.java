package dev.muster.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be served as asked. The message is shown to the caller and says what was
 * expected and what was found; nothing has been written.
 */
public final class Refused extends RuntimeException {

  private final Refusal refusal;
  private final int code;
  private final @Nullable String parameter;

  public Refused(Refusal refusal, String message) {
    this(refusal, refusal.code(), message, null);
  }

  private Refused(Refusal refusal, int code, String message, @Nullable String parameter) {
    super(message, null, false, false);
    this.refusal = refusal;
    this.code = code;
    this.parameter = parameter;
  }

  /** A refusal for bad input or an illegal change of state: 400 with code 20001. */
  public static Refused invalid(String message, Object... arguments) {
    return new Refused(Refusal.INVALID, message.formatted(arguments));
  }

  /** A refusal in the words of an error that was found in what {@code name} carries. */
  public static Refused because(String name, RuntimeException error) {
    return invalid("%s: %s", name, String.valueOf(error.getMessage()));
  }

  /** A refusal with the status of {@code refusal} and a code of its own. */
  public static Refused withCode(Refusal refusal, int code, String message) {
    return new Refused(refusal, code, message, null);
  }

  /**
   * The requested resource does not exist for this caller; the message names the requested path.
   */
  public static Refused notFound() {
    return new Refused(Refusal.NOT_FOUND, "");
  }

  /** The same, about the value of this name. */
  public Refused about(String name) {
    return new Refused(refusal, code, String.valueOf(getMessage()), name);
  }

  public Refusal refusal() {
    return refusal;
  }

  public int code() {
    return code;
  }

  /** The name of the value that is refused, if it is a single one of a form. */
  public Optional<String> parameter() {
    return Optional.ofNullable(parameter);
  }
}
