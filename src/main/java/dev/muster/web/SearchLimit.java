package dev.muster.web;

import org.springframework.stereotype.Component;

/** Bounds the requests that are dear to serve: few per second, account and kind on each node. */
@Component
public class SearchLimit {

  private final Buckets buckets = new Buckets();
  private final WebSettings settings;

  SearchLimit(WebSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes one of the account's searches of this second.
   *
   * @param account sid of the calling account
   * @param kind what is bounded: the parameter that makes the search dear, such as {@code
   *     TargetWorkersExpression}
   * @throws Refused with 429 and code 20429 when there is none left
   */
  public void take(Object account, String kind) {
    take(account, kind, settings.searchesPerSecond());
  }

  /** Takes one of {@code perSecond}; see {@link #take(Object, String)}. */
  public void take(Object account, String kind, int perSecond) {
    if (!buckets.get(account + " " + kind, perSecond).tryConsume(1)) {
      throw new Refused(
          Refusal.TOO_MANY_REQUESTS,
          "Expected at most %d requests per second with %s, but there were more: wait a second and ask again"
              .formatted(perSecond, kind));
    }
  }
}
