package dev.muster.channel;

import dev.muster.account.Caller;
import dev.muster.workspace.Tenant;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Makes requests of the v1 interface on behalf of a command, inside this node: the controllers see
 * them as they see any of the account's.
 */
@Component
class RestCalls {

  /**
   * What the interface answered.
   *
   * @param tag the version of the resource in quotes, if it has one
   */
  record Answer(int status, JsonNode body, @Nullable String tag) {

    boolean refused() {
      return status >= 400;
    }

    /** The version of the resource right after the change. */
    int version() {
      return Integer.parseInt(Objects.requireNonNull(tag).replace("\"", ""));
    }
  }

  private final DispatcherServlet controllers;
  private final ObjectMapper json;

  RestCalls(DispatcherServlet controllers, ObjectMapper json) {
    this.controllers = controllers;
    this.json = json;
  }

  /** Posts to a path while the caller's own request and response are still open. */
  Answer post(
      Tenant tenant,
      String path,
      JsonNode form,
      @Nullable String ifMatch,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    var caller = new Caller(tenant.account(), tenant.account().value());
    var authenticated = UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of());
    var inner =
        new InnerRequest(request, authenticated, path, json.writeValueAsBytes(form), ifMatch);
    var answer = new InnerResponse(response);
    controllers.service(inner, answer);
    return new Answer(
        answer.getStatus(),
        json.readTree(answer.getContentAsByteArray()),
        answer.getHeader(HttpHeaders.ETAG));
  }
}
