package dev.muster.webhook;

import dev.muster.delivery.Lane;
import java.util.List;

/**
 * What is due of one task, or of one other resource: to be told in this order.
 *
 * @param takenNanos when it was claimed, by {@link System#nanoTime}
 */
record Stream(Lane lane, List<Claim> claims, long takenNanos) {

  static Stream of(List<Claim> claims, long takenNanos) {
    var first = claims.getFirst();
    var lane = new Lane(first.account(), first.event().workspaceSid());
    return new Stream(lane, List.copyOf(claims), takenNanos);
  }

  @Override
  public String toString() {
    return "Stream of " + claims;
  }
}
