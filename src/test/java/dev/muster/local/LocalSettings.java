package dev.muster.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ports of the local stack, all on loopback.
 *
 * @param port {@code MUSTER_PORT}, where Muster answers, 8080 unless set
 * @param postgresPort {@code MUSTER_POSTGRES_PORT}, 15432 unless set
 * @param camundaPort {@code MUSTER_CAMUNDA_PORT}, 26500 unless set; Camunda takes it and the four
 *     after it
 * @param operate {@code MUSTER_OPERATE}, whether Operate and Tasklist run too; not unless set
 * @param operatePort {@code MUSTER_OPERATE_PORT}, 8181 unless set; Operate and Tasklist take it,
 *     and with their search engine the three after it
 */
record LocalSettings(
    int port, int postgresPort, int camundaPort, boolean operate, int operatePort) {

  private static final String PORT = "MUSTER_PORT";
  private static final String POSTGRES_PORT = "MUSTER_POSTGRES_PORT";
  private static final String CAMUNDA_PORT = "MUSTER_CAMUNDA_PORT";
  private static final String OPERATE = "MUSTER_OPERATE";
  private static final String OPERATE_PORT = "MUSTER_OPERATE_PORT";

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException if a port is none, or a switch neither true nor false
   */
  static LocalSettings from(Map<String, String> environment) {
    return new LocalSettings(
        port(environment, PORT, 8080),
        port(environment, POSTGRES_PORT, 15432),
        port(environment, CAMUNDA_PORT, 26500),
        isOn(environment, OPERATE),
        port(environment, OPERATE_PORT, 8181));
  }

  private static boolean isOn(Map<String, String> environment, String setting) {
    var text = environment.getOrDefault(setting, "false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "Expected %s to be true or false, but it is %s".formatted(setting, text));
    };
  }

  private static int port(Map<String, String> environment, String setting, int otherwise) {
    var text = environment.getOrDefault(setting, Integer.toString(otherwise));
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65531) {
      throw new IllegalArgumentException(
          "Expected %s to be a port from 1 to 65531, but it is %s".formatted(setting, text));
    }
    return Integer.parseInt(text);
  }

  CamundaPorts camundaPorts() {
    return CamundaPorts.from(camundaPort);
  }

  OperatePorts operatePorts() {
    return OperatePorts.from(operatePort);
  }

  /** One sentence for each port that cannot be had, naming the setting that moves it. */
  List<String> complaints() {
    var owners = new HashMap<Integer, String>();
    return needs().stream().flatMap(need -> need.complaint(owners).stream()).toList();
  }

  private List<Need> needs() {
    var needs = new ArrayList<Need>();
    needs.add(new Need(port, "Muster", PORT));
    needs.add(new Need(postgresPort, "PostgreSQL", POSTGRES_PORT));
    camundaPorts()
        .byPurpose()
        .forEach((purpose, number) -> needs.add(new Need(number, purpose, CAMUNDA_PORT)));
    if (operate) {
      operatePorts()
          .byPurpose()
          .forEach((purpose, number) -> needs.add(new Need(number, purpose, OPERATE_PORT)));
    }
    return needs;
  }

  private record Need(int port, String purpose, String setting) {

    private Optional<String> complaint(Map<Integer, String> owners) {
      var owner = owners.putIfAbsent(port, purpose);
      if (owner != null) {
        return Optional.of(
            "Expected port %d for %s, but it is meant for %s; set %s to another port"
                .formatted(port, purpose, owner, setting));
      }
      return Ports.isFree(port)
          ? Optional.empty()
          : Optional.of(
              "Expected port %d to be free for %s, but another program listens there; set %s to another port"
                  .formatted(port, purpose, setting));
    }
  }
}
