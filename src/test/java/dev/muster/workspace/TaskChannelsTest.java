package dev.muster.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.TaskChannel;
import dev.muster.web.ApiTest;
import dev.muster.web.Wire;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class TaskChannelsTest extends ApiTest {

  @Autowired JdbcClient jdbc;
  @Autowired TaskChannels channels;

  private String workspace;
  private String sid;

  @BeforeEach
  void createWorkspace() {
    workspace = workspace(acme);
    sid = workspace.substring("/v1/Workspaces/".length());
  }

  @Test
  void areAddressedBySidAndByUniqueName() {
    var made =
        TaskChannel.creator(sid, "E-Mail", "email")
            .setChannelOptimizedRouting(true)
            .create(sdk(acme));

    assertThat(made.getChannelOptimizedRouting()).isTrue();
    assertThat(TaskChannel.fetcher(sid, "email").fetch(sdk(acme)).getSid())
        .isEqualTo(made.getSid());
    var changed =
        TaskChannel.updater(sid, "email")
            .setFriendlyName("Letters")
            .setChannelOptimizedRouting(false)
            .update(sdk(acme));
    assertThat(changed.getFriendlyName()).isEqualTo("Letters");
    assertThat(changed.getUniqueName()).isEqualTo("email");
    assertThat(changed.getChannelOptimizedRouting()).isFalse();
    assertThat(TaskChannel.deleter(sid, made.getSid()).delete(sdk(acme))).isTrue();
    assertThat(acme.get(path("email")).status()).isEqualTo(404);
  }

  @Test
  void tellOtherModulesThatWorkersNeedAChannel() {
    var made = acme.post(workspace + "/TaskChannels", "FriendlyName", "Fax", "UniqueName", "fax");

    assertThat(published.all())
        .contains(
            new TaskChannelCreated(WorkspaceSid.of(sid), TaskChannelSid.of(made.text("sid"))));
  }

  @Test
  void refuseUniqueNamesThatExpressionsCouldNotName() {
    for (var name : new String[] {"with-hyphen", "1st", "with space", "ümlaut", "a\n", "a/b"}) {
      refused(create(name), "letters, digits, _ and $ that do not start with a digit");
    }
    refused(create(""), "UniqueName field is required");
    refused(create("x".repeat(65)), "Expected UniqueName to have at most 64 characters");
    refused(create("voice"), "TaskChannel with the same unique name already exists");
    assertThat(create("_$9").status()).isEqualTo(201);
    refused(acme.post(workspace + "/TaskChannels", "UniqueName", "a"), "FriendlyName field");
  }

  @Test
  void cannotBeDeletedWhileTasksAreOnThem() {
    var channel = create("email").text("sid");
    task(channel, "wrapping");

    refused(acme.delete(path("email")), "there are tasks on it that have not ended");
    jdbc.sql("UPDATE task SET status = 'completed' WHERE workspace_sid = :workspace")
        .param("workspace", sid)
        .update();
    assertThat(acme.delete(path("email")).status()).isEqualTo(204);
    refused(acme.delete(path("default")), "it is the one of tasks that name none");
  }

  @Test
  void areNoMoreThanFifteenPerWorkspace() {
    IntStream.range(0, 20).parallel().forEach(i -> create("channel" + i));

    refused(create("more"), "Expected at most 15 task channels");
    assertThat(channels.all(WorkspaceSid.of(sid))).hasSize(15);
  }

  @Test
  void areListedUnderTheKeyThatSdksRead() {
    var answer = acme.get(workspace + "/TaskChannels?PageSize=2");

    assertThat(answer.json().path("meta").path("key").asString()).isEqualTo("channels");
    assertThat(answer.json().path("channels").size()).isEqualTo(2);
    assertThat(TaskChannel.reader(sid).setPageSize(2L).read(sdk(acme))).hasSize(5);
  }

  @Test
  void areInvisibleThroughAnotherWorkspace() {
    var other = workspace(globex);
    var mine = acme.get(path("voice")).text("sid");

    assertThat(globex.get(other + "/TaskChannels/" + mine).status()).isEqualTo(404);
    assertThat(globex.delete(other + "/TaskChannels/" + mine).status()).isEqualTo(404);
    assertThat(channels.find(WorkspaceSid.of(sid), mine)).isPresent();
  }

  private String path(String key) {
    return workspace + "/TaskChannels/" + key;
  }

  private Wire.Answer create(String uniqueName) {
    return acme.post(
        workspace + "/TaskChannels", "FriendlyName", "Channel", "UniqueName", uniqueName);
  }

  private void task(String channel, String status) {
    jdbc.sql(
            """
            INSERT INTO task (workspace_sid, sid, status, attributes, priority, timeout_seconds,
              task_channel_sid, workflow_sid, workflow_version, filter_index, target_index,
              task_queue_sid, queue_entered_at, filter_entered_at, entering, virtual_start_at,
              ignore_capacity, demand_class, rank_priority, rank_time, expires_at, version,
              created_at, updated_at)
            VALUES (:workspace, 'WT1', :status, '{}', 0, 60, :channel, 'WW1', 1, 0, 0, 'WQ1', now(),
              now(), false, now(), false, gen_random_uuid(), 0, 0, now(), 0, now(), now())
            """)
        .param("workspace", sid)
        .param("status", status)
        .param("channel", channel)
        .update();
  }
}
