package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.rules.Scope.BuiltIns;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeTest {

  private static final Attributes ATTRIBUTES =
      Attributes.parse(
          "{\"sid\": \"mine\", \"level\": 3, \"channel\": {\"voice\": \"attribute\"}}");

  @Test
  void letsBuiltInValuesWinOverAttributesInListFilters() {
    var scope =
        Scope.unprefixed(ATTRIBUTES, BuiltIns.of(Map.of("sid", "WK1", "activity_name", "Idle")));

    assertThat(holds("sid == 'WK1' AND activity_name == 'Idle' AND level == 3", scope)).isTrue();
  }

  @Test
  void letsBuiltInValuesWinOverAttributesOfWorkers() {
    var scope =
        Scope.worker(
            ATTRIBUTES,
            BuiltIns.of(Map.of("sid", "WK1", "channel.chat.available_capacity_percentage", 50)));

    assertThat(holds("worker.sid == 'WK1' AND worker.level > 2", scope)).isTrue();
    assertThat(holds("worker.channel.chat.available_capacity_percentage >= 50", scope)).isTrue();
    assertThat(holds("worker.channel.voice == 'attribute'", scope)).isTrue();
    assertThat(holds("level == 3 OR sid != null OR worker != null", scope)).isFalse();
  }

  @Test
  void readsTaskAndWorkerTogether() {
    var task = Scope.task(Attributes.parse("{\"level\": 3}"), BuiltIns.of(Map.of("priority", 7)));
    var both = task.and(Scope.worker(ATTRIBUTES, BuiltIns.NONE));

    assertThat(holds("task.level == worker.level AND task.priority == 7", both)).isTrue();
    assertThat(holds("task.age == null AND other.level == null", both)).isTrue();
  }

  @Test
  void countsWorkers() {
    var scope = Scope.workers(2, 5, Map.of("WA1", 4));

    assertThat(holds("workers.available == 2 AND workers.unavailable > 4", scope)).isTrue();
    assertThat(holds("workers.WA1 == 4 AND workers.WA2 == 0", scope)).isTrue();
    assertThat(holds("workers.other == null AND available == null", scope)).isTrue();
  }

  private static boolean holds(String text, Scope scope) {
    return Expression.parse(text).test(scope);
  }
}
