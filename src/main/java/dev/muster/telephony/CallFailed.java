package dev.muster.telephony;

/** The Calls API did not do what it was asked. The message is a sentence for the tenant. */
final class CallFailed extends RuntimeException {

  CallFailed(String message) {
    super(message, null, false, false);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
