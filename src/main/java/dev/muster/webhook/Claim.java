package dev.muster.webhook;

import dev.muster.account.AccountSid;
import dev.muster.event.RecordedEvent;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that this node alone may send, for a while.
 *
 * @param place in its stream
 * @param url where the workspace wants to be told now; null if nowhere any more
 * @param number rises with every claim, so that a former one can be told from this
 * @param attempts how often it was sent in vain
 * @param queuedAt since when it is tried
 */
record Claim(
    RecordedEvent event,
    AccountSid account,
    String stream,
    int place,
    @Nullable URI url,
    int number,
    int attempts,
    Instant queuedAt) {

  /** Without what the event says, which may be personal data. */
  @Override
  public String toString() {
    return event.sid().value();
  }
}
