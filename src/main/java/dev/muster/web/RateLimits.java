package dev.muster.web;

import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/** How many requests each account may make per second on this node. */
@Component
public class RateLimits {

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

  /**
   * Counts a request of the account.
   *
   * @throws Refused with 429 if it is one too many
   */
  public void count(Object account) {
    if (!take(account.toString()).isConsumed()) {
      throw exceeded(account.toString());
    }
  }

  Refused exceeded(String account) {
    return new Refused(
        Refusal.TOO_MANY_REQUESTS,
        "Expected at most %d requests per second of account %s, but there were more: wait and ask again"
            .formatted(perSecond(), account));
  }

  void announce(HttpServletResponse response, long remaining) {
    response.setHeader("X-Rate-Limit-Limit", String.valueOf(perSecond()));
    response.setHeader("X-Rate-Limit-Remaining", String.valueOf(remaining));
    response.setHeader(
        "X-Rate-Limit-Config", "account;requests=%d;seconds=1".formatted(perSecond()));
  }
}
