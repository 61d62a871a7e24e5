package dev.muster.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.assignment.Rounds;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Wire;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class TrialTest extends TwoTenantsTest {

  private static final String DRAFT =
      """
      {"task_routing": {"filters": [
        {"expression": "language == 'es'", "targets": [
          {"queue": "%s", "expression": "worker.level >= task.level", "priority": 7}]}],
       "default_filter": {"queue": "%s"}}}
      """;

  @Autowired ApplicationContext context;

  TaskQueue everyone;
  TaskQueue spanish;
  Workflow workflow;
  String draft;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    spanish = ours.queue("Spanish", "languages HAS 'es'");
    ours.worker("Carmen", "{\"languages\": [\"es\"], \"level\": 2}");
    workflow = ours.workflow("Simple", "", everyone);
    draft = DRAFT.formatted(spanish.getSid(), everyone.getSid());
    ours.task(workflow, "{\"language\": \"es\", \"level\": 1}");
    ours.task(workflow, "{\"language\": \"es\", \"level\": 9}");
    ours.task(workflow, "{\"language\": \"en\"}");
    theirs.task(
        theirs.workflow("Simple", "", theirs.queue("Everyone", "1==1")), "{\"language\": \"es\"}");
  }

  @Test
  void tellsWhatADraftWouldHaveDoneToTheLastTasks() {
    var answer = trial("DryRun", "Configuration", draft, "Last", "50");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var summary = answer.json().get("summary");
    assertThat(summary.get("tasks").asInt()).isEqualTo(3);
    assertThat(summary.get("changed").asInt()).isEqualTo(2);
    assertThat(summary.get("unmatched").asInt()).isZero();
    var move =
        summary
            .get("moves")
            .valueStream()
            .filter(each -> each.get("to_task_queue_sid").asString().equals(spanish.getSid()))
            .findAny()
            .orElseThrow();
    assertThat(move.get("from_task_queue_sid").asString()).isEqualTo(everyone.getSid());
    assertThat(move.get("tasks").asInt()).isEqualTo(2);
    assertThat(summary.get("unserved")).hasSize(1);
    assertThat(summary.get("unserved").get(0).get("tasks").asInt()).isEqualTo(1);
  }

  @Test
  void writesNothing() {
    Rounds.of(context).awaitRest();
    var before = rows();

    trial("DryRun", "Configuration", draft);

    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void triesTasksThatTheCallerMadeUp() {
    var answer =
        trial(
            "DryRun",
            "Configuration",
            draft,
            "Tasks",
            "[{\"language\": \"es\"}, {\"language\": \"fr\"}]");

    assertThat(answer.json().get("tasks")).hasSize(2);
    assertThat(answer.json().get("tasks").get(0).get("draft").get("priority").asInt()).isEqualTo(7);
    assertThat(answer.json().get("tasks").get(1).get("draft").get("task_queue_sid").asString())
        .isEqualTo(everyone.getSid());
    assertThat(answer.json().get("tasks").get(0).get("old").isNull()).isTrue();
  }

  @Test
  void refusesADraftThatIsNoneAndSaysWhere() {
    var answer =
        trial(
            "DryRun",
            "Configuration",
            "{\"task_routing\": {\"filters\": [{\"expression\": \"a = = 1\"}]}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("message").asString())
        .contains("filters[0].expression")
        .contains("column");
    assertThat(trial("DryRun", "Configuration", draft, "Tasks", "[1, 2").status()).isEqualTo(400);
    assertThat(trial("DryRun", "Configuration", draft, "Tasks", "[1]").status()).isEqualTo(400);
    assertThat(trial("DryRun", "Configuration", draft, "Last", "10001").status()).isEqualTo(400);
  }

  @Test
  void warnsOfWhatIsProbablyNotMeant() {
    var answer =
        trial(
            "Validate",
            "Configuration",
            DRAFT
                .formatted(spanish.getSid(), everyone.getSid())
                .replace("language ==", "langauge =="));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("valid").asBoolean()).isTrue();
    assertThat(answer.json().get("warnings").valueStream().map(w -> w.get("code").asString()))
        .contains("attribute_unknown");
    assertThat(answer.body()).contains("language");
  }

  @Test
  void knowsWhatEveryWorkerHasBesideAttributes() {
    var built =
        draft.replace(
            "worker.level >= task.level",
            "worker.name == 'Carmen' AND worker.channel.chat.available_capacity_percentage == 100");

    assertThat(trial("Validate", "Configuration", built).json().get("warnings")).isEmpty();
    assertThat(trial("DryRun", "Configuration", built).json().get("summary").get("unserved"))
        .isEmpty();
  }

  @Test
  void leavesOutTasksWhoseWorkflowIsGone() {
    var gone = ours.workflow("Gone", "", everyone);
    var task = ours.task(gone, "{}");
    ours.wire().post(ours.path("Tasks", task.getSid()), "AssignmentStatus", "canceled");
    assertThat(ours.wire().delete(ours.path("Workflows", gone.getSid())).status()).isEqualTo(204);

    var answer = trial("DryRun", "Configuration", draft, "Last", "50");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("summary").get("tasks").asInt()).isEqualTo(3);
  }

  @Test
  void keepsTenantsApart() {
    assertThat(
            theirs
                .wire()
                .post(
                    "/muster/v1/Workspaces/" + ours.workspace() + "/Workflows/DryRun",
                    "Configuration",
                    draft)
                .status())
        .isEqualTo(404);
  }

  private List<String> rows() {
    return jdbc.sql(
            """
            SELECT t::text FROM task t WHERE workspace_sid IN (:workspaces)
            UNION ALL SELECT e::text FROM event e WHERE workspace_sid IN (:workspaces)
            ORDER BY 1
            """)
        .param("workspaces", List.of(ours.workspace(), theirs.workspace()))
        .query(String.class)
        .list();
  }

  private Wire.Answer trial(String what, String... form) {
    return ours.wire()
        .post("/muster/v1/Workspaces/" + ours.workspace() + "/Workflows/" + what, form);
  }
}
