package dev.muster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Sid;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerChannelTest extends TwoTenantsTest {

  String anna;

  @BeforeEach
  void given() {
    theirs.availableWorker("Anna", "{}");
    anna = ours.availableWorker("Anna", "{}").getSid();
    heard.forget();
  }

  @Test
  void isAddressedByItsSidOrByItsTaskChannel() {
    var byName = fetch("voice");

    assertThat(fetch(byName.getSid()).getSid()).isEqualTo(byName.getSid());
    assertThat(fetch(byName.getTaskChannelSid()).getSid()).isEqualTo(byName.getSid());
    for (var unknown : List.of("fax", Sid.next("WC"), Sid.next("TC"), "x'--")) {
      var answer = ours.get(path(unknown.replace("'", "%27")));
      assertThat(answer.status()).as(unknown).isEqualTo(404);
    }
  }

  @Test
  void changesCapacityAndAvailability() {
    var changed =
        WorkerChannel.updater(ours.workspace(), anna, "voice")
            .setCapacity(3)
            .setAvailable(false)
            .update(ours.client());

    assertThat(changed.getConfiguredCapacity()).isEqualTo(3);
    assertThat(changed.getAvailable()).isFalse();
    assertThat(heard.wakeUps(ours)).isOne();
    assertThat(events())
        .containsExactly("worker.capacity.update", "worker.channel.availability.update");
    assertThat(
            jdbc.sql(
                    "SELECT data ->> 'worker_version' FROM event WHERE workspace_sid = ? AND type"
                        + " LIKE 'worker.c%' ORDER BY sid")
                .param(ours.workspace())
                .query(String.class)
                .list())
        .containsSubsequence("2", "3");
    assertThat(ours.get(ours.path("Workers", anna)).header("ETag")).isEqualTo("\"3\"");

    WorkerChannel.updater(ours.workspace(), anna, "voice").setAvailable(true).update(ours.client());

    assertThat(heard.wakeUps(ours)).isEqualTo(2);
    assertThat(
            jdbc.sql("SELECT data FROM event WHERE workspace_sid = ? ORDER BY sid DESC LIMIT 1")
                .param(ours.workspace())
                .query(String.class)
                .single())
        .contains("\"worker_channel_previous_capacity\": \"3\"")
        .contains("\"worker_channel_available\": \"true\"")
        .contains("\"task_channel_unique_name\": \"voice\"")
        .contains("\"worker_channel_task_count\": \"0\"");
  }

  @Test
  void doesNothingWhenNothingChanges() {
    assertThat(ours.wire().post(path("voice"), "Capacity", "1").status()).isEqualTo(200);
    assertThat(ours.wire().post(path("voice")).status()).isEqualTo(200);

    assertThat(events()).isEmpty();
    assertThat(ours.get(ours.path("Workers", anna)).header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void tellsItsFreeCapacityInPercentRoundedDown() {
    assertThat(percentage(3, 1)).isEqualTo(66);
    assertThat(percentage(3, 3)).isZero();
    assertThat(percentage(1, 2)).isZero();
    assertThat(percentage(0, 0)).isZero();
    assertThat(percentage(50, 1)).isEqualTo(98);
  }

  @Test
  void refusesHostileInput() {
    for (var capacity : List.of("-1", "51", "1.5", "many", "99999999999999")) {
      var answer = ours.wire().post(path("voice"), "Capacity", capacity, "Available", "false");
      assertThat(answer.status()).as(capacity).isEqualTo(400);
      assertThat(answer.json().get("code").asInt()).isEqualTo(20001);
    }
    assertThat(fetch("voice").getAvailable()).isTrue();
    assertThat(events()).isEmpty();
  }

  private int percentage(int capacity, int reserved) {
    jdbc.sql("UPDATE worker_channel SET capacity = ?, reserved = ? WHERE worker_sid = ?")
        .params(capacity, reserved, anna)
        .update();
    return fetch("sms").getAvailableCapacityPercentage();
  }

  private WorkerChannel fetch(String name) {
    return WorkerChannel.fetcher(ours.workspace(), anna, name).fetch(ours.client());
  }

  private String path(String name) {
    return ours.path("Workers", anna, "Channels", name);
  }

  private List<String> events() {
    return jdbc.sql(
            "SELECT type FROM event WHERE workspace_sid = ? AND type LIKE 'worker.c%' AND type <>"
                + " 'worker.created' ORDER BY sid")
        .param(ours.workspace())
        .query(String.class)
        .list();
  }
}
