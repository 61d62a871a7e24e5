package dev.muster.web;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns every refusal and failure into the error body of the wire format, in this one place. */
@RestControllerAdvice
class Errors {

  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  @ExceptionHandler
  ResponseEntity<ErrorBody> refused(Refused refused, HttpServletRequest request) {
    return refused.refusal() == Refusal.NOT_FOUND && String.valueOf(refused.getMessage()).isEmpty()
        ? notFound(request)
        : answer(refused.refusal(), refused.code(), String.valueOf(refused.getMessage()));
  }

  /** A path variable that is no sid names a resource that cannot exist. */
  @ExceptionHandler({NoResourceFoundException.class, MethodArgumentTypeMismatchException.class})
  ResponseEntity<ErrorBody> notFound(HttpServletRequest request) {
    var path = request.getRequestURI().replaceFirst("^/v1", "");
    return answer(
        Refusal.NOT_FOUND,
        Refusal.NOT_FOUND.code(),
        "The requested resource %s was not found".formatted(path));
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> methodNotAllowed(HttpRequestMethodNotSupportedException failure) {
    var allowed = failure.getSupportedHttpMethods();
    var headers = new HttpHeaders();
    if (allowed != null) {
      headers.setAllow(allowed);
    }
    var message =
        "Expected one of %s, but the request was %s".formatted(allowed, failure.getMethod());
    var refusal = Refusal.METHOD_NOT_ALLOWED;
    return ResponseEntity.status(refusal.status())
        .headers(headers)
        .body(ErrorBody.of(refusal.code(), message, refusal.status().value()));
  }

  @ExceptionHandler({
    HttpMessageNotReadableException.class,
    ServletRequestBindingException.class,
    MultipartException.class
  })
  ResponseEntity<ErrorBody> unreadable(Exception failure) {
    return answer(
        Refusal.INVALID,
        Refusal.INVALID.code(),
        "Expected a readable request, but: " + failure.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> unsupported(HttpMediaTypeException failure) {
    return answer(
        Refusal.UNSUPPORTED_BODY,
        Refusal.UNSUPPORTED_BODY.code(),
        "Expected application/x-www-form-urlencoded or application/json, but: "
            + failure.getMessage());
  }

  /** A form that the server could not take apart: broken escapes, too many or too much. */
  @ExceptionHandler
  ResponseEntity<ErrorBody> malformed(InvalidParameterException failure) {
    var tooLarge = failure.getErrorCode() == Refusal.TOO_LARGE.status().value();
    var refusal = tooLarge ? Refusal.TOO_LARGE : Refusal.INVALID;
    return answer(
        refusal,
        refusal.code(),
        "Expected a well-formed form or query of at most 8 MB and 1,000 parameters, but it is none");
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> tooLarge(MaxUploadSizeExceededException failure) {
    return answer(
        Refusal.TOO_LARGE,
        Refusal.TOO_LARGE.code(),
        "Expected a smaller body, but: " + failure.getMessage());
  }

  /** Nothing was begun, or all of it was taken back. */
  @ExceptionHandler({
    CannotGetJdbcConnectionException.class,
    CannotCreateTransactionException.class,
    ConcurrencyFailureException.class
  })
  ResponseEntity<ErrorBody> notNow(Exception failure, HttpServletRequest request) {
    LOG.warn("Cannot serve {} {} now", request.getMethod(), request.getRequestURI(), failure);
    var message =
        failure instanceof ConcurrencyFailureException
            ? "Expected to serve the request, but it and another one waited for each other: send it again"
            : "Expected to serve the request, but the database cannot be reached: send it again a little later";
    return answer(Refusal.UNAVAILABLE, Refusal.UNAVAILABLE.code(), message);
  }

  @ExceptionHandler
  ResponseEntity<ErrorBody> failed(Exception failure, HttpServletRequest request) {
    LOG.error("Failed to answer {} {}", request.getMethod(), request.getRequestURI(), failure);
    return answer(
        Refusal.FAILED,
        Refusal.FAILED.code(),
        "Expected to serve the request, but something failed inside; the log of the node has the cause");
  }

  private static ResponseEntity<ErrorBody> answer(Refusal refusal, int code, String message) {
    return ResponseEntity.status(refusal.status())
        .body(ErrorBody.of(code, message, refusal.status().value()));
  }
}
