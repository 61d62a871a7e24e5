package dev.muster.callout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class NetworkPolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2001:0:1::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void keepsTenantsOutOfWhatIsTheOperators(String address) throws Exception {
    assertThat(policy().allows(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::200e"
      })
  void letsThemReachThePublicInternet(String address) throws Exception {
    assertThat(policy().allows(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void letsThemReachWhatTheOperatorAllowsAndNothingBeside() throws Exception {
    var policy = policy("10.1.0.0/16", "fd12:3456::/32", "192.168.7.9/32");

    assertThat(policy.allows(InetAddress.getByName("10.1.255.255"))).isTrue();
    assertThat(policy.allows(InetAddress.getByName("10.2.0.0"))).isFalse();
    assertThat(policy.allows(InetAddress.getByName("fd12:3456:ffff::1"))).isTrue();
    assertThat(policy.allows(InetAddress.getByName("fd12:3457::1"))).isFalse();
    assertThat(policy.allows(InetAddress.getByName("192.168.7.9"))).isTrue();
    assertThat(policy.allows(InetAddress.getByName("192.168.7.8"))).isFalse();
    assertThat(policy("0.0.0.0/0").allows(InetAddress.getByName("127.0.0.1"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "example.org/8", "fd00::/129", "abc/8"})
  void isNotSetUpFromWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> policy(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a network such as 10.0.0.0/8 or fd00::/8, but got '%s'", text);
  }

  @Test
  void isAskedAboutTheAddressThatASocketConnectsTo() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var guarded = new GuardedSocket(policy());
        var allowed = new GuardedSocket(policy("127.0.0.0/8", "::1/128"))) {
      var endpoint = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());

      assertThatThrownBy(() -> guarded.connect(endpoint)).isInstanceOf(AddressRefused.class);
      assertThatThrownBy(() -> guarded.connect(endpoint, 100)).isInstanceOf(AddressRefused.class);
      assertThatThrownBy(
              () -> allowed.connect(InetSocketAddress.createUnresolved("localhost", 1), 100))
          .isInstanceOf(AddressRefused.class);
      allowed.connect(endpoint, 1000);
      assertThat(allowed.isConnected()).isTrue();
    }
  }

  private static NetworkPolicy policy(String... allowed) {
    return new NetworkPolicy(
        new CalloutSettings(
            List.of(allowed), Duration.ofSeconds(2), DataSize.ofKilobytes(64), "Muster"));
  }
}
