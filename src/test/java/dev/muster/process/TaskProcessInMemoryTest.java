package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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
    // The new engine may still be opening its port.
    eventually(
        () ->
            assertThatCode(() -> node.getBean(Reconcile.class).refill())
                .doesNotThrowAnyException());

    eventually(() -> assertThat(at(queued)).containsExactly(QUEUED));
    eventually(() -> assertThat(at(assigned)).containsExactly(ASSIGNED));
  }
}
