package dev.muster.callout;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of addresses.
 *
 * @param width bits of an address of its kind: 32 or 128
 * @param bits how many of them the addresses share
 * @param prefix these shared bits
 */
record Network(int width, int bits, BigInteger prefix) {

  /** Only what can be no name, so that nothing is looked up. */
  private static final Pattern CIDR =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/(\\d{1,3})");

  /**
   * Reads {@code 10.0.0.0/8} or {@code fd00::/8}.
   *
   * @throws IllegalArgumentException with a sentence if it is something else
   */
  static Network of(String text) {
    var parts = CIDR.matcher(text.strip());
    if (parts.matches()) {
      var address = address(parts.group(1), text);
      var width = address.length * 8;
      var bits = Integer.parseInt(parts.group(2));
      if (bits <= width) {
        return new Network(width, bits, prefix(address, width - bits));
      }
    }
    throw expected(text);
  }

  boolean contains(InetAddress other) {
    var address = other.getAddress();
    return address.length * 8 == width && prefix(address, width - bits).equals(prefix);
  }

  private static byte[] address(String literal, String text) {
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException noAddress) {
      throw expected(text);
    }
  }

  private static BigInteger prefix(byte[] address, int rest) {
    return new BigInteger(1, address).shiftRight(rest);
  }

  private static IllegalArgumentException expected(String text) {
    return new IllegalArgumentException(
        "Expected a network such as 10.0.0.0/8 or fd00::/8, but got '%s'".formatted(text));
  }
}
