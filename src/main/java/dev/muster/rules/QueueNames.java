package dev.muster.rules;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The queues of a workspace as documents name them: by sid, or by friendly name whatever the case.
 */
public final class QueueNames {

  private final Map<String, String> names;
  private final Map<String, String> sids = new HashMap<>();

  /**
   * @param names friendly names by sid
   */
  public QueueNames(Map<String, String> names) {
    this.names = names;
    names.forEach((sid, name) -> sids.put(name.toLowerCase(Locale.ROOT), sid));
  }

  /** The sid of the queue with that sid, or else with that name. */
  public Optional<String> sid(String named) {
    return Optional.ofNullable(
        names.containsKey(named) ? named : sids.get(named.toLowerCase(Locale.ROOT)));
  }

  /** The friendly name, or else the sid, that is most like this text, if one is like it at all. */
  public Optional<String> nearest(String named) {
    return Spelling.nearest(named, names.values())
        .or(() -> Spelling.nearest(named, names.keySet()));
  }
}
