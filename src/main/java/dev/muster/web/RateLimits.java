package dev.muster.web;

import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/** How many requests each account may make per second on this node. */
@Component
class RateLimits {

  private final Buckets buckets = new Buckets();
  private final WebSettings settings;

  RateLimits(WebSettings settings) {
    this.settings = settings;
  }

  long perSecond() {
    return settings.requestsPerSecond();
  }

  ConsumptionProbe take(String account) {
    return buckets.get(account, settings.requestsPerSecond()).tryConsumeAndReturnRemaining(1);
  }

  void announce(HttpServletResponse response, long remaining) {
    response.setHeader("X-Rate-Limit-Limit", String.valueOf(perSecond()));
    response.setHeader("X-Rate-Limit-Remaining", String.valueOf(remaining));
    response.setHeader(
        "X-Rate-Limit-Config", "account;requests=%d;seconds=1".formatted(perSecond()));
  }
}
