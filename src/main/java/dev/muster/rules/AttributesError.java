package dev.muster.rules;

/**
 * Refuses text that is not the JSON object of a task or worker; the message says what is wrong with
 * it.
 */
public final class AttributesError extends IllegalArgumentException {

  AttributesError(String message) {
    super(message);
  }
}
