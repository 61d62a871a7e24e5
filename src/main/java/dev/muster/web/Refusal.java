package dev.muster.web;

import org.springframework.http.HttpStatus;

/**
 * Why a request is refused: the stable code of the wire format and the HTTP status that goes with
 * it.
 */
public enum Refusal {
  INVALID(20001, HttpStatus.BAD_REQUEST),
  UNAUTHENTICATED(20003, HttpStatus.UNAUTHORIZED),
  FORBIDDEN(20403, HttpStatus.FORBIDDEN),
  ACCOUNT_NOT_ACTIVE(20005, HttpStatus.FORBIDDEN),
  NOT_FOUND(20404, HttpStatus.NOT_FOUND),
  METHOD_NOT_ALLOWED(20004, HttpStatus.METHOD_NOT_ALLOWED),
  GONE(20410, HttpStatus.GONE),
  STALE(20412, HttpStatus.PRECONDITION_FAILED),
  TOO_LARGE(20413, HttpStatus.CONTENT_TOO_LARGE),
  UNSUPPORTED_BODY(20415, HttpStatus.UNSUPPORTED_MEDIA_TYPE),
  TOO_MANY_REQUESTS(20429, HttpStatus.TOO_MANY_REQUESTS),
  ABSOLUTE_PAGING(40153, HttpStatus.BAD_REQUEST),
  FAILED(20500, HttpStatus.INTERNAL_SERVER_ERROR),
  UNAVAILABLE(20503, HttpStatus.SERVICE_UNAVAILABLE);

  private final int code;
  private final HttpStatus status;

  Refusal(int code, HttpStatus status) {
    this.code = code;
    this.status = status;
  }

  public int code() {
    return code;
  }

  public HttpStatus status() {
    return status;
  }
}
