package dev.muster.web;

/**
 * A request that cannot be served as asked. The message is shown to the caller and says what was
 * expected and what was found; nothing has been written.
 */
public final class Refused extends RuntimeException {

  private final Refusal refusal;
  private final int code;

  public Refused(Refusal refusal, String message) {
    this(refusal, refusal.code(), message);
  }

  private Refused(Refusal refusal, int code, String message) {
    super(message, null, false, false);
    this.refusal = refusal;
    this.code = code;
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
    return new Refused(refusal, code, message);
  }

  /**
   * The requested resource does not exist for this caller; the message names the requested path.
   */
  public static Refused notFound() {
    return new Refused(Refusal.NOT_FOUND, "");
  }

  public Refusal refusal() {
    return refusal;
  }

  public int code() {
    return code;
  }
}
