package dev.muster.process;

import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import io.camunda.client.api.command.ClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/**
 * Fills an engine that has lost processes from what PostgreSQL knows: {@code POST
 * /actuator/reconcile}, for the operator.
 */
@Component
@WithEngine
@Endpoint(id = "reconcile")
public class Reconcile {

  private static final Logger log = LoggerFactory.getLogger(Reconcile.class);

  private final Deployment deployment;
  private final Outbox outbox;
  private final Relay relay;

  Reconcile(Deployment deployment, Outbox outbox, Relay relay) {
    this.deployment = deployment;
    this.outbox = outbox;
    this.relay = relay;
  }

  /** How many tasks the engine will be told about. */
  public record Refill(int tasks) {}

  /**
   * Deploys the model and has every live task of every workspace told anew. A process that is still
   * alive is put where its task stands, never doubled.
   *
   * @throws Refused as unavailable if the engine does not take the model; then nothing is told
   */
  @WriteOperation
  public Refill refill() {
    deploy();
    var tasks = outbox.refill();
    log.info("tells the engine anew about {} tasks", tasks);
    relay.wake();
    return new Refill(tasks);
  }

  private void deploy() {
    try {
      deployment.deploy();
    } catch (ClientException failure) {
      log.warn("the engine does not take the model", failure);
      throw new Refused(
          Refusal.UNAVAILABLE,
          "Expected to deploy the model first, but the engine does not take it: send the request again once it is back");
    }
  }
}
