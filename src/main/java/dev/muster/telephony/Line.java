package dev.muster.telephony;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call to be made.
 *
 * @param to a number, a SIP address or a client
 * @param timeoutSeconds how long it rings; null leaves it to the telephone company
 */
public record Line(
    String to, String from, @Nullable Integer timeoutSeconds, boolean recorded, Report report) {

  /**
   * Who is told how the call goes.
   *
   * @param url null for nobody
   */
  public record Report(@Nullable URI url, Method method, List<CallEvent> events) {}
}
