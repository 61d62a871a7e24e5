package dev.muster.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import dev.muster.given.TwoTenantsTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExplanationTest extends TwoTenantsTest {

  TaskQueue everyone;
  TaskQueue spanish;
  Workflow workflow;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    spanish = ours.queue("Spanish", "languages HAS 'es'");
    workflow =
        ours.workflow(
            "Support",
            """
            {"filter_friendly_name": "Claims", "expression": "type == 'claim' AND amount > 1000",
             "targets": [{"queue": "%1$s"}]},
            {"filter_friendly_name": "Spanish", "expression": "language == 'es'",
             "targets": [{"queue": "%2$s", "expression": "worker.level >= task.level", "timeout": 60}]}
            """
                .formatted(everyone.getSid(), spanish.getSid()),
            everyone);
    theirs.worker("Spy", "{\"languages\": [\"es\"]}");
  }

  @Test
  void tellsWhichFiltersWereTriedAndWhyTheyDoNotHold() {
    var task =
        ours.task(
            workflow, "{\"language\": \"es\", \"level\": 3, \"type\": \"claim\", \"amount\": 5}");

    var explanation = explain(task).get("explanation");

    assertThat(explanation.get("routed_by").asString()).isEqualTo("filter");
    var claims = explanation.get("filters").get(0);
    assertThat(claims.get("friendly_name").asString()).isEqualTo("Claims");
    assertThat(claims.get("holds").asBoolean()).isFalse();
    assertThat(claims.get("condition").get("why").asString()).contains("amount is 5");
    assertThat(explanation.get("filters").get(1).get("holds").asBoolean()).isTrue();
    assertThat(explanation.get("step").get("task_queue_sid").asString())
        .isEqualTo(spanish.getSid());
    assertThat(explanation.get("step").get("workers").asString()).isEqualTo("worker.level >= 3");
    assertThat(explanation.get("step").get("leaves_at").asString())
        .isEqualTo(
            clock
                .instant()
                .plusSeconds(60)
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString());
    assertThat(explanation.get("position").get("ahead").asInt()).isZero();
  }

  @Test
  void tellsForEveryMemberOfTheQueueTheFirstReasonWhyNot() {
    ours.worker("Away", "{\"languages\": [\"es\"], \"level\": 9}");
    ours.availableWorker("Junior", "{\"languages\": [\"es\"], \"level\": 1}");
    var full = ours.availableWorker("Full", "{\"languages\": [\"es\"], \"level\": 3}");
    var off = ours.worker("Off", "{\"languages\": [\"es\"], \"level\": 9}");
    WorkerChannel.updater(ours.workspace(), off.getSid(), "default")
        .setAvailable(false)
        .update(ours.client());
    ours.move(off, "Available");
    ours.answer(ours.awaitOffer(spanishTask(3)), Reservation.Status.ACCEPTED);

    var task = spanishTask(3);

    assertThat(reasons(task))
        .containsEntry("Away", "unavailable_activity: is in activity Offline")
        .containsEntry("Junior", "expression: worker.level >= 3 is false because worker.level is 1")
        .containsEntry("Full", "capacity_used: capacity on channel default: 1 of 1 used")
        .containsEntry("Off", "channel_off: is not available on channel default")
        .doesNotContainKey("Spy")
        .hasSize(4);
    assertThat(full.getSid()).isNotNull();
  }

  @Test
  void tellsWhyAWorkerIsNoMember() {
    var english = ours.availableWorker("English", "{\"languages\": [\"en\"]}");
    var task = spanishTask(1);

    var member = explain(task, "WorkerSid", english.getSid()).get("members").get(0);

    assertThat(member.get("reason").asString()).isEqualTo("not_a_member");
    assertThat(member.get("why").asString()).contains("Spanish").contains("languages");
  }

  @Test
  void remembersWhoDeclined() {
    var anna = ours.availableWorker("Anna", "{\"languages\": [\"es\"], \"level\": 5}");
    var task = spanishTask(1);
    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna.getSid());
    assertThat(reasons(task)).containsEntry("Anna", "offered: is being offered the task");

    ours.answer(ours.awaitOffer(task), Reservation.Status.REJECTED);

    assertThat(reasons(task)).containsEntry("Anna", "declined: let the offer go before: rejected");
    assertThat(explain(task).get("explanation").get("reservations")).hasSize(1);
  }

  @Test
  void explainsFinishedTasksToo() {
    var anna = ours.availableWorker("Anna", "{\"languages\": [\"es\"], \"level\": 5}");
    var task = spanishTask(1);
    ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
    assertThat(reasons(task)).containsEntry("Anna", "assigned: has the task");

    ours.complete(task);

    assertThat(explain(task).get("explanation").get("assignment_status").asString())
        .isEqualTo("completed");
    assertThat(reasons(task)).containsEntry("Anna", "task_over: the task is over: completed");
    assertThat(anna.getSid()).isNotNull();
  }

  @Test
  void saysThatTheRulesThatRoutedTheTaskAreGone() {
    var task = spanishTask(1);
    ours.wire().post(ours.path("Tasks", task.getSid()), "AssignmentStatus", "canceled");
    assertThat(ours.wire().delete(ours.path("Workflows", workflow.getSid())).status())
        .isEqualTo(204);

    var answer = ours.get("/muster" + ours.path("Tasks", task.getSid(), "Explanation"));

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("message").asText())
        .contains(task.getSid(), "was deleted after the task's end");
  }

  @Test
  void pagesThroughTheMembers() {
    for (var i = 0; i < 5; i++) {
      ours.worker("Worker " + i, "{\"languages\": [\"es\"]}");
    }
    var task = spanishTask(1);

    var first = explain(task, "PageSize", "2");

    assertThat(first.get("members")).hasSize(2);
    assertThat(first.get("meta").get("next_page_url").asString()).contains("/Explanation?");
  }

  @Test
  void explainsNothingToStrangers() {
    var task = spanishTask(1);

    assertThat(
            theirs
                .get(
                    "/muster/v1/Workspaces/"
                        + ours.workspace()
                        + "/Tasks/"
                        + task.getSid()
                        + "/Explanation")
                .status())
        .isEqualTo(404);
    assertThat(
            theirs
                .get(
                    "/muster/v1/Workspaces/"
                        + theirs.workspace()
                        + "/Tasks/"
                        + task.getSid()
                        + "/Explanation")
                .status())
        .isEqualTo(404);
  }

  private Task spanishTask(int level) {
    return ours.task(workflow, "{\"language\": \"es\", \"level\": " + level + "}");
  }

  private JsonNode explain(Task task, String... query) {
    var answer =
        ours.get(
            "/muster/v1/Workspaces/"
                + ours.workspace()
                + "/Tasks/"
                + task.getSid()
                + "/Explanation",
            query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private Map<String, String> reasons(Task task) {
    var reasons = new HashMap<String, String>();
    explain(task)
        .get("members")
        .forEach(
            member ->
                reasons.put(
                    member.get("worker_name").asString(),
                    member.get("reason").asString() + ": " + member.get("why").asString()));
    return reasons;
  }
}
