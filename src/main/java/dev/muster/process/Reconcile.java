package dev.muster.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Fills an engine that has lost its processes from what PostgreSQL knows. */
@Component
@WithEngine
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

  /**
   * Deploys the model and has every live task of every workspace told anew. A process that is still
   * alive is put where its task stands, never doubled.
   *
   * @return how many tasks will be told
   */
  public int refill() {
    deployment.deploy();
    var tasks = outbox.refill();
    log.info("tells the engine anew about {} tasks", tasks);
    relay.wake();
    return tasks;
  }
}
