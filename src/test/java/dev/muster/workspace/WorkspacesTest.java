package dev.muster.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.twilio.rest.taskrouter.v1.Workspace.QueueOrder;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.TaskChannel;
import dev.muster.web.ApiTest;
import dev.muster.web.Wire;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class WorkspacesTest extends ApiTest {

  @Autowired JdbcClient jdbc;

  @Test
  void comeWithThreeActivitiesAndFiveTaskChannels() {
    var made =
        com.twilio.rest.taskrouter.v1.Workspace.creator("Support")
            .setEventCallbackUrl(URI.create("https://example.com/events"))
            .setEventsFilter("task.created, task.canceled")
            .setTemplate("NONE")
            .create(sdk(acme));

    assertThat(made.getAccountSid()).isEqualTo(acme.user());
    assertThat(made.getMultiTaskEnabled()).isTrue();
    assertThat(made.getPrioritizeQueueOrder()).isEqualTo(QueueOrder.FIFO);
    assertThat(made.getDefaultActivityName()).isEqualTo("Offline");
    assertThat(made.getTimeoutActivitySid()).isEqualTo(made.getDefaultActivitySid());
    assertThat(made.getEventCallbackUrl()).hasToString("https://example.com/events");
    assertThat(made.getDateCreated()).isNotNull();
    assertThat(Activity.reader(made.getSid()).read(sdk(acme)))
        .extracting(Activity::getFriendlyName, Activity::getAvailable)
        .containsExactly(
            tuple("Offline", false), tuple("Available", true), tuple("Unavailable", false));
    assertThat(TaskChannel.reader(made.getSid()).read(sdk(acme)))
        .extracting(TaskChannel::getUniqueName)
        .containsExactly("default", "voice", "chat", "sms", "video");
  }

  @Test
  void linkToEverythingInThem() {
    var answer = acme.get(workspace(acme));

    var url = answer.text("url");
    assertThat(url).startsWith(acme.base() + "/v1/Workspaces/WS");
    assertThat(answer.json().path("links").propertyNames())
        .containsExactlyInAnyOrder(
            "activities",
            "statistics",
            "real_time_statistics",
            "cumulative_statistics",
            "task_queues",
            "tasks",
            "workers",
            "workflows",
            "task_channels",
            "events");
    assertThat(answer.json().path("links").path("task_queues").asString())
        .isEqualTo(url + "/TaskQueues");
    assertThat(answer.json().path("event_callback_url").isNull()).isTrue();
    assertThat(answer.text("date_created")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  }

  @Test
  void belongToOneAccountAndDoNotExistForAnother() {
    var path = workspace(acme);

    assertThat(acme.get(path).status()).isEqualTo(200);
    for (var answer :
        List.of(
            globex.get(path),
            globex.post(path, "FriendlyName", "Mine"),
            globex.delete(path),
            globex.get(path + "/Activities"),
            globex.post(path + "/TaskChannels", "FriendlyName", "a", "UniqueName", "a"),
            first.get(path))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().path("code").asInt()).isEqualTo(20404);
    }
    assertThat(acme.get(path).text("friendly_name")).isEqualTo("Support");
    assertThat(globex.get("/v1/Workspaces").json().path("workspaces").size()).isZero();
  }

  @Test
  void changeOnlyWhatIsSent() {
    var path = workspace(acme, "EventCallbackUrl", "https://example.com/a", "EventsFilter", "x.y");
    var available = acme.get(path + "/Activities?Available=true").json().path("activities").get(0);

    var renamed = acme.post(path, "FriendlyName", "Sales");
    assertThat(renamed.text("friendly_name")).isEqualTo("Sales");
    assertThat(renamed.text("event_callback_url")).isEqualTo("https://example.com/a");

    var sid = available.path("sid").asString();
    var changed =
        acme.post(
            path,
            "DefaultActivitySid",
            sid,
            "TimeoutActivitySid",
            sid,
            "EventCallbackUrl",
            "",
            "EventsFilter",
            "",
            "PrioritizeQueueOrder",
            "LIFO",
            "MultiTaskEnabled",
            "true");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.text("friendly_name")).isEqualTo("Sales");
    assertThat(changed.text("default_activity_name")).isEqualTo("Available");
    assertThat(changed.text("timeout_activity_sid")).isEqualTo(sid);
    assertThat(changed.json().path("event_callback_url").isNull()).isTrue();
    assertThat(changed.json().path("events_filter").isNull()).isTrue();
    assertThat(changed.text("prioritize_queue_order")).isEqualTo("LIFO");
  }

  @Test
  void askForWorkToBeMatchedWhenTheOrderChanges() {
    var path = workspace(acme);
    acme.post(path, "FriendlyName", "Sales");
    assertThat(published.all()).doesNotContain(new WorkAvailable(sid(path)));

    acme.post(path, "PrioritizeQueueOrder", "LIFO");

    assertThat(published.all()).contains(new WorkAvailable(sid(path)));
  }

  @Test
  void refuseActivitiesOfAnotherWorkspace() {
    var path = workspace(acme);
    var other = acme.get(workspace(acme)).text("default_activity_sid");

    var answer = acme.post(path, "FriendlyName", "Half done", "DefaultActivitySid", other);

    refused(answer, "Expected DefaultActivitySid to be an activity of workspace");
    refused(acme.post(path, "DefaultActivitySid", "WAnonsense"), "Expected DefaultActivitySid");
    assertThat(acme.get(path).text("friendly_name")).isEqualTo("Support");
  }

  @Test
  void startToMultitaskButNeverStop() {
    var path = workspace(acme, "MultiTaskEnabled", "false");
    assertThat(acme.get(path).json().path("multi_task_enabled").asBoolean()).isFalse();

    assertThat(acme.post(path, "FriendlyName", "Sales").text("multi_task_enabled"))
        .isEqualTo("false");
    assertThat(acme.post(path, "MultiTaskEnabled", "true").text("multi_task_enabled"))
        .isEqualTo("true");

    refused(acme.post(path, "MultiTaskEnabled", "false"), "Expected MultiTaskEnabled to stay true");
    assertThat(acme.get(path).json().path("multi_task_enabled").asBoolean()).isTrue();
    assertThat(acme.get(workspace(acme)).json().path("multi_task_enabled").asBoolean()).isTrue();
  }

  @Test
  void moveWorkersWhoLetOffersLapseUnlessTheirSettingsSayOtherwise() {
    var path = workspace(acme);
    var settings = path.replaceFirst("/v1", "/muster/v1") + "/Settings";
    assertThat(acme.get(settings).json().path("reservation_timeout_moves_worker").asBoolean())
        .isTrue();

    acme.post(settings, "ReservationTimeoutMovesWorker", "false");

    assertThat(acme.get(settings).json().path("reservation_timeout_moves_worker").asBoolean())
        .isFalse();
    assertThat(acme.post(settings).json().path("reservation_timeout_moves_worker").asBoolean())
        .isFalse();
    assertThat(globex.get(settings).status()).isEqualTo(404);
    assertThat(globex.post(settings, "ReservationTimeoutMovesWorker", "true").status())
        .isEqualTo(404);
    assertThat(acme.post(path, "FriendlyName", "Sales").text("friendly_name")).isEqualTo("Sales");
    assertThat(acme.get(settings).json().path("reservation_timeout_moves_worker").asBoolean())
        .isFalse();
  }

  @Test
  void tellOtherModulesOfTheTemplate() {
    var path = workspace(acme, "Template", "FIFO");

    assertThat(published.all()).contains(new WorkspaceCreated(sid(path), Template.FIFO));
    refused(
        acme.post("/v1/Workspaces", "FriendlyName", "a", "Template", "LIFO"),
        "Expected Template to be one of NONE, FIFO");
  }

  @Test
  void areGoneWithEverythingInThemOnceDeleted() {
    var path = workspace(acme);
    var other = workspace(acme);
    assertThat(acme.get(path + "/Activities").status()).isEqualTo(200);

    var deleted = acme.delete(path);

    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(acme.get(path).status()).isEqualTo(404);
    assertThat(acme.get(path + "/Activities").status()).isEqualTo(404);
    assertThat(acme.delete(path).status()).isEqualTo(404);
    assertThat(acme.get(other).status()).isEqualTo(200);
    assertThat(published.all()).contains(new WorkspaceDeleted(sid(path)));
    assertThat(events(path)).containsExactly("workspace.deleted");
    assertThat(count("activity", path)).isZero();
    assertThat(count("task_channel", path)).isZero();
  }

  @Test
  void logEveryChangeAndNothingElse() {
    var path = workspace(acme);
    acme.post(path, "FriendlyName", "Sales");
    acme.post(path, "FriendlyName", "Sales");
    acme.post(path, "DefaultActivitySid", "WA" + "0".repeat(32));

    assertThat(events(path))
        .containsExactly(
            "workspace.created",
            "activity.created",
            "activity.created",
            "activity.created",
            "task-channel.created",
            "task-channel.created",
            "task-channel.created",
            "task-channel.created",
            "task-channel.created",
            "workspace.updated");
  }

  @Test
  void arePagedForthAndBackWithTheirFilters() {
    IntStream.range(0, 5).forEach(i -> workspace(acme));
    acme.post("/v1/Workspaces", "FriendlyName", "Odd one");
    workspace(globex);

    var one = acme.get("/v1/Workspaces?FriendlyName=Support&PageSize=2");
    var two = acme.get(meta(one, "next_page_url"));
    var three = acme.get(meta(two, "next_page_url"));
    var back = acme.get(meta(three, "previous_page_url"));

    assertThat(meta(one, "next_page_url"))
        .startsWith(
            acme.base() + "/v1/Workspaces?FriendlyName=Support&PageSize=2&Page=1&PageToken=PAWS");
    assertThat(one.json().path("meta").path("previous_page_url").isNull()).isTrue();
    assertThat(three.json().path("workspaces").size()).isEqualTo(1);
    assertThat(three.json().path("meta").path("next_page_url").isNull()).isTrue();
    assertThat(three.json().path("meta").path("page").asInt()).isEqualTo(2);
    assertThat(back.json().path("workspaces")).isEqualTo(two.json().path("workspaces"));
    assertThat(meta(three, "key")).isEqualTo("workspaces");
    assertThat(acme.get(meta(three, "first_page_url")).json().path("workspaces"))
        .isEqualTo(one.json().path("workspaces"));
    assertThat(com.twilio.rest.taskrouter.v1.Workspace.reader().setPageSize(4L).read(sdk(acme)))
        .hasSize(6);
  }

  private List<String> events(String path) {
    return jdbc.sql("SELECT type FROM event WHERE workspace_sid = :workspace ORDER BY sid")
        .param("workspace", sid(path).value())
        .query(String.class)
        .list();
  }

  private int count(String table, String path) {
    return jdbc.sql("SELECT count(*) FROM " + table + " WHERE workspace_sid = :workspace")
        .param("workspace", sid(path).value())
        .query(Integer.class)
        .single();
  }

  private static String meta(Wire.Answer page, String key) {
    return page.json().path("meta").path(key).asString();
  }

  private static WorkspaceSid sid(String path) {
    return WorkspaceSid.of(path.substring(path.lastIndexOf('/') + 1));
  }
}
