package dev.muster.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts the requests of each account, after it is known who asks. */
@Component
@Order(0)
class RateLimitFilter extends OncePerRequestFilter {

  private final RateLimits limits;
  private final ErrorAnswer errors;

  RateLimitFilter(RateLimits limits, ErrorAnswer errors) {
    this.limits = limits;
    this.errors = errors;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var caller = request.getUserPrincipal();
    if (caller == null) {
      chain.doFilter(request, response);
      return;
    }
    var probe = limits.take(caller.getName());
    limits.announce(response, probe.getRemainingTokens());
    if (probe.isConsumed()) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader(HttpHeaders.RETRY_AFTER, "1");
    errors.write(response, limits.exceeded(caller.getName()));
  }
}
