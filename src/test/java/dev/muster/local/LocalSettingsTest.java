package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalSettingsTest {

  @Test
  void complainsOfATakenPortAndNamesTheSettingThatMovesIt() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = taken.getLocalPort();
      var free = Ports.free(1).get(0);
      var settings = LocalSettings.from(settings(Integer.toString(port), free));

      assertThat(settings.complaints())
          .containsExactly(
              "Expected port %d to be free for Muster, but another program listens there; set MUSTER_PORT to another port"
                  .formatted(port));
    }
  }

  @Test
  void complainsOfAPortMeantForTwo() {
    var free = Ports.free(1).get(0);

    var complaints = LocalSettings.from(settings(Integer.toString(free), free)).complaints();

    assertThat(complaints)
        .containsExactly(
            "Expected port %d for PostgreSQL, but it is meant for Muster; set MUSTER_POSTGRES_PORT to another port"
                .formatted(free));
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThatThrownBy(() -> LocalSettings.from(settings("web", 15432)))
        .hasMessage("Expected MUSTER_PORT to be a port from 1 to 65531, but it is web");
  }

  @Test
  void wantsThePortsOfOperateOnlyWhenItRuns() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings = new HashMap<>(settings("18080", Ports.free(1).get(0)));
      settings.put("MUSTER_OPERATE_PORT", Integer.toString(taken.getLocalPort()));

      assertThat(LocalSettings.from(settings).complaints()).isEmpty();
      settings.put("MUSTER_OPERATE", "true");
      assertThat(LocalSettings.from(settings).complaints())
          .first()
          .asString()
          .contains("for Operate and Tasklist", "set MUSTER_OPERATE_PORT");
    }
  }

  @Test
  void refusesASwitchThatIsNeitherOnNorOff() {
    assertThatThrownBy(() -> LocalSettings.from(Map.of("MUSTER_OPERATE", "yes")))
        .hasMessage("Expected MUSTER_OPERATE to be true or false, but it is yes");
  }

  private static Map<String, String> settings(String port, int postgresPort) {
    return Map.of(
        "MUSTER_PORT",
        port,
        "MUSTER_POSTGRES_PORT",
        Integer.toString(postgresPort),
        "MUSTER_CAMUNDA_PORT",
        "20100");
  }
}
