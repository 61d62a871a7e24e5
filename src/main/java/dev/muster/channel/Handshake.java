package dev.muster.channel;

import dev.muster.channel.WorkerSocket.Wishes;
import dev.muster.web.ErrorAnswer;
import dev.muster.web.RateLimits;
import dev.muster.web.Refused;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/** Lets in sockets with a token that allows them; any origin may, as the token alone counts. */
class Handshake implements HandshakeInterceptor {

  private final Tokens tokens;
  private final Permissions permissions;
  private final RateLimits limits;
  private final Switchboard switchboard;
  private final ErrorAnswer errors;

  Handshake(
      Tokens tokens,
      Permissions permissions,
      RateLimits limits,
      Switchboard switchboard,
      ErrorAnswer errors) {
    this.tokens = tokens;
    this.permissions = permissions;
    this.limits = limits;
    this.switchboard = switchboard;
    this.errors = errors;
  }

  @Override
  public boolean beforeHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      Map<String, Object> attributes)
      throws IOException {
    var asked = ((ServletServerHttpRequest) request).getServletRequest();
    try {
      var token = asked.getParameter("token");
      var pass = tokens.read(token);
      limits.count(pass.tenant().account());
      permissions.checkSocket(pass);
      switchboard.checkRoom(pass.tenant().account());
      attributes.put(WorkerSockets.PASS, pass);
      attributes.put(
          WorkerSockets.WISHES,
          new Wishes(
              Objects.requireNonNull(token),
              Boolean.parseBoolean(asked.getParameter("closeExistingSessions")),
              Boolean.parseBoolean(asked.getParameter("setWorkerOfflineIfDisconnected"))));
      return true;
    } catch (Refused refused) {
      errors.write(((ServletServerHttpResponse) response).getServletResponse(), refused);
      return false;
    }
  }

  @Override
  public void afterHandshake(
      ServerHttpRequest request,
      ServerHttpResponse response,
      WebSocketHandler handler,
      @Nullable Exception failure) {
    // what failed is said by the server
  }

  /** Where sockets are opened. */
  @Configuration(proxyBeanMethods = false)
  static class Place {

    /** Before the controllers, one of which takes commands at the same address. */
    @Bean
    WebSocketHandlerMapping workerSocketMapping(
        WorkerSockets sockets,
        Tokens tokens,
        Permissions permissions,
        RateLimits limits,
        Switchboard switchboard,
        ErrorAnswer errors) {
      var handler = new WebSocketHttpRequestHandler(sockets);
      handler
          .getHandshakeInterceptors()
          .add(new Handshake(tokens, permissions, limits, switchboard, errors));
      var mapping = new WebSocketHandlerMapping();
      mapping.setUrlMap(Map.of("/v1/wschannels", handler));
      mapping.setOrder(Ordered.HIGHEST_PRECEDENCE);
      mapping.setWebSocketUpgradeMatch(true);
      return mapping;
    }
  }
}
