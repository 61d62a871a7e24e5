package dev.muster.callout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * Connects only where the policy allows. It asks at the moment of connecting, about the very
 * address it connects to, so it does not matter what a name meant before or how an address was
 * spelled.
 */
final class GuardedSocket extends Socket {

  private final NetworkPolicy policy;

  GuardedSocket(NetworkPolicy policy) {
    this.policy = policy;
  }

  @Override
  public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
    if (!(endpoint instanceof InetSocketAddress inet)
        || inet.isUnresolved()
        || !policy.allows(inet.getAddress())) {
      throw new AddressRefused("Expected an address that may be reached, but got " + endpoint);
    }
    super.connect(endpoint, timeoutMillis);
  }
}
