package dev.muster.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
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
    return ResponseEntity.status(status).body(ErrorBody.ofStatus(status));
  }
}
