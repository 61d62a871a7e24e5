package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** On the engine of Camunda 8.8. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TaskProcessInMemoryTest extends TaskProcessContract<InMemoryEngine> {

  TaskProcessInMemoryTest() {
    super(new InMemoryEngine());
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void refillsAnEngineThatLostEverything() {
    var queued = desk.create();
    var assigned = desk.create();
    desk.become(assigned, "assigned");
    eventually(() -> assertThat(untold()).isZero());

    engine.lose();
    eventually(() -> node.getBean(Reconcile.class).refill());

    eventually(() -> assertThat(at(queued)).containsExactly(QUEUED));
    eventually(() -> assertThat(at(assigned)).containsExactly(ASSIGNED));
  }
}
