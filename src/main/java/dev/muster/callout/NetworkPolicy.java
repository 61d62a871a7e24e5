package dev.muster.callout;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Which addresses tenants may have requests sent to: those of the public internet, and those that
 * the operator allows. The rest is the operator's own: the node itself, its neighbours, and what
 * the cloud tells machines about themselves.
 */
@Component
class NetworkPolicy {

  /** All of IPv6 but 2000::/3 is closed, with every way to write an IPv4 address inside it. */
  private static final List<Network> CLOSED =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "168.63.129.16/32",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "::/3",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20",
              "4000::/2",
              "8000::/1")
          .map(Network::of)
          .toList();

  private final List<Network> allowed;

  NetworkPolicy(CalloutSettings settings) {
    this.allowed = settings.allowedNetworks().stream().map(Network::of).toList();
  }

  boolean allows(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.contains(address))
        || CLOSED.stream().noneMatch(network -> network.contains(address));
  }
}
