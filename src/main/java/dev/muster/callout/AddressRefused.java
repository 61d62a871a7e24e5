package dev.muster.callout;

import java.io.IOException;

/** The policy does not let a request go to an address. */
final class AddressRefused extends IOException {

  AddressRefused(String message) {
    super(message);
  }
}
