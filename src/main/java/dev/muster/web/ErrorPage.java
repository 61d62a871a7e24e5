package dev.muster.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers in the wire format too when a request failed before or beside every controller; what the
 * database has to do with it as {@link Errors} does.
 */
@Hidden
@RestController
class ErrorPage implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<ErrorBody> failed(HttpServletRequest request) {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof DataAccessException e) {
      throw e;
    }
    var attribute = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var status = attribute instanceof Integer known ? known : 404;
    return ResponseEntity.status(status).body(ErrorBody.ofStatus(status));
  }
}
