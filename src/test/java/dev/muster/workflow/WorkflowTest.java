package dev.muster.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Sid;
import dev.muster.web.Wire;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkflowTest extends TwoTenantsTest {

  TaskQueue everyone;
  TaskQueue foreign;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    foreign = theirs.queue("Everyone", "1==1");
    theirs.workflow("Inbound", "", foreign);
  }

  @Test
  void keepsEverySettingAndTheDocumentAsItWasGiven() {
    var document =
        " {\"task_routing\" : {\"default_filter\":{\"queue\":\"%s\"}}}\n".formatted(sid());

    var workflow =
        Workflow.creator(ours.workspace(), "Inbound", document)
            .setAssignmentCallbackUrl(URI.create("https://example.com/assign"))
            .setFallbackAssignmentCallbackUrl(URI.create("http://example.com/fallback?a=b"))
            .setTaskReservationTimeout(86_400)
            .create(ours.client());

    assertThat(Workflow.fetcher(ours.workspace(), workflow.getSid()).fetch(ours.client()))
        .isEqualTo(workflow);
    assertThat(workflow.getConfiguration()).isEqualTo(document);
    assertThat(workflow.getDocumentContentType()).isEqualTo("application/json");
    assertThat(workflow.getTaskReservationTimeout()).isEqualTo(86_400);
    assertThat(workflow.getAssignmentCallbackUrl()).hasToString("https://example.com/assign");
    assertThat(workflow.getFallbackAssignmentCallbackUrl())
        .hasToString("http://example.com/fallback?a=b");
    assertThat(workflow.getAccountSid()).isEqualTo(ours.wire().user());
    assertThat(workflow.getDateCreated()).isEqualTo(workflow.getDateUpdated());
    assertThat(workflow.getUrl().toString()).endsWith(ours.path("Workflows", workflow.getSid()));
    assertThat(workflow.getLinks())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "statistics", workflow.getUrl() + "/Statistics",
                "real_time_statistics", workflow.getUrl() + "/RealTimeStatistics",
                "cumulative_statistics", workflow.getUrl() + "/CumulativeStatistics"));
  }

  @Test
  void waitsTwoMinutesForAnAnswerAndCallsNobodyUnlessToldOtherwise() {
    var answer =
        ours.wire()
            .post(ours.path("Workflows"), "FriendlyName", "Inbound", "Configuration", document());

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("task_reservation_timeout").asInt()).isEqualTo(120);
    assertThat(answer.json().path("assignment_callback_url").isNull()).isTrue();
    assertThat(answer.json().path("fallback_assignment_callback_url").isNull()).isTrue();
  }

  @Test
  void takesTheDocumentInlineFromAJsonBody() {
    var answer =
        ours.wire()
            .postJson(
                ours.path("Workflows"),
                """
                {"FriendlyName": "Inbound", "TaskReservationTimeout": 30, "Configuration": %s}"""
                    .formatted(document()));

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.json().path("task_reservation_timeout").asInt()).isEqualTo(30);
    assertThat(answer.text("configuration")).contains("default_filter");
  }

  @Test
  void changesOnlyWhatIsSentAndTakesAddressesAwayThatComeEmpty() {
    var workflow =
        Workflow.creator(ours.workspace(), "Inbound", document())
            .setAssignmentCallbackUrl(URI.create("https://example.com/a"))
            .setFallbackAssignmentCallbackUrl(URI.create("https://example.com/b"))
            .create(ours.client());
    clock.advance(Duration.ofSeconds(1));
    var path = ours.path("Workflows", workflow.getSid());

    var renamed = ours.wire().post(path, "FriendlyName", "INBOUND");
    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.text("friendly_name")).isEqualTo("INBOUND");
    assertThat(renamed.text("assignment_callback_url")).isEqualTo("https://example.com/a");
    assertThat(renamed.text("configuration")).isEqualTo(workflow.getConfiguration());
    assertThat(renamed.text("date_updated")).isNotEqualTo(renamed.text("date_created"));

    var cleared =
        ours.wire().post(path, "AssignmentCallbackUrl", "", "TaskReservationTimeout", "1");
    assertThat(cleared.status()).as(cleared.body()).isEqualTo(200);
    assertThat(cleared.json().path("assignment_callback_url").isNull()).isTrue();
    assertThat(cleared.text("fallback_assignment_callback_url")).isEqualTo("https://example.com/b");
    assertThat(cleared.json().path("task_reservation_timeout").asInt()).isEqualTo(1);
    var read = ours.get(path).json();
    assertThat(read.properties()).isSubsetOf(cleared.json().properties());
  }

  @Test
  void saysNothingOfAChangeThatChangesNothing() {
    var workflow = ours.workflow("Inbound", "", everyone);
    clock.advance(Duration.ofSeconds(1));

    var same =
        ours.wire()
            .post(
                ours.path("Workflows", workflow.getSid()),
                "FriendlyName",
                "Inbound",
                "AssignmentCallbackUrl",
                "",
                "Configuration",
                workflow.getConfiguration());

    assertThat(same.status()).isEqualTo(200);
    assertThat(same.text("date_updated")).isEqualTo(same.text("date_created"));
    assertThat(events()).containsExactly("workflow.created");
  }

  @Test
  void isFoundByNameAndPageByPage() {
    for (var name : List.of("A", "B", "C", "D", "E")) {
      ours.workflow(name, "", everyone);
    }

    assertThat(found("FriendlyName", "b")).containsExactly("B");
    assertThat(found("FriendlyName", "nothing")).isEmpty();
    assertThat(found("PageSize", "2")).containsExactly("A", "B");
    var all = Workflow.reader(ours.workspace()).setPageSize(2L).read(ours.client());
    assertThat(StreamSupport.stream(all.spliterator(), false).map(Workflow::getFriendlyName))
        .containsExactly("A", "B", "C", "D", "E");
    var first = ours.get(ours.path("Workflows"), "PageSize", "2").json();
    var second = ours.wire().get(first.at("/meta/next_page_url").asString()).json();
    var back = ours.wire().get(second.at("/meta/previous_page_url").asString()).json();
    assertThat(back.path("workflows")).isEqualTo(first.path("workflows"));
    assertThat(second.at("/meta/key").asString()).isEqualTo("workflows");
  }

  @Test
  void hasANameOfItsOwnWhateverTheCase() {
    ours.workflow("Inbound", "", everyone);
    var other = ours.workflow("Other", "", everyone);

    assertThatThrownBy(() -> ours.workflow("iNBOUND", "", everyone))
        .hasMessageContaining("Workflow with the same friendly name already exists");
    var renamed =
        ours.wire().post(ours.path("Workflows", other.getSid()), "FriendlyName", "INBOUND");
    assertThat(renamed.status()).isEqualTo(400);
    assertThat(found()).containsExactly("Inbound", "Other");
  }

  @Test
  void refusesHostileInputAndWritesNothing() {
    var workflow = ours.workflow("Inbound", "", everyone);
    var hostile =
        List.of(
            List.of("Configuration", "{"),
            List.of("Configuration", "[]"),
            List.of("Configuration", "null"),
            List.of("Configuration", "{}"),
            List.of("Configuration", ""),
            List.of("Configuration", document(Sid.next("WQ"))),
            List.of("Configuration", document("WQ1")),
            List.of("Configuration", document(foreign.getSid())),
            List.of("Configuration", filter("\"expression\": \"level >\"", "")),
            List.of("Configuration", filter("\"expression\": \"skill-level > 3\"", "")),
            List.of("Configuration", filter("\"expression\": \"1==1; System.exit(1)\"", "")),
            List.of("Configuration", filter("\"name\": \"no expression\"", "")),
            List.of("Configuration", filter("\"expression\": \"1==1\"", ", \"timeout\": 0")),
            List.of("Configuration", filter("\"expression\": \"1==1\"", ", \"timeout\": \"x\"")),
            List.of("Configuration", filter("\"expression\": \"1==1\"", ", \"priority\": -1")),
            List.of("Configuration", filter("\"expression\": \"1==1\"", ", \"order_by\": \"!\"")),
            List.of("Configuration", filter("\"expression\": \"1==1\"", ", \"skip_if\": \"(\"")),
            List.of(
                "Configuration", "{\"task_routing\":{\"filters\":[{\"expression\":\"1==1\"}]}}"),
            List.of("Configuration", document() + " ".repeat(1_038_576)),
            List.of("Configuration", "\0"),
            List.of("TaskReservationTimeout", "0"),
            List.of("TaskReservationTimeout", "86401"),
            List.of("TaskReservationTimeout", "1.5"),
            List.of("AssignmentCallbackUrl", "ftp://example.com"),
            List.of("AssignmentCallbackUrl", "/relative"),
            List.of("FallbackAssignmentCallbackUrl", "javascript:alert(1)"),
            List.of("FriendlyName", " "),
            List.of("FriendlyName", ""),
            List.of("FriendlyName", "x".repeat(65)),
            List.of("FriendlyName", "a\0b"));

    for (var input : hostile) {
      var update = ours.wire().post(ours.path("Workflows", workflow.getSid()), array(input));
      assertThat(update.status()).as("%.99s: %.200s", input, update.body()).isEqualTo(400);
      assertThat(update.json().path("code").asInt()).isEqualTo(20001);
      var named = new ArrayList<>(input);
      if (!input.getFirst().equals("FriendlyName")) {
        named.addAll(List.of("FriendlyName", "Sales"));
      }
      if (!input.getFirst().equals("Configuration")) {
        named.addAll(List.of("Configuration", document()));
      }
      var create = ours.wire().post(ours.path("Workflows"), array(named));
      assertThat(create.status()).as("%.99s: %.200s", input, create.body()).isEqualTo(400);
    }
    var read = ours.get(ours.path("Workflows", workflow.getSid()));
    assertThat(read.text("configuration")).isEqualTo(workflow.getConfiguration());
    assertThat(found()).containsExactly("Inbound");
    assertThat(events()).containsExactly("workflow.created");
    assertThat(versions()).isEqualTo(1);
  }

  @Test
  void saysWhereTheDocumentIsWrong() {
    var syntax = create(filter("\"expression\": \"level >\"", ""));
    refusedWith(
        syntax,
        "Configuration: Expected a name or a value, but found the end at line 1, column 54 (task_routing.filters[0].expression, column 8)");
    refusedWith(
        create(document(foreign.getSid())),
        "Expected task_routing.default_filter.queue to be the SID or the friendly name of a task queue of this workspace, but got '%s'"
            .formatted(foreign.getSid()));
    refusedWith(create(""), "Configuration field is required");
    refusedWith(
        ours.wire().post(ours.path("Workflows"), "Configuration", document()),
        "FriendlyName field is required");
  }

  @Test
  void isInvisibleToOtherTenants() {
    var workflow = ours.workflow("Inbound", "", everyone);

    for (var path :
        List.of(
            theirs.path("Workflows", workflow.getSid()),
            ours.path("Workflows", workflow.getSid()))) {
      for (var answer :
          List.of(
              theirs.get(path),
              theirs.wire().post(path, "FriendlyName", "Mine"),
              theirs.wire().delete(path))) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("code").asInt()).isEqualTo(20404);
        assertThat(answer.text("message"))
            .isEqualTo("The requested resource %s was not found".formatted(path.substring(3)));
      }
    }
    assertThat(ours.get(ours.path("Workflows", "WW1")).status()).isEqualTo(404);
    assertThat(found()).containsExactly("Inbound");
  }

  @Test
  void isDeletedOnlyWithoutLiveTasksAndKeepsItsQueueUntilThen() {
    var workflow = ours.workflow("Inbound", "", everyone);
    var path = ours.path("Workflows", workflow.getSid());
    var task = ours.task(workflow, "{}");

    refused(
        ours.wire().delete(path),
        "Expected workflow %s to have no live tasks".formatted(sid(workflow)));
    refused(ours.wire().delete(queuePath()), "Expected to delete queue");
    ours.wire().post(ours.path("Tasks", task.getSid()), "AssignmentStatus", "canceled");
    refused(ours.wire().delete(queuePath()), "it is named by workflow " + sid(workflow));

    assertThat(ours.wire().delete(path).status()).isEqualTo(204);
    assertThat(ours.wire().delete(path).status()).isEqualTo(404);
    assertThat(ours.wire().delete(queuePath()).status()).isEqualTo(204);
    assertThat(ours.present(task).getWorkflowSid()).isEqualTo(sid(workflow));
    assertThat(events()).contains("workflow.created", "workflow.deleted");
  }

  @Test
  void comesWithTheTemplateFifo() {
    var workspace =
        ours.wire().post("/v1/Workspaces", "FriendlyName", "New", "Template", "FIFO").text("sid");
    var path = "/v1/Workspaces/" + workspace;

    var queue = ours.get(path + "/TaskQueues").json().at("/task_queues/0");
    var workflow = ours.get(path + "/Workflows").json().at("/workflows/0");
    assertThat(queue.path("friendly_name").asString()).isEqualTo("Sample Queue");
    assertThat(queue.path("target_workers").asString()).isEqualTo("1==1");
    assertThat(queue.path("max_reserved_workers").asInt()).isEqualTo(1);
    assertThat(queue.path("task_order").asString()).isEqualTo("FIFO");
    assertThat(workflow.path("friendly_name").asString()).isEqualTo("Default Fifo Workflow");
    assertThat(workflow.path("task_reservation_timeout").asInt()).isEqualTo(120);
    assertThat(workflow.path("assignment_callback_url").isNull()).isTrue();

    var task = ours.wire().post(path + "/Tasks", "Attributes", "{\"any\": \"thing\"}");
    assertThat(task.text("task_queue_friendly_name")).isEqualTo("Sample Queue");
    assertThat(task.text("workflow_sid")).isEqualTo(workflow.path("sid").asString());
  }

  @Test
  void isOneOfAThousandAtMost() {
    jdbc.sql(
            """
            INSERT INTO workflow (workspace_sid, sid, friendly_name, version, task_reservation_timeout_seconds,
              created_at, updated_at)
            SELECT :workspace, 'WW' || lpad(to_hex(n), 32, '0'), 'Workflow ' || n, 1, 120, now(), now()
            FROM generate_series(1, 1000) AS n
            """)
        .param("workspace", ours.workspace())
        .update();

    refused(create(document()), "Expected at most 1000 workflows");
  }

  private Wire.Answer create(String configuration) {
    return ours.wire()
        .post(ours.path("Workflows"), "FriendlyName", "New", "Configuration", configuration);
  }

  private static void refusedWith(Wire.Answer answer, String message) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("code").asInt()).isEqualTo(20001);
    assertThat(answer.text("message")).contains(message);
  }

  private String document() {
    return document(sid());
  }

  private static String document(String queue) {
    return """
        {"task_routing": {"default_filter": {"queue": "%s"}}}"""
        .formatted(queue);
  }

  private String filter(String members, String target) {
    return """
        {"task_routing": {"filters": [{%s, "targets": [{"queue": "%s"%s}]}]}}"""
        .formatted(members, sid(), target);
  }

  private String sid() {
    return everyone.getSid();
  }

  private static String sid(Workflow workflow) {
    return workflow.getSid();
  }

  private String queuePath() {
    return ours.path("TaskQueues", sid());
  }

  private static String[] array(List<String> parameters) {
    return parameters.toArray(String[]::new);
  }

  private List<String> found(String... query) {
    var answer = ours.get(ours.path("Workflows"), query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer
        .json()
        .path("workflows")
        .valueStream()
        .map(workflow -> workflow.path("friendly_name").asString())
        .toList();
  }

  private List<String> events() {
    return events(ours);
  }

  private List<String> events(Given tenant) {
    return jdbc.sql(
            "SELECT type FROM event WHERE workspace_sid = ? AND resource_type = 'workflow' ORDER BY sid")
        .param(tenant.workspace())
        .query(String.class)
        .list();
  }

  private int versions() {
    return jdbc.sql("SELECT count(*) FROM workflow_version WHERE workspace_sid = ?")
        .param(ours.workspace())
        .query(Integer.class)
        .single();
  }
}
