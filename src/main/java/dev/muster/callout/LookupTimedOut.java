package dev.muster.callout;

import java.net.UnknownHostException;

/** A name was not looked up in time, or its turn did not come. */
final class LookupTimedOut extends UnknownHostException {

  LookupTimedOut(String host) {
    super(host);
  }
}
