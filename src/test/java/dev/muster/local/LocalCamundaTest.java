package dev.muster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalCamundaTest {

  private static final LocalCamunda CAMUNDA = LocalCamunda.throwAway();

  @BeforeAll
  static void start() {
    CAMUNDA.start();
  }

  @AfterAll
  static void end() {
    CAMUNDA.close();
  }

  @Test
  void keepsProcessesOverStopAndKill() {
    try (var client = client()) {
      deploy(client);
      var beforeStop = instance(client);

      CAMUNDA.stop();
      assertThatThrownBy(() -> instance(client)).isNotNull();
      CAMUNDA.start();
      var beforeKill = instanceOnceConnected(client);
      CAMUNDA.kill();
      CAMUNDA.start();
      var afterKill = instanceOnceConnected(client);

      assertThat(beforeStop).isLessThan(beforeKill);
      assertThat(beforeKill).isLessThan(afterKill);
    }
  }

  private static CamundaClient client() {
    return CamundaClient.newClientBuilder()
        .grpcAddress(CAMUNDA.grpcAddress())
        .restAddress(CAMUNDA.restAddress())
        .preferRestOverGrpc(false)
        .defaultRequestTimeout(Duration.ofSeconds(20))
        .build();
  }

  private static void deploy(CamundaClient client) {
    var process = Bpmn.createExecutableProcess("kept").startEvent().endEvent().done();
    client.newDeployResourceCommand().addProcessModel(process, "kept.bpmn").send().join();
  }

  /** A client takes a moment to connect again, so it may fail first. */
  private static long instanceOnceConnected(CamundaClient client) {
    return await().ignoreExceptions().until(() -> instance(client), Objects::nonNull);
  }

  private static Long instance(CamundaClient client) {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId("kept")
        .latestVersion()
        .send()
        .join()
        .getProcessInstanceKey();
  }
}
