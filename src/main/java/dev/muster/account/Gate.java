package dev.muster.account;

import dev.muster.web.ErrorAnswer;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Turns away, in the wire format. */
@Component
class Gate implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final ErrorAnswer errors;

  Gate(ErrorAnswer errors) {
    this.errors = errors;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (failure instanceof DisabledException notActive) {
      errors.write(
          response,
          new Refused(Refusal.ACCOUNT_NOT_ACTIVE, String.valueOf(notActive.getMessage())));
      return;
    }
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(request));
    errors.write(
        response,
        new Refused(
            Refusal.UNAUTHENTICATED,
            "Expected HTTP Basic with an account SID and its auth token, or an API key SID and its secret, but "
                + (request.getHeader(HttpHeaders.AUTHORIZATION) == null
                    ? "none came"
                    : "what came is not valid")));
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
      throws IOException {
    errors.write(
        response,
        new Refused(
            Refusal.FORBIDDEN,
            request.getServletPath().startsWith("/actuator/")
                ? "Expected the account that MUSTER_ACCOUNT_SID names, or an API key of it, for this resource, but another came"
                : "Expected the auth token of an account for this resource, but an API key came"));
  }

  /**
   * To "Basic", a browser would ask for the password, remember it and send it along with the forms
   * of other sites.
   */
  private static String challenge(HttpServletRequest request) {
    var browser = request.getHeader("Sec-Fetch-Mode") != null;
    return (browser ? "xBasic" : "Basic") + " realm=\"Muster\", charset=\"UTF-8\"";
  }
}
