package dev.muster.delivery;

import java.util.HashMap;
import java.util.Map;

/** How much this node has on its way, by lane. */
public final class Lanes {

  private final int mostPerLane;
  private final int mostPerAccount;
  private final Map<Lane, Integer> busy = new HashMap<>();

  /** With room for so many in a lane, and in all the lanes of an account. */
  public Lanes(int mostPerLane, int mostPerAccount) {
    this.mostPerLane = mostPerLane;
    this.mostPerAccount = mostPerAccount;
  }

  synchronized Map<Lane, Integer> busy() {
    return Map.copyOf(busy);
  }

  synchronized void enter(Lane lane) {
    busy.merge(lane, 1, Integer::sum);
  }

  /**
   * @return whether others may have waited for this one to be over
   */
  synchronized boolean leave(Lane lane) {
    var wereFull = busy.getOrDefault(lane, 0) >= mostPerLane || ofAccount(lane) >= mostPerAccount;
    busy.computeIfPresent(lane, (same, count) -> count == 1 ? null : count - 1);
    return wereFull;
  }

  synchronized boolean areEmpty() {
    return busy.isEmpty();
  }

  private int ofAccount(Lane lane) {
    return busy.entrySet().stream()
        .filter(entry -> entry.getKey().account().equals(lane.account()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
