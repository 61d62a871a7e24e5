package dev.muster.given;

import dev.muster.local.CamundaServer;
import dev.muster.local.Credentials;
import dev.muster.testing.MusterProcessTest;
import dev.muster.web.Wire;
import io.camunda.client.CamundaClient;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Two tenants with a workspace each, and the broker that all such tests share; time runs. */
@MusterProcessTest
public abstract class TwoTenantsOnBrokerTest {

  /** The first account, the operator's. */
  protected Wire first;

  protected Given ours;
  protected Given theirs;

  @Autowired protected CamundaClient client;
  @Autowired protected CamundaServer camunda;

  @LocalServerPort private int port;
  @Autowired private Credentials credentials;

  @BeforeEach
  void openWorkspaces() {
    var base = URI.create("http://localhost:" + port);
    first = new Wire(base, credentials.accountSid(), credentials.authToken());
    ours = Given.workspaceOf(tenant("Acme"));
    theirs = Given.workspaceOf(tenant("Globex"));
  }

  private Wire tenant(String name) {
    var made = first.post("/2010-04-01/Accounts.json", "FriendlyName", name);
    return first.as(made.text("sid"), made.text("auth_token"));
  }

  /** Deploys a model of the project; the broker ignores one that it has. */
  protected void deploy(String... path) {
    client
        .newDeployResourceCommand()
        .addResourceFile(Path.of("bpmn", path).toString())
        .send()
        .join();
  }
}
