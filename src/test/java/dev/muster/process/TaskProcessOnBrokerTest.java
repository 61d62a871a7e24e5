package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

/** On the real broker of Camunda 8.6. */
class TaskProcessOnBrokerTest extends TaskProcessContract<BrokerEngine> {

  TaskProcessOnBrokerTest() {
    super(new BrokerEngine());
  }

  @Test
  void findsEveryProcessWhereItsTaskIsAfterTheBrokerWasAway() {
    var later = Duration.ofMinutes(10);
    var tasks = new ArrayList<Desk.Given>();
    for (int i = 0; i < 12; i++) {
      tasks.add(desk.create());
    }
    eventually(() -> assertThat(untold()).isZero());

    engine.stop();
    var expected = new LinkedHashMap<Desk.Given, String>();
    for (int i = 0; i < 3; i++) {
      expected.put(tasks.get(i), QUEUED);
      desk.offer(tasks.get(3 + i), "WK1", later);
      expected.put(tasks.get(3 + i), RESERVATION);
      desk.accept(tasks.get(6 + i).workspace(), desk.offer(tasks.get(6 + i), "WK1", later));
      expected.put(tasks.get(6 + i), ASSIGNED);
      desk.become(tasks.get(9 + i), "canceled");
      expected.put(tasks.get(9 + i), "");
      expected.put(desk.create(), QUEUED);
      var shortLived = desk.create();
      desk.become(shortLived, "canceled");
    }
    assertThat(untold()).isPositive();
    assertThat(node.getBean(Relay.class).lag()).isPositive();
    engine.start();

    eventually(() -> assertThat(untold()).isZero());
    eventually(
        () ->
            expected.forEach(
                (task, element) -> {
                  if (element.isEmpty()) {
                    assertThat(at(task)).isEmpty();
                  } else {
                    assertThat(at(task)).containsExactly(element);
                  }
                }));
    assertThat(node.getBean(Relay.class).inTrouble()).isFalse();
  }
}
