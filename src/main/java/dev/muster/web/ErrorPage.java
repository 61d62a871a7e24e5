package dev.muster.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers in the wire format too when a request failed before or beside every controller. */
@Hidden
@RestController
class ErrorPage implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<ErrorBody> failed(HttpServletRequest request) {
    var attribute = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var status = attribute instanceof Integer known ? known : 404;
    var reason = HttpStatus.resolve(status);
    return ResponseEntity.status(status)
        .body(
            ErrorBody.of(
                code(status),
                "Expected a request that can be served, but it was refused: "
                    + (reason == null ? Objects.toString(status) : reason.getReasonPhrase()),
                status));
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
