package dev.muster.web;

/** The error object that the official SDKs read. */
record ErrorBody(int code, String message, String moreInfo, int status) {

  static ErrorBody of(int code, String message, int status) {
    return new ErrorBody(code, message, "https://www.twilio.com/docs/errors/" + code, status);
  }
}
