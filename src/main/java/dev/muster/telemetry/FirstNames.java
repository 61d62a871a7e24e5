package dev.muster.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the series of a meter few: the names that come first have one each, all others share {@link
 * #OTHER}.
 */
public final class FirstNames {

  /** The name of all that have none of their own. */
  public static final String OTHER = "other";

  private final int most;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** For at most so many names, or one more where several threads bring new ones at once. */
  public FirstNames(int most) {
    this.most = most;
  }

  /** The name itself, or {@link #OTHER}. */
  public String of(String name) {
    return known.contains(name) || known.size() < most && known.add(name) ? name : OTHER;
  }
}
