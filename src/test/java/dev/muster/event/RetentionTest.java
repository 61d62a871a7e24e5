package dev.muster.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.given.TwoTenantsTest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Events are kept for thirty days, or for longer if the operator wants it. */
class RetentionTest extends TwoTenantsTest {

  @Autowired Retention retention;
  @Autowired EventSettings settings;
  @Autowired Clock present;

  @Test
  void deletesWhatIsOlderInEveryWorkspaceAndNothingElse() {
    fill(ours.workspace(), 2_500);
    fill(theirs.workspace(), 10);
    clock.advance(Duration.ofDays(30).minusSeconds(1));
    retention.clean();
    assertThat(events(ours.workspace())).isGreaterThan(2_500);

    clock.advance(Duration.ofSeconds(2));
    ours.worker("Anna", "{}");
    retention.clean();

    assertThat(types(ours.workspace())).containsExactly("worker.created");
    assertThat(events(theirs.workspace())).isZero();
  }

  @Test
  void keepsThemForLongerIfTheOperatorWantsIt() {
    var longer = new Retention(jdbc, keepingFor(Duration.ofDays(90)), present);
    clock.advance(Duration.ofDays(89));
    longer.clean();
    assertThat(events(ours.workspace())).isPositive();

    clock.advance(Duration.ofDays(2));
    longer.clean();
    assertThat(events(ours.workspace())).isZero();
    assertThatThrownBy(() -> keepingFor(Duration.ofDays(29)))
        .hasMessageContaining("at least 30 days");
  }

  private EventSettings keepingFor(Duration time) {
    return new EventSettings(
        time,
        settings.cleanEvery(),
        settings.tellEvery(),
        settings.lookEvery(),
        settings.readsAtOnce());
  }

  private void fill(String workspace, int count) {
    jdbc.sql(
            """
            INSERT INTO event (workspace_sid, sid, type, resource_type, resource_sid, data, at)
            SELECT :workspace, 'EV' || lpad(to_hex(n), 32, '0'), 'worker.created', 'worker', 'WK', '{}', :now
            FROM generate_series(1, :count) AS n
            """)
        .param("workspace", workspace)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("count", count)
        .update();
  }

  private int events(String workspace) {
    return types(workspace).size();
  }

  private List<String> types(String workspace) {
    return jdbc.sql("SELECT type FROM event WHERE workspace_sid = ?")
        .param(workspace)
        .query(String.class)
        .list();
  }
}
