package dev.muster.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.local.CamundaServer;
import io.camunda.client.CamundaClient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@MusterProcessTest
class MusterProcessTestTest {

  @Autowired CamundaClient client;
  @Autowired CamundaServer camunda;

  @Test
  void reachesTheSharedBroker() {
    var topology = client.newTopologyRequest().send().join();

    assertThat(topology.getGatewayVersion()).startsWith("8.");
    assertThat(client.getConfiguration().getGrpcAddress()).isEqualTo(camunda.grpcAddress());
  }
}
