package dev.muster.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.api.v2010.account.NewKey;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VersionTest extends TwoTenantsTest {

  TaskQueue everyone;
  TaskQueue experts;
  Workflow workflow;
  Workflow foreign;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    experts = ours.queue("Experts", "level > 5");
    ours.availableWorker("Ann", "{\"level\": 9}");
    workflow = ours.workflow("Inbound", "", everyone);
    foreign = theirs.workflow("Inbound", "", theirs.queue("Everyone", "1==1"));
  }

  @Test
  void everyChangeOfTheDocumentIsAVersionWithItsAuthorTimeAndComment() {
    clock.advance(Duration.ofMinutes(1));

    var made = publish(document(experts), "Comment", " Experts take over ");

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().path("version").asInt()).isEqualTo(2);
    assertThat(made.text("configuration")).isEqualTo(document(experts));
    var second = version(2);
    assertThat(second.path("author").asString()).isEqualTo(ours.wire().user());
    assertThat(second.path("comment").asString()).isEqualTo("Experts take over");
    assertThat(second.path("date_created").asString()).isEqualTo(made.text("date_updated"));
    assertThat(second.path("configuration").asString()).isEqualTo(document(experts));
    var first = version(1);
    assertThat(first.path("comment").isNull()).isTrue();
    assertThat(first.path("configuration").asString()).isEqualTo(workflow.getConfiguration());
    assertThat(first.path("date_created").asString()).isEqualTo(made.text("date_created"));
  }

  @Test
  void aChangeThroughTheSdkIsAVersionToo() {
    Workflow.updater(ours.workspace(), workflow.getSid())
        .setConfiguration(document(experts))
        .update(ours.client());

    assertThat(version(2).path("configuration").asString()).isEqualTo(document(experts));
    assertThat(version(2).path("author").asString()).isEqualTo(ours.wire().user());
  }

  @Test
  void theAuthorIsTheApiKeyThatAnAnalystSignsInWith() {
    var key = NewKey.creator(ours.wire().user()).setFriendlyName("Ann").create(ours.client());
    var analyst = new Wire(ours.wire().base(), key.getSid(), key.getSecret());

    var made =
        analyst.post(path("Versions"), "Configuration", document(experts), "Comment", "as agreed");

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(version(2).path("author").asString()).isEqualTo(key.getSid());
  }

  @Test
  void aChangeThatIsNoneMakesNoVersion() {
    publish(workflow.getConfiguration());

    assertThat(numbers(path("Versions"))).containsExactly(1);
  }

  @Test
  void versionsAreListedFromThePresentOneBackPageByPage() {
    for (var at = 0; at < 4; at++) {
      publish(document(at % 2 == 0 ? experts : everyone));
    }

    var first = ours.get(path("Versions"), "PageSize", "2");
    assertThat(numbers(first.json())).containsExactly(5, 4);
    assertThat(first.json().at("/versions/0").has("configuration")).isFalse();
    var next = first.json().at("/meta/next_page_url").asString();
    assertThat(numbers(next)).containsExactly(3, 2);
    var last = ours.wire().get(next).json().at("/meta/next_page_url").asString();
    assertThat(numbers(last)).containsExactly(1);
    var back = ours.wire().get(last).json().at("/meta/previous_page_url").asString();
    assertThat(numbers(back)).containsExactly(3, 2);
  }

  @Test
  void theDifferenceShowsTheLinesThatChangedHoweverTheDocumentsAreSpaced() {
    publish(document(experts));
    publish(document(experts).replace(":", " : ").replace("{", "{ "));

    var changed = ours.get(path("Versions", "2", "Difference")).json();
    assertThat(changed.path("same").asBoolean()).isFalse();
    assertThat(changed.path("from_version").asInt()).isEqualTo(1);
    assertThat(changed.path("difference").asString().lines())
        .contains("--- version 1", "+++ version 2")
        .anyMatch(line -> line.startsWith("-") && line.contains(everyone.getSid()))
        .anyMatch(line -> line.startsWith("+") && line.contains(experts.getSid()));
    var spaced = ours.get(path("Versions", "3", "Difference")).json();
    assertThat(spaced.path("same").asBoolean()).isTrue();
    assertThat(spaced.path("difference").asString()).isEmpty();
    var since = ours.get(path("Versions", "3", "Difference"), "From", "1").json();
    assertThat(since.path("difference").asString().replace("version 3", "version 2"))
        .isEqualTo(changed.path("difference").asString());
    assertThat(
            ours.get(path("Versions", "1", "Difference"))
                .json()
                .path("difference")
                .asString()
                .lines()
                .skip(3))
        .allMatch(line -> line.startsWith("+"));
  }

  @Test
  void rollingBackMakesANewVersionThatSaysWhatTheOldOneSaid() {
    publish(document(experts), "Comment", "A mistake");

    var back = ours.wire().post(path("Versions", "1", "Rollback"));

    assertThat(back.status()).as(back.body()).isEqualTo(201);
    assertThat(back.json().path("version").asInt()).isEqualTo(3);
    assertThat(version(3).path("configuration").asString()).isEqualTo(workflow.getConfiguration());
    assertThat(version(3).path("comment").asString()).isEqualTo("Back to version 1");
    var again = ours.wire().post(path("Versions", "2", "Rollback"), "Comment", "It was right");
    assertThat(again.status()).isEqualTo(201);
    assertThat(version(4).path("comment").asString()).isEqualTo("It was right");
    var present = ours.wire().post(path("Versions", "4", "Rollback"));
    assertThat(present.status()).isEqualTo(400);
    assertThat(present.text("message"))
        .contains("Expected an earlier version to go back to, but 4 is the present one");
  }

  @Test
  void rollingBackToAQueueThatIsGoneIsRefusedAndChangesNothing() {
    publish(document(experts));
    jdbc.sql("DELETE FROM workflow_queue WHERE workspace_sid = :workspace AND version = 1")
        .param("workspace", ours.workspace())
        .update();
    assertThat(ours.wire().delete(ours.path("TaskQueues", everyone.getSid())).status())
        .isEqualTo(204);

    var back = ours.wire().post(path("Versions", "1", "Rollback"));

    assertThat(back.status()).as(back.body()).isEqualTo(400);
    assertThat(back.text("message")).contains(everyone.getSid());
    assertThat(numbers(path("Versions"))).containsExactly(2, 1);
  }

  @Test
  void waitingTasksKeepTheirVersionUnlessTheyAreReEvaluatedAndTheAnswerCountsThem() {
    ours.move(ours.availableWorker("Bob", "{}"), "Offline");
    for (var at = 0; at < 3; at++) {
      ours.task(workflow, "{\"n\": " + at + "}");
    }
    theirs.task(foreign, "{}");

    var kept = publish(document(experts));
    assertThat(kept.json().at("/waiting_tasks/on_this_version").asInt()).isZero();
    assertThat(kept.json().at("/waiting_tasks/on_earlier_versions").asInt()).isEqualTo(3);

    var touched = publish(document(everyone), "ReEvaluateTasks", "true");
    assertThat(touched.json().at("/waiting_tasks/on_this_version").asInt()).isEqualTo(3);
    assertThat(touched.json().at("/waiting_tasks/on_earlier_versions").asInt()).isZero();

    var back = ours.wire().post(path("Versions", "2", "Rollback"), "ReEvaluateTasks", "true");
    assertThat(back.json().at("/waiting_tasks/on_this_version").asInt()).isEqualTo(3);
    assertThat(routedBy()).containsOnly(4);
  }

  @Test
  void theAnswerToAChangeWarnsOfWhatIsProbablyNotMeant() {
    ours.task(workflow, "{\"language\": \"es\"}");
    var odd =
        """
        {"task_routing": {"filters": [
          {"expression": "langauge == 'es'", "targets": [{"queue": "%s"}]}]}}
        """
            .formatted(everyone.getSid());

    var updated = ours.wire().post(path(), "Configuration", odd);
    assertThat(updated.status()).as(updated.body()).isEqualTo(200);
    var warning = updated.json().at("/warnings/0");
    assertThat(warning.path("code").asString()).isEqualTo("attribute_unknown");
    assertThat(warning.path("message").asString()).contains("language");
    assertThat(warning.path("line").asInt()).isEqualTo(2);
    assertThat(updated.text("sid")).isEqualTo(workflow.getSid());
    var created =
        ours.wire()
            .post(ours.path("Workflows"), "FriendlyName", "Other", "Configuration", odd)
            .json();
    assertThat(created.path("warnings")).isEqualTo(updated.json().path("warnings"));
    assertThat(ours.get(path()).json().has("warnings")).isFalse();
  }

  @Test
  void aDraftOfAnOlderVersionIsRefused() {
    publish(document(experts));

    var stale =
        ours.wire()
            .send(
                ours.wire()
                    .request(path("Versions"))
                    .header("If-Match", "\"1\"")
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            "{\"Configuration\": %s}".formatted(document(everyone)))));

    assertThat(stale.status()).isEqualTo(412);
    assertThat(numbers(path("Versions"))).containsExactly(2, 1);
  }

  @Test
  void refusesWhatIsNoVersion() {
    for (var wrong : List.of("2", "0", "-1")) {
      assertThat(ours.get(path("Versions", wrong)).status()).as(wrong).isEqualTo(404);
      assertThat(ours.wire().post(path("Versions", wrong, "Rollback")).status())
          .as(wrong)
          .isEqualTo(404);
    }
    assertThat(ours.get(path("Versions", "one")).status()).isEqualTo(404);
    assertThat(ours.get(path("Versions", "1", "Difference"), "From", "7").status()).isEqualTo(400);
    assertThat(ours.get(path("Versions", "1", "Difference"), "From", "x").status()).isEqualTo(400);
    assertThat(publish("{}").status()).isEqualTo(400);
    assertThat(publish(document(experts), "Comment", "x".repeat(1_001)).status()).isEqualTo(400);
    assertThat(numbers(path("Versions"))).containsExactly(1);
  }

  @Test
  void versionsAreInvisibleToOtherTenants() {
    for (var path : List.of(path("Versions"), path("Versions", "1"))) {
      assertThat(theirs.get(path).status()).isEqualTo(404);
      assertThat(theirs.get(path.replace(ours.workspace(), theirs.workspace())).status())
          .isEqualTo(404);
    }
    assertThat(
            theirs
                .wire()
                .post(
                    path("Versions", "1", "Rollback").replace(ours.workspace(), theirs.workspace()))
                .status())
        .isEqualTo(404);
  }

  private Wire.Answer publish(String configuration, String... form) {
    var fields = new ArrayList<>(List.of("Configuration", configuration));
    fields.addAll(List.of(form));
    return ours.wire().post(path("Versions"), fields.toArray(String[]::new));
  }

  private JsonNode version(int number) {
    return ours.get(path("Versions", String.valueOf(number))).json();
  }

  private List<Integer> numbers(String path) {
    return numbers(ours.wire().get(path).json());
  }

  private static List<Integer> numbers(JsonNode list) {
    return list.path("versions").valueStream().map(each -> each.path("version").asInt()).toList();
  }

  private List<Integer> routedBy() {
    return jdbc.sql("SELECT workflow_version FROM task WHERE workspace_sid = :workspace")
        .param("workspace", ours.workspace())
        .query(Integer.class)
        .list();
  }

  private static String document(TaskQueue queue) {
    return "{\"task_routing\":{\"filters\":[],\"default_filter\":{\"queue\":\"%s\"}}}"
        .formatted(queue.getSid());
  }

  private String path(String... steps) {
    var path = "/muster" + ours.path("Workflows", workflow.getSid());
    if (steps.length == 0) {
      return path.substring("/muster".length());
    }
    return path + "/" + String.join("/", steps);
  }
}
