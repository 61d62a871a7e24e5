package dev.muster.web;

import org.springframework.http.HttpStatus;

/** The error object that the official SDKs read. */
record ErrorBody(int code, String message, String moreInfo, int status) {

  static ErrorBody of(int code, String message, int status) {
    return new ErrorBody(code, message, "https://www.twilio.com/docs/errors/" + code, status);
  }

  /** For a refusal of which only the status is known. */
  static ErrorBody ofStatus(int status) {
    var reason = HttpStatus.resolve(status);
    var message =
        "Expected a request that can be served, but it was refused: "
            + (reason == null ? String.valueOf(status) : reason.getReasonPhrase());
    return of(code(status), message, status);
  }

  private static int code(int status) {
    for (var refusal : Refusal.values()) {
      if (refusal.status().value() == status) {
        return refusal.code();
      }
    }
    return status < 500 ? Refusal.INVALID.code() : Refusal.FAILED.code();
  }
}
