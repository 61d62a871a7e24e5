package dev.muster.policy;

/** Policies that cannot be read. The message is a sentence for the operator. */
final class PoliciesRefused extends RuntimeException {

  PoliciesRefused(String sentence) {
    super(sentence);
  }

  PoliciesRefused(String sentence, Exception cause) {
    super(sentence, cause);
  }
}
