package dev.muster.local;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import tools.jackson.databind.JsonNode;

/**
 * Camunda's broker and gateway in a container. Written for machines with a Docker engine; never run
 * on one without.
 */
final class ContainerCamunda implements CamundaServer {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final CamundaPorts ports = CamundaPorts.free();
  private final GenericContainer<?> container = new GenericContainer<>("camunda/zeebe:8.6.0");
  private final RestartableContainer restartable = new RestartableContainer(container);

  ContainerCamunda() {
    container.withEnv(BrokerRecords.PRINTED);
    container.setPortBindings(
        List.of(
            "127.0.0.1:%d:26500".formatted(ports.grpc()),
            "127.0.0.1:%d:8080".formatted(ports.rest()),
            "127.0.0.1:%d:9600".formatted(ports.monitoring())));
  }

  @Override
  public void start() {
    restartable.start();
    await().atMost(PATIENCE).until(ports::acceptCommands);
  }

  @Override
  public void stop() {
    restartable.stop();
  }

  @Override
  public void kill() {
    restartable.kill();
  }

  @Override
  public List<JsonNode> records() {
    return BrokerRecords.in(container.getLogs().lines());
  }

  @Override
  public URI grpcAddress() {
    return ports.grpcAddress();
  }

  @Override
  public URI restAddress() {
    return ports.restAddress();
  }

  @Override
  public void close() {
    container.stop();
  }
}
