package dev.muster.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.rules.Policy;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.web.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** What the operator's policies do to the tasks of two tenants, of whom they mostly mean one. */
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "muster.policy.look-every=20ms")
class PolicyTest extends TwoTenantsTest {

  @TempDir static Path folder;

  @Autowired PresentPolicies present;
  @Autowired TaskRouting routing;

  TaskQueue everyone;
  TaskQueue experts;
  Workflow inbound;
  TaskQueue theirExperts;
  Workflow theirInbound;

  @DynamicPropertySource
  static void folder(DynamicPropertyRegistry registry) {
    registry.add("muster.policy.folder", folder::toString);
  }

  @BeforeEach
  void given() throws IOException {
    operator();
    everyone = ours.queue("Everyone", "1==1");
    experts = ours.queue("Experts", "1==1");
    inbound = inbound("Inbound", ours, experts, everyone);
    theirExperts = theirs.queue("Experts", "1==1");
    theirInbound = inbound("Inbound", theirs, theirExperts, theirs.queue("Everyone", "1==1"));
  }

  @Test
  void lowersThePriorityOfOneAccountOnly() throws IOException {
    operator(ceiling("Trial", "account.sid == '" + acme.user() + "'", 3));

    assertThat(priority(create(ours, inbound, "Priority", "500"))).isEqualTo(3);
    assertThat(priority(create(ours, inbound, "Priority", "2"))).isEqualTo(2);
    assertThat(priority(hard(ours, inbound))).isEqualTo(3);
    assertThat(priority(create(theirs, theirInbound, "Priority", "500"))).isEqualTo(500);
    assertThat(priority(hard(theirs, theirInbound))).isEqualTo(5);
  }

  @Test
  void ranksATaskByThePriorityThatIsLeftToIt() throws IOException {
    operator(ceiling("Trial", "task.vip != true", 100));
    var plain = task(create(ours, inbound, "Priority", "500"));
    var vip = task(create(ours, inbound, "Priority", "200", "Attributes", "{\"vip\": true}"));

    ours.availableWorker("Anna", "{}");

    ours.awaitOffer(vip);
    assertThat(ours.pending(plain)).isEmpty();
  }

  @Test
  void holdsWhenAClientRaisesThePriorityLater() throws IOException {
    operator(ceiling("Trial", "task.vip != true", 100));
    var task = task(create(ours, inbound, "Priority", "90"));

    assertThat(priority(update(task, "Priority", "900"))).isEqualTo(100);
    assertThat(policies(task)).containsExactly("Trial: priority_lowered");
    assertThat(priority(update(task, "VirtualStartTime", clock.instant().toString())))
        .isEqualTo(100);
    assertThat(policies(task)).containsExactly("Trial: priority_lowered");
    assertThat(priority(update(task, "Priority", "50"))).isEqualTo(50);
    assertThat(policies(task)).isEmpty();
  }

  @Test
  void holdsWhenTheTaskNoLongerSaysWhatItWasExemptFor() throws IOException {
    operator(ceiling("Trial", "task.vip != true", 100));
    var task = task(create(ours, inbound, "Priority", "500", "Attributes", "{\"vip\": true}"));
    assertThat(task.getPriority()).isEqualTo(500);

    assertThat(priority(update(task, "Attributes", "{}"))).isEqualTo(100);
  }

  @Test
  void passesOverAStepWhoseQueueIsClosedToOneWorkspace() throws IOException {
    var here = "workspace.sid == '" + ours.workspace() + "'";
    operator(close("Night", here, experts, null), close("Not there", here, theirExperts, null));

    var task = task(hard(ours, inbound, "Priority", "9"));

    assertThat(task.getTaskQueueSid()).isEqualTo(everyone.getSid());
    assertThat(task.getPriority()).isEqualTo(9);
    assertThat(leavesAt(task)).isEqualTo(clock.instant().plusSeconds(120).getEpochSecond());
    assertThat(policies(task)).containsExactly("Night: queue_closed");
    assertThat(data(task, "workflow.target-matched").get("queue_closed_by").asString())
        .isEqualTo("Night");
    assertThat(hard(theirs, theirInbound).text("task_queue_sid")).isEqualTo(theirExperts.getSid());
  }

  @Test
  void comesToTheNextFilterThatHolds() throws IOException {
    var desk = ours.queue("Desk", "1==1");
    var workflow =
        ours.workflow(
            "Filters",
            filter("hard == true", experts) + "," + filter("hard == true", desk),
            everyone);
    operator(close("Night", "TRUE", experts, null));

    assertThat(hard(ours, workflow).text("task_queue_sid")).isEqualTo(desk.getSid());
  }

  @Test
  void isRefusedWhereEveryQueueIsClosed() throws IOException {
    operator(
        close("Secret", "task.hard == true", experts, null),
        close("Hidden", "TRUE", everyone, null));

    var refusals =
        List.of(
            hard(ours, inbound),
            create(ours, inbound),
            create(ours, inbound, "TaskQueueSid", everyone.getSid()),
            create(ours, inbound, "RoutingTarget", everyone.getSid()));

    for (var refusal : refusals) {
      refused(refusal, "closed at present");
      assertThat(refusal.body()).doesNotContain("Secret", "Hidden");
    }
    assertThat(ours.get(ours.path("Tasks")).json().get("tasks")).isEmpty();
    assertThat(create(ours, inbound, "TaskQueueSid", experts.getSid()).status()).isEqualTo(201);
    assertThat(create(theirs, theirInbound).status()).isEqualTo(201);
  }

  @Test
  void saysNothingOfAClosedQueueToThoseWhoseItIsNot() throws IOException {
    operator(close("Night", "TRUE", everyone, null), close("Day", "TRUE", experts, theirExperts));

    for (var queue : List.of(everyone, experts)) {
      refused(
          create(theirs, theirInbound, "TaskQueueSid", queue.getSid()),
          "but there is no " + queue.getSid());
    }
  }

  @Test
  void isCanceledAsByTimeWhereTheNextQueuesAreClosed() throws IOException {
    var task = task(hard(ours, inbound));
    operator(close("Night", "TRUE", everyone, null));

    passTime(task, 61);

    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.CANCELED);
    assertThat(ours.present(task).getReason()).isEqualTo("Task canceled on Workflow timeout");
    assertThat(policies(task)).containsExactly("Night: queue_closed");
    assertThat(data(task, "workflow.timeout").get("queue_closed_by").asString()).isEqualTo("Night");
  }

  @Test
  void isCanceledAsByTimeWhereASkippedStepLeadsToAClosedDefaultFilter() throws IOException {
    var workflow =
        ours.workflow(
            "Skipping",
            """
            {"expression": "1==1", "targets": [{"queue": "%s", "skip_if": "1==1"}]}
            """
                .formatted(experts.getSid()),
            everyone);
    operator(close("Night", "TRUE", everyone, null));

    var task = task(create(ours, workflow));

    await().until(() -> ours.present(task).getAssignmentStatus() == Task.Status.CANCELED);
    assertThat(ours.present(task).getReason()).isEqualTo("Task canceled on Workflow timeout");
  }

  @Test
  void keepsATaskFromTheDefaultFilterLikeOneThatRanOutOfTime() throws IOException {
    var workflow =
        ours.workflow(
            "Skipping",
            """
            {"expression": "1==1", "targets": [
              {"queue": "%s"}, {"queue": "%s", "skip_if": "1==1"}]}
            """
                .formatted(experts.getSid(), ours.queue("Desk", "1==1").getSid()),
            everyone);
    operator(close("Night", "TRUE", experts, null));

    var task = task(create(ours, workflow));

    await().until(() -> ours.present(task).getAssignmentStatus() == Task.Status.CANCELED);
    assertThat(ours.present(task).getReason()).isEqualTo("Task canceled on Workflow skip");
  }

  @Test
  void waitsInTheQueueInPlaceOfAClosedOneAsIfItWereItsOwn() throws IOException {
    var empty = ours.queue("Empty", "level > 100");
    var desk = ours.queue("Desk", "1==1");
    var workflow = inbound("Night", ours, empty, everyone);
    ours.availableWorker("Anna", "{\"level\": 1}");
    var ben = ours.availableWorker("Ben", "{\"level\": 9}");
    operator(close("Night", "TRUE", empty, desk));

    var task = task(create(ours, workflow, "Attributes", "{\"hard\": true, \"level\": 4}"));

    assertThat(task.getTaskQueueSid()).isEqualTo(desk.getSid());
    assertThat(task.getPriority()).isEqualTo(5);
    assertThat(leavesAt(task)).isEqualTo(clock.instant().plusSeconds(60).getEpochSecond());
    var offer = ours.awaitOffer(task);
    assertThat(offer.getWorkerSid()).isEqualTo(ben.getSid());

    operator();
    ours.answer(offer, Reservation.Status.REJECTED);
    clock.advance(Duration.ofSeconds(11));
    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(desk.getSid());

    ours.answer(ours.awaitOffer(task), Reservation.Status.REJECTED);
    passTime(task, 61);
    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(everyone.getSid());
  }

  @Test
  void sendsATaskThatWasPlacedToTheQueueInPlaceOfAClosedOne() throws IOException {
    operator(close("Night", "TRUE", experts, everyone));

    var task = task(create(ours, inbound, "TaskQueueSid", experts.getSid()));

    assertThat(task.getTaskQueueSid()).isEqualTo(everyone.getSid());
    assertThat(policies(task)).containsExactly("Night: queue_closed");
  }

  @Test
  void neverSendsATaskToAnotherTenant() throws IOException {
    operator(close("Night", "TRUE", experts, theirExperts));

    assertThat(hard(ours, inbound).text("task_queue_sid")).isEqualTo(everyone.getSid());
  }

  @Test
  void passesOverACircleOfClosedQueues() throws IOException {
    var desk = ours.queue("Desk", "1==1");
    operator(close("There", "TRUE", experts, desk), close("And back", "TRUE", desk, experts));

    var task = task(hard(ours, inbound));

    assertThat(task.getTaskQueueSid()).isEqualTo(everyone.getSid());
    assertThat(policies(task)).containsExactly("There: queue_closed", "And back: queue_closed");
    refused(create(ours, inbound, "TaskQueueSid", desk.getSid()), "closed at present");
  }

  @Test
  void leavesTasksInAQueueThatIsClosedLater() throws IOException {
    var waiting = task(hard(ours, inbound));
    var only = task(create(ours, inbound));
    operator(close("Night", "TRUE", experts, null), close("Day", "TRUE", everyone, null));
    update(waiting, "Attributes", "{\"hard\": true, \"more\": 1}", "Priority", "8");
    update(only, "Attributes", "{\"hard\": true}");

    reEvaluate(inbound);

    for (var task : List.of(waiting, only)) {
      assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(task.getTaskQueueSid());
      assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
    }
    assertThat(ours.present(waiting).getPriority()).isEqualTo(8);
    var anna = ours.availableWorker("Anna", "{}");
    assertThat(ours.awaitOffer(waiting).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void countsForTasksThatStartAgain() throws IOException {
    var waiting = task(hard(ours, inbound));
    operator(close("Night", "TRUE", experts, null), ceiling("Low", "TRUE", 1));

    reEvaluate(inbound);

    assertThat(ours.present(waiting).getTaskQueueSid()).isEqualTo(everyone.getSid());
    assertThat(ours.present(waiting).getPriority()).isEqualTo(1);
    assertThat(policies(waiting)).containsExactly("Night: queue_closed", "Low: priority_lowered");
  }

  @Test
  void namesThePolicyUntilThePriorityIsSetAnew() throws IOException {
    operator(ceiling("Low", "TRUE", 1));
    var task = task(hard(ours, inbound));
    operator();

    passTime(task, 61);

    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(everyone.getSid());
    assertThat(ours.present(task).getPriority()).isEqualTo(1);
    assertThat(policies(task)).containsExactly("Low: priority_lowered");
  }

  @Test
  void isExplainedByNameAndNeverByWhatItReads() throws IOException {
    operator(ceiling("Trial accounts", "task.vip != 'confidential'", 3));

    var created = create(ours, inbound, "Priority", "7");

    var task = task(created);
    var answers =
        List.of(
            created,
            ours.get(ours.path("Tasks", task.getSid())),
            ours.get(ours.path("Tasks")),
            update(task, "Priority", "8"));
    for (var answer : answers) {
      assertThat(answer.body()).doesNotContain("Trial accounts", "lowered", "policies");
    }
    var explanation = explain(ours, task);
    assertThat(explanation.body()).contains("Trial accounts").doesNotContain("confidential");
    assertThat(explanation.json().at("/explanation/policies/0/why").asString())
        .isEqualTo("the operator lowered the task's priority");
    assertThat(explain(theirs, task).status()).isEqualTo(404);
  }

  @Test
  void countsInTheForecastOfADraft() throws IOException {
    operator(close("Night", "TRUE", experts, null), ceiling("Low", "TRUE", 1));
    hard(ours, inbound);
    var draft =
        """
        {"task_routing": {"filters": [
          {"expression": "hard == true", "targets": [{"queue": "%1$s", "priority": 7}]},
          {"expression": "hard == true", "targets": [
            {"queue": "%2$s", "priority": 7, "expression": "worker.level > 3"}]},
          {"expression": "odd == true", "targets": [{"queue": "%1$s"}]}]}}
        """
            .formatted(experts.getSid(), everyone.getSid());

    var past = trial("DryRun", "Configuration", draft).json();
    var madeUp = trial("DryRun", "Configuration", draft, "Tasks", "[{\"odd\": true}]").json();
    var warnings = trial("Validate", "Configuration", draft).json().get("warnings");

    var tried = past.get("tasks").get(0);
    assertThat(tried.at("/old/task_queue_sid").asString()).isEqualTo(everyone.getSid());
    assertThat(tried.at("/old/filter").asInt()).isZero();
    assertThat(tried.at("/draft/filter").asInt()).isEqualTo(1);
    assertThat(tried.at("/draft/priority").asInt()).isEqualTo(1);
    assertThat(tried.get("policies").valueStream().map(JsonNode::asString))
        .containsExactly("Night", "Low");
    assertThat(past.at("/summary/unserved/0/where").asString())
        .isEqualTo("task_routing.filters[1].targets[0]");
    assertThat(madeUp.at("/summary/unmatched").asInt()).isEqualTo(1);
    assertThat(madeUp.at("/tasks/0/policies/0").asString()).isEqualTo("Night");
    assertThat(warnings.valueStream().map(warning -> warning.get("code").asString()))
        .contains("queue_closed")
        .doesNotContain("filter_unreachable");
  }

  @Test
  void followsAFileThatIsReplacedAndNoneThatCannotBeRead(CapturedOutput output) throws IOException {
    replace(ceiling("Low", "TRUE", 3));
    await().until(() -> names().equals(List.of("Low")));
    assertThat(priority(create(ours, inbound, "Priority", "7"))).isEqualTo(3);

    var whole = "policies:\n" + ceiling("Lower", "TRUE", 2) + ceiling("Lowest", "TRUE", 1);
    var file = folder.resolve("test.yaml");
    Files.writeString(file, whole.substring(0, whole.lastIndexOf("when")));
    await().until(() -> present.trouble() != null);

    assertThat(priority(create(ours, inbound, "Priority", "7"))).isEqualTo(3);
    assertThat(output)
        .contains("those from before stay in force")
        .contains("Expected when, but there is none at line 6 of " + file);

    Files.writeString(file, whole);
    await().until(() -> names().equals(List.of("Lower", "Lowest")));
    assertThat(priority(create(ours, inbound, "Priority", "7"))).isEqualTo(1);
    assertThat(present.trouble()).isNull();
  }

  /** A task that is hard waits for experts, then for anyone; others wait for anyone. */
  private static Workflow inbound(
      String name, Given tenant, TaskQueue experts, TaskQueue everyone) {
    return tenant.workflow(
        name,
        """
        {"expression": "hard == true", "targets": [
          {"queue": "%s", "priority": 5, "timeout": 60, "expression": "task.level == null OR worker.level > task.level"},
          {"queue": "%s", "timeout": 60}]}
        """
            .formatted(experts.getSid(), everyone.getSid()),
        everyone);
  }

  private static String filter(String expression, TaskQueue queue) {
    return """
        {"expression": "%s", "targets": [{"queue": "%s"}]}"""
        .formatted(expression, queue.getSid());
  }

  /** These are the operator's policies from now on. */
  private void operator(String... policies) throws IOException {
    replace(policies);
    present.look();
    present.look();
    assertThat(present.trouble()).isNull();
    assertThat(names()).hasSize(policies.length);
  }

  private static void replace(String... policies) throws IOException {
    var text = policies.length == 0 ? "" : "policies:\n" + String.join("", policies);
    var next = Files.writeString(folder.resolve(".next"), text);
    Files.move(
        next,
        folder.resolve("test.yaml"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String ceiling(String name, String when, int priority) {
    return policy(name, "priority_ceiling: " + priority, when);
  }

  private static String close(String name, String when, TaskQueue queue, TaskQueue instead) {
    var effect = "close_queue: " + queue.getSid();
    return policy(
        name, instead == null ? effect : effect + "\n    instead: " + instead.getSid(), when);
  }

  private static String policy(String name, String effect, String when) {
    return "  - name: %s\n    %s\n    when: >\n      %s\n".formatted(name, effect, when);
  }

  private List<String> names() {
    return present.get().list().stream().map(Policy::name).toList();
  }

  private static Wire.Answer create(Given tenant, Workflow workflow, String... form) {
    var parameters = new ArrayList<>(List.of(form));
    parameters.addAll(List.of("WorkflowSid", workflow.getSid()));
    return tenant.wire().post(tenant.path("Tasks"), parameters.toArray(String[]::new));
  }

  private static Wire.Answer hard(Given tenant, Workflow workflow, String... form) {
    var parameters = new ArrayList<>(List.of(form));
    parameters.addAll(List.of("Attributes", "{\"hard\": true}"));
    return create(tenant, workflow, parameters.toArray(String[]::new));
  }

  private Wire.Answer update(Task task, String... form) {
    var answer = ours.wire().post(ours.path("Tasks", task.getSid()), form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private void reEvaluate(Workflow workflow) {
    var path = ours.path("Workflows", workflow.getSid());
    assertThat(ours.wire().post(path, "ReEvaluateTasks", "true").status()).isEqualTo(200);
  }

  private void passTime(Task task, int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
    assertThat(routing.doWhatIsDue(ours.workspaceSid(), TaskSid.of(task.getSid()))).isTrue();
  }

  private Task task(Wire.Answer created) {
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return Task.fetcher(ours.workspace(), created.text("sid")).fetch(ours.client());
  }

  private static int priority(Wire.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isLessThan(300);
    return answer.json().path("priority").asInt();
  }

  private Wire.Answer explain(Given tenant, Task task) {
    return tenant.get(
        "/muster/v1/Workspaces/" + tenant.workspace() + "/Tasks/" + task.getSid() + "/Explanation");
  }

  private List<String> policies(Task task) {
    return explain(ours, task)
        .json()
        .at("/explanation/policies")
        .valueStream()
        .map(policy -> policy.get("name").asString() + ": " + policy.get("effect").asString())
        .toList();
  }

  private long leavesAt(Task task) {
    var leavesAt = explain(ours, task).json().at("/explanation/step/leaves_at").asString();
    return Instant.parse(leavesAt).getEpochSecond();
  }

  private JsonNode data(Task task, String type) {
    var data =
        jdbc.sql("SELECT data FROM event WHERE task_sid = ? AND type = ? ORDER BY sid DESC LIMIT 1")
            .param(task.getSid())
            .param(type)
            .query(String.class)
            .single();
    return new Wire.Answer(200, null, data).json();
  }

  private Wire.Answer trial(String what, String... form) {
    var answer =
        ours.wire().post("/muster/v1/Workspaces/" + ours.workspace() + "/Workflows/" + what, form);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }
}
