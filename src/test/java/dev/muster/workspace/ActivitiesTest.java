package dev.muster.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Activity;
import dev.muster.web.ApiTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class ActivitiesTest extends ApiTest {

  @Autowired JdbcClient jdbc;

  private String workspace;
  private String sid;

  @BeforeEach
  void createWorkspace() {
    workspace = workspace(acme);
    sid = workspace.substring("/v1/Workspaces/".length());
  }

  @Test
  void areCreatedFetchedRenamedAndDeleted() {
    var made = Activity.creator(sid, "Lunch").setAvailable(true).create(sdk(acme));

    assertThat(made.getAvailable()).isTrue();
    assertThat(made.getWorkspaceSid()).isEqualTo(sid);
    assertThat(made.getLinks()).containsEntry("workspace", acme.base() + workspace);
    var renamed = Activity.updater(sid, made.getSid()).setFriendlyName("Tea").update(sdk(acme));
    assertThat(renamed.getFriendlyName()).isEqualTo("Tea");
    assertThat(renamed.getUrl())
        .hasToString(acme.base() + workspace + "/Activities/" + made.getSid());
    assertThat(Activity.fetcher(sid, made.getSid()).fetch(sdk(acme)).getFriendlyName())
        .isEqualTo("Tea");
    assertThat(Activity.deleter(sid, made.getSid()).delete(sdk(acme))).isTrue();
    assertThat(acme.get(workspace + "/Activities/" + made.getSid()).status()).isEqualTo(404);
  }

  @Test
  void areUnavailableUnlessSaidOtherwise() {
    assertThat(acme.post(activities(), "FriendlyName", "Tea").json().path("available").asBoolean())
        .isFalse();
    assertThat(
            acme.post(activities(), "FriendlyName", "Desk", "Available", "YES")
                .json()
                .path("available")
                .asBoolean())
        .isTrue();
  }

  @Test
  void stayAsAvailableAsTheyWereCreated() {
    var path = activities() + "/" + acme.post(activities(), "FriendlyName", "Tea").text("sid");

    var answer = acme.post(path, "Available", "true");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("available").asBoolean()).isFalse();
  }

  @Test
  void areFilteredByNameAndAvailability() {
    assertThat(names("?Available=true")).containsExactly("Available");
    assertThat(names("?Available=1")).containsExactly("Available");
    assertThat(names("?Available=anything")).containsExactly("Offline", "Unavailable");
    assertThat(names("?FriendlyName=Offline")).containsExactly("Offline");
    assertThat(names("?FriendlyName=Nothing")).isEmpty();
  }

  @Test
  void haveNamesOfTheirOwnInTheirWorkspace() {
    refused(
        acme.post(activities(), "FriendlyName", "OFFLINE"),
        "Activity with the same friendly name already exists");
    var other = acme.post(activities(), "FriendlyName", "Tea").text("sid");
    refused(
        acme.post(activities() + "/" + other, "FriendlyName", "Offline"),
        "Activity with the same friendly name already exists");
    refused(acme.post(activities() + "/" + other, "FriendlyName", ""), "Expected FriendlyName");
    assertThat(acme.post(activities() + "/" + other, "FriendlyName", "tea").status())
        .isEqualTo(200);
  }

  @Test
  void cannotBeDeletedWhileInUse() {
    var standard = acme.get(workspace).text("default_activity_sid");
    var tea = acme.post(activities(), "FriendlyName", "Tea").text("sid");
    worker(tea);

    refused(acme.delete(activities() + "/" + standard), "is the default activity");
    acme.post(workspace, "DefaultActivitySid", tea);
    refused(acme.delete(activities() + "/" + standard), "is the timeout activity");
    refused(acme.delete(activities() + "/" + tea), "is the default activity");
    acme.post(workspace, "DefaultActivitySid", standard);
    refused(acme.delete(activities() + "/" + tea), "is the activity of at least one worker");
    assertThat(acme.get(activities() + "/" + tea).status()).isEqualTo(200);
  }

  @Test
  void areNoMoreThanAHundredPerWorkspace() {
    IntStream.range(0, 97).forEach(i -> acme.post(activities(), "FriendlyName", "Activity " + i));

    refused(acme.post(activities(), "FriendlyName", "One more"), "Expected at most 100 activities");
    assertThat(acme.get(activities() + "?PageSize=1000").json().path("activities").size())
        .isEqualTo(100);
  }

  @Test
  void areInvisibleThroughAnotherWorkspace() {
    var other = workspace(globex);
    var mine = acme.get(workspace).text("default_activity_sid");

    assertThat(globex.get(other + "/Activities/" + mine).status()).isEqualTo(404);
    assertThat(globex.post(other + "/Activities/" + mine, "FriendlyName", "x").status())
        .isEqualTo(404);
    assertThat(globex.delete(other + "/Activities/" + mine).status()).isEqualTo(404);
  }

  private String activities() {
    return workspace + "/Activities";
  }

  private List<String> names(String query) {
    return acme.get(activities() + query)
        .json()
        .path("activities")
        .valueStream()
        .map(activity -> activity.path("friendly_name").asString())
        .toList();
  }

  private void worker(String activity) {
    jdbc.sql(
            """
            INSERT INTO worker (workspace_sid, sid, friendly_name, attributes, activity_sid, available,
                                status_changed_at, idle_since, version, created_at, updated_at)
            VALUES (:workspace, 'WK1', 'Anna', '{}', :activity, false, now(), now(), 0, now(), now())
            """)
        .param("workspace", sid)
        .param("activity", activity)
        .update();
  }
}
