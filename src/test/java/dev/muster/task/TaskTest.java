package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.given.TwoTenantsTest;
import dev.muster.queue.TaskQueueSid;
import dev.muster.task.TaskForms.NewTask;
import dev.muster.web.Sid;
import dev.muster.web.Wire;
import dev.muster.workflow.WorkflowSid;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class TaskTest extends TwoTenantsTest {

  @Autowired TaskIntake intake;
  @Autowired TransactionTemplate transaction;

  TaskQueue everyone;
  Workflow inbound;
  Workflow foreign;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    inbound = ours.workflow("Inbound", "", everyone);
    foreign = theirs.workflow("Inbound", "", theirs.queue("Everyone", "1==1"));
    theirs.availableWorker("Anna", "{}");
  }

  @Test
  void waitsForADayOnTheDefaultChannelUnlessToldOtherwise() {
    var answer = create();

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    var task = answer.json();
    assertThat(task.path("sid").asString()).matches("WT[0-9a-f]{32}");
    assertThat(task.path("account_sid").asString()).isEqualTo(ours.wire().user());
    assertThat(task.path("workspace_sid").asString()).isEqualTo(ours.workspace());
    assertThat(task.path("assignment_status").asString()).isEqualTo("pending");
    assertThat(task.path("timeout").asInt()).isEqualTo(86_400);
    assertThat(task.path("priority").asInt()).isZero();
    assertThat(task.path("age").asInt()).isZero();
    assertThat(task.path("attributes").asString()).isEqualTo("{}");
    assertThat(task.path("addons").asString()).isEqualTo("{}");
    assertThat(task.path("reason").isNull()).isTrue();
    assertThat(task.path("routing_target").isNull()).isTrue();
    assertThat(task.path("ignore_capacity").asBoolean()).isFalse();
    assertThat(task.path("task_channel_unique_name").asString()).isEqualTo("default");
    assertThat(task.path("task_channel_sid").asString()).startsWith("TC");
    assertThat(task.path("workflow_sid").asString()).isEqualTo(inbound.getSid());
    assertThat(task.path("workflow_friendly_name").asString()).isEqualTo("Inbound");
    assertThat(task.path("task_queue_sid").asString()).isEqualTo(everyone.getSid());
    assertThat(task.path("task_queue_friendly_name").asString()).isEqualTo("Everyone");
    for (var date : List.of("task_queue_entered_date", "virtual_start_time", "date_updated")) {
      assertThat(task.path(date).asString()).isEqualTo(task.path("date_created").asString());
    }
    assertThat(events())
        .containsExactly(
            "workflow.entered", "task-queue.entered", "task.created", "workflow.target-matched");
  }

  @Test
  void linksToWhatItBelongsTo() {
    var task = ours.task(inbound, "{}");

    var workspace = task.getUrl().toString().replaceFirst("/Tasks/.*", "");
    assertThat(workspace).endsWith("/v1/Workspaces/" + ours.workspace());
    assertThat(task.getUrl()).hasToString(workspace + "/Tasks/" + task.getSid());
    assertThat(task.getLinks())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "workspace", workspace,
                "workflow", workspace + "/Workflows/" + inbound.getSid(),
                "task_queue", workspace + "/TaskQueues/" + everyone.getSid(),
                "reservations", task.getUrl() + "/Reservations"));
  }

  @Test
  void keepsEverySettingUpToItsLimit() {
    var attributes = "{\"a\":\"%s\"}".formatted("ä".repeat(4088));
    var voice = ours.get(ours.path("TaskChannels", "voice")).text("sid");

    var task =
        Task.creator(ours.workspace())
            .setWorkflowSid(inbound.getSid())
            .setTimeout(1_209_600)
            .setPriority(Integer.MAX_VALUE)
            .setTaskChannel(voice)
            .setAttributes(attributes)
            .setVirtualStartTime(ZonedDateTime.parse("1900-01-01T00:00:00Z"))
            .create(ours.client());

    assertThat(ours.present(task)).isEqualTo(task);
    assertThat(task.getTimeout()).isEqualTo(1_209_600);
    assertThat(task.getPriority()).isEqualTo(Integer.MAX_VALUE);
    assertThat(task.getTaskChannelUniqueName()).isEqualTo("voice");
    assertThat(task.getAttributes()).isEqualTo(attributes);
    assertThat(task.getVirtualStartTime()).isEqualTo("1900-01-01T00:00:00Z");
    assertThat(create("Timeout", "1").json().path("timeout").asInt()).isEqualTo(1);
    assertThat(create("TaskChannel", "chat").text("task_channel_unique_name")).isEqualTo("chat");
  }

  @Test
  void readsInstantsAsEverySdkSendsThem() {
    for (var start :
        List.of(
            "2026-01-31T09:30:00Z",
            "2026-01-31T09:30:00",
            "2026-01-31T10:30:00.123+01:00",
            "2026-01-31T09:30:00.999999999Z")) {
      assertThat(create("VirtualStartTime", start).text("virtual_start_time"))
          .isEqualTo("2026-01-31T09:30:00Z");
    }
    assertThat(create("VirtualStartTime", "2026-01-31").text("virtual_start_time"))
        .isEqualTo("2026-01-31T00:00:00Z");
    assertThat(create("VirtualStartTime", clock.instant().toString()).status()).isEqualTo(201);
  }

  @Test
  void takesAttributesInlineFromAJsonBody() {
    var answer =
        ours.wire()
            .postJson(
                ours.path("Tasks"),
                """
                {"WorkflowSid": "%s", "Priority": 3, "Attributes": {"type": "support"}}"""
                    .formatted(inbound.getSid()));

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.text("attributes")).isEqualTo("{\"type\":\"support\"}");
    assertThat(answer.json().path("priority").asInt()).isEqualTo(3);
  }

  @Test
  void agesBySeconds() {
    var task = ours.task(inbound, "{}");

    clock.advance(Duration.ofMillis(12_900));

    assertThat(ours.present(task).getAge()).isEqualTo(12);
  }

  @Test
  void needsNoWorkflowWhereThereIsExactlyOne() {
    assertThat(ours.wire().post(ours.path("Tasks")).text("workflow_sid"))
        .isEqualTo(inbound.getSid());

    ours.workflow("Second", "", everyone);
    var undecided = ours.wire().post(ours.path("Tasks"));
    assertThat(undecided.status()).isEqualTo(400);
    assertThat(undecided.text("message")).startsWith("WorkflowSid field is required");

    var empty = ours.wire().post("/v1/Workspaces", "FriendlyName", "Empty").text("sid");
    assertThat(ours.wire().post("/v1/Workspaces/" + empty + "/Tasks").text("message"))
        .startsWith("WorkflowSid field is required");
  }

  @Test
  void refusesHostileInputAndWritesNothing() {
    for (var input :
        List.of(
            List.of("Attributes", "{"),
            List.of("Attributes", ""),
            List.of("Attributes", "[1]"),
            List.of("Attributes", "null"),
            List.of("Attributes", "{\"a\":1,\"a\":2}"),
            List.of("Attributes", "{\"a\":NaN}"),
            List.of("Attributes", "{\"a\":\"%s\"}".formatted("x".repeat(4089))),
            List.of("Attributes", "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}"),
            List.of("Attributes", "{\"a\":\"\0\"}"),
            List.of("Timeout", "0"),
            List.of("Timeout", "1209601"),
            List.of("Timeout", "x"),
            List.of("Priority", "-1"),
            List.of("Priority", "2147483648"),
            List.of("Priority", "1e3"),
            List.of("TaskChannel", "fax"),
            List.of("TaskChannel", Sid.next("TC")),
            List.of("WorkflowSid", foreign.getSid()),
            List.of("WorkflowSid", Sid.next("WW")),
            List.of("WorkflowSid", "WW1' OR 1=1"),
            List.of("TaskQueueSid", Sid.next("WQ")),
            List.of("TaskQueueSid", "WQ1"),
            List.of("RoutingTarget", "Anna"),
            List.of("RoutingTarget", Sid.next("WK")),
            List.of("RoutingTarget", Sid.next("WQ")),
            List.of("RoutingTarget", Sid.next("WW")),
            List.of("RoutingTarget", Sid.next("WT")),
            List.of("RoutingTarget", foreign.getSid()),
            List.of("IgnoreCapacity", "true"),
            List.of("VirtualStartTime", clock.instant().plusSeconds(1).toString()),
            List.of("VirtualStartTime", "1899-12-31T23:59:59Z"),
            List.of("VirtualStartTime", "+999999999-12-31T23:59:59Z"),
            List.of("VirtualStartTime", "yesterday"))) {
      var answer = create(input.toArray(String[]::new));
      assertThat(answer.status()).as("%.99s: %s", input, answer.body()).isEqualTo(400);
      assertThat(answer.json().path("code").asInt()).isEqualTo(20001);
      assertThat(answer.json().path("status").asInt()).isEqualTo(400);
    }
    assertThat(ours.get(ours.path("Tasks")).json().path("tasks").size()).isZero();
    assertThat(events()).isEmpty();
  }

  @Test
  void isInvisibleToOtherTenants() {
    var task = ours.task(inbound, "{}");

    for (var path : List.of(theirs.path("Tasks", sid(task)), ours.path("Tasks", sid(task)))) {
      for (var answer :
          List.of(
              theirs.get(path),
              theirs.wire().post(path, "AssignmentStatus", "canceled"),
              theirs.wire().delete(path),
              theirs.get(path + "/Reservations"))) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("code").asInt()).isEqualTo(20404);
      }
    }
    assertThat(theirs.get(path(task)).text("message"))
        .isEqualTo("The requested resource %s was not found".formatted(path(task).substring(3)));
    assertThat(ours.present(task)).isEqualTo(task);
    assertThat(theirs.wire().post(ours.path("Tasks")).status()).isEqualTo(404);
  }

  @Test
  void changesOnlyWhatIsSent() {
    var task =
        Task.creator(ours.workspace())
            .setWorkflowSid(inbound.getSid())
            .setAttributes("{\"a\":1}")
            .setPriority(4)
            .create(ours.client());
    clock.advance(Duration.ofSeconds(1));

    var update = ours.wire().post(path(task), "Priority", "9");
    assertThat(update.status()).as(update.body()).isEqualTo(200);
    assertThat(update.header("ETag")).isEqualTo("\"2\"");
    assertThat(update.json().path("priority").asInt()).isEqualTo(9);
    assertThat(update.text("attributes")).isEqualTo("{\"a\":1}");
    assertThat(update.text("date_updated")).isNotEqualTo(update.text("date_created"));

    var changed =
        ours.wire()
            .post(
                path(task),
                "Attributes",
                "{\"b\":2}",
                "TaskChannel",
                "chat",
                "VirtualStartTime",
                "2026-01-01T00:00:00Z");
    assertThat(changed.text("attributes")).isEqualTo("{\"b\":2}");
    assertThat(changed.text("task_channel_unique_name")).isEqualTo("chat");
    assertThat(changed.text("virtual_start_time")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(changed.json().path("priority").asInt()).isEqualTo(9);
    assertThat(ours.get(path(task)).header("ETag")).isEqualTo(changed.header("ETag"));
    assertThat(events())
        .containsExactly(
            "workflow.entered",
            "task-queue.entered",
            "task.created",
            "workflow.target-matched",
            "task.updated",
            "task.updated");
  }

  @Test
  void changesNothingForAnEmptyUpdate() {
    var task = ours.task(inbound, "{}");

    var same = ours.wire().post(path(task));

    assertThat(same.status()).isEqualTo(200);
    assertThat(same.header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void refusesHostileUpdatesAndWritesNothing() {
    var task = ours.task(inbound, "{}");

    for (var input :
        List.of(
            List.of("Attributes", "{"),
            List.of("Attributes", ""),
            List.of("Priority", "-1"),
            List.of("Priority", "2147483648"),
            List.of("TaskChannel", "fax"),
            List.of("AssignmentStatus", "pending"),
            List.of("AssignmentStatus", "reserved"),
            List.of("AssignmentStatus", "assigned"),
            List.of("AssignmentStatus", "done"),
            List.of("Reason", "x".repeat(4097), "AssignmentStatus", "canceled"),
            List.of("VirtualStartTime", clock.instant().plusSeconds(1).toString()),
            List.of("VirtualStartTime", "x"),
            List.of("Priority", "7", "AssignmentStatus", "completed"),
            List.of("Attributes", "{\"a\":1}", "AssignmentStatus", "completed"),
            List.of("Attributes", "{\"a\":1}", "AssignmentStatus", "wrapping"))) {
      var answer = ours.wire().post(path(task), input.toArray(String[]::new));
      assertThat(answer.status()).as("%.99s: %s", input, answer.body()).isEqualTo(400);
      assertThat(answer.json().path("code").asInt()).isEqualTo(20001);
    }
    assertThat(ours.get(path(task)).header("ETag")).isEqualTo("\"1\"");
    assertThat(ours.present(task)).isEqualTo(task);
  }

  @Test
  void changesAndGoesOnlyAtTheExpectedVersion() {
    var task = ours.task(inbound, "{}");

    for (var version : List.of("1", "\"2\"", "W/\"3\"", "*")) {
      var answer = ours.postIfMatch(version, path(task), "Priority", "" + version.length());
      assertThat(answer.status()).as(version).isEqualTo(200);
    }
    var stale = ours.postIfMatch("4", path(task), "AssignmentStatus", "canceled");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.json().path("code").asInt()).isEqualTo(20412);
    assertThat(ours.postIfMatch("x", path(task), "Priority", "1").status()).isEqualTo(400);
    assertThat(ours.deleteIfMatch("4", path(task)).status()).isEqualTo(412);
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
    assertThat(ours.deleteIfMatch("\"5\"", path(task)).status()).isEqualTo(204);
    assertThat(ours.get(path(task)).status()).isEqualTo(404);
    assertThat(ours.wire().delete(path(task)).status()).isEqualTo(404);
  }

  @Test
  void refusesIllegalChangesInTheRecordedWords() {
    var task = ours.task(inbound, "{}");
    var who =
        "task %s in workspace %s for account %s because it is not"
            .formatted(sid(task), ours.workspace(), ours.wire().user());

    illegal(task, "completed", "Cannot complete " + who + " currently assigned.");
    illegal(task, "wrapping", "Cannot wrap up a " + who + " currently assigned.");
    accepted(task, ours.availableWorker("Anna", "{}"));
    illegal(task, "canceled", "Cannot cancel " + who + " pending or reserved.");
    ours.wire().post(path(task), "AssignmentStatus", "wrapping");
    illegal(task, "canceled", "Cannot cancel " + who + " pending or reserved.");
    illegal(task, "wrapping", "Cannot wrap up a " + who + " currently assigned.");
    ours.complete(task);
    illegal(task, "completed", "Cannot complete " + who + " currently assigned.");
    illegal(task, "canceled", "Cannot cancel " + who + " pending or reserved.");
    refused(
        ours.wire().post(path(task), "Priority", "1"),
        "Expected task %s not to be over before it is changed, but it is completed"
            .formatted(sid(task)));
  }

  @Test
  void goesThroughItsLifeAndSaysSo() {
    var task = ours.task(inbound, "{}");
    accepted(task, ours.availableWorker("Anna", "{}"));
    var wrapping =
        Task.updater(ours.workspace(), sid(task))
            .setAssignmentStatus(Task.Status.WRAPPING)
            .setReason("hung up")
            .update(ours.client());
    assertThat(wrapping.getAssignmentStatus()).isEqualTo(Task.Status.WRAPPING);
    assertThat(wrapping.getReason()).isEqualTo("hung up");

    var completed = ours.complete(task);

    assertThat(completed.getAssignmentStatus()).isEqualTo(Task.Status.COMPLETED);
    assertThat(completed.getReason()).isEqualTo("done");
    assertThat(ours.present(task)).isEqualTo(completed);
    assertThat(events())
        .containsExactly(
            "workflow.entered",
            "task-queue.entered",
            "task.created",
            "workflow.target-matched",
            "reservation.created",
            "reservation.accepted",
            "task.wrapup",
            "reservation.wrapup",
            "task.completed",
            "reservation.completed",
            "task.updated");
  }

  @Test
  void keepsTheReasonOfItsEnd() {
    var task = ours.task(inbound, "{}");
    ours.availableWorker("Anna", "{}");
    ours.awaitOffer(task);

    var canceled =
        ours.wire().post(path(task), "AssignmentStatus", "canceled", "Reason", "Caller hung up");

    assertThat(canceled.text("assignment_status")).isEqualTo("canceled");
    assertThat(canceled.text("reason")).isEqualTo("Caller hung up");
    assertThat(ours.reservations(task).getFirst().getReservationStatus())
        .isEqualTo(Reservation.Status.CANCELED);
    assertThat(events()).endsWith("task.canceled", "reservation.canceled");
  }

  @Test
  void givesItsWorkerBackWheneverItIsDeleted() {
    var anna = ours.worker("Anna", "{}");
    for (var status : List.of("pending", "reserved", "assigned", "wrapping", "completed")) {
      ours.move(anna, "Offline");
      var task = ours.task(inbound, "{}");
      if (!status.equals("pending")) {
        ours.move(anna, "Available");
        ours.awaitOffer(task);
      }
      if (List.of("assigned", "wrapping", "completed").contains(status)) {
        ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
      }
      if (List.of("wrapping", "completed").contains(status)) {
        ours.wire().post(path(task), "AssignmentStatus", status);
      }
      assertThat(ours.present(task).getAssignmentStatus()).hasToString(status);

      assertThat(ours.wire().delete(path(task)).status()).as(status).isEqualTo(204);

      assertThat(ours.get(path(task)).status()).isEqualTo(404);
      assertThat(capacityOf(anna)).as(status).containsExactly("1 0 100");
      assertThat(open(anna)).as(status).isZero();
    }
    assertThat(events()).contains("task.deleted");
  }

  @Test
  void keepsItsChannelFromBeingDeletedWhileItLives() {
    var task = ours.wire().post(ours.path("Tasks"), "TaskChannel", "sms").text("sid");

    refused(ours.wire().delete(ours.path("TaskChannels", "sms")), "to be unused");
    assertThatThrownBy(() -> channelChange(task, "fax")).hasMessageContaining("TaskChannel");
    ours.wire().post(ours.path("Tasks", task), "AssignmentStatus", "canceled");

    assertThat(ours.wire().delete(ours.path("TaskChannels", "sms")).status()).isEqualTo(204);
    assertThat(ours.get(ours.path("Tasks", task)).status()).isEqualTo(200);
  }

  @Test
  void keepsWhatItNeedsEvenWhileItIsBeingCreated() {
    var fallback = ours.queue("Fallback", "1==1");
    var needed =
        List.of(
            ours.path("Workflows", inbound.getSid()),
            ours.path("TaskQueues", fallback.getSid()),
            ours.path("TaskChannels", "sms"));

    for (var path : needed) {
      var deletion =
          transaction.execute(
              status -> {
                intake.create(ours.workspaceSid(), onSms(fallback));
                var deleting = CompletableFuture.supplyAsync(() -> ours.wire().delete(path));
                await().pollDelay(Duration.ofMillis(300)).until(() -> true);
                assertThat(deleting).as(path).isNotDone();
                return deleting;
              });
      assertThat(deletion.join().status()).as(path).isEqualTo(400);
    }
    assertThat(ours.get(ours.path("Tasks"), "TaskQueueName", "Fallback").json().at("/tasks"))
        .hasSize(3);
  }

  private NewTask onSms(TaskQueue queue) {
    return new NewTask(
        null,
        null,
        "sms",
        WorkflowSid.of(inbound.getSid()),
        null,
        null,
        null,
        null,
        TaskQueueSid.of(queue.getSid()));
  }

  @Test
  void keepsItsChannelWhileItIsOffered() {
    var task = ours.task(inbound, "{}");
    ours.availableWorker("Anna", "{}");
    ours.awaitOffer(task);

    refused(
        ours.wire().post(path(task), "TaskChannel", "chat"),
        "to be pending before its TaskChannel");
    assertThat(ours.wire().post(path(task), "TaskChannel", "default").status()).isEqualTo(200);
  }

  private Wire.Answer create(String... form) {
    var parameters = new ArrayList<String>();
    if (!List.of(form).contains("WorkflowSid")) {
      parameters.addAll(List.of("WorkflowSid", inbound.getSid()));
    }
    parameters.addAll(List.of(form));
    return ours.wire().post(ours.path("Tasks"), parameters.toArray(String[]::new));
  }

  private void accepted(Task task, Worker worker) {
    var offer = ours.awaitOffer(task);
    assertThat(offer.getWorkerSid()).isEqualTo(worker.getSid());
    ours.answer(offer, Reservation.Status.ACCEPTED);
  }

  private void illegal(Task task, String status, String message) {
    var answer = ours.wire().post(path(task), "AssignmentStatus", status, "Reason", "x");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("code").asInt()).isEqualTo(20001);
    assertThat(answer.text("message")).isEqualTo(message);
    assertThat(answer.text("more_info")).endsWith("/20001");
  }

  private void channelChange(String task, String channel) {
    Task.updater(ours.workspace(), task).setTaskChannel(channel).update(ours.client());
  }

  private String path(Task task) {
    return ours.path("Tasks", task.getSid());
  }

  private static String sid(Task task) {
    return task.getSid();
  }

  private List<String> capacityOf(Worker worker) {
    return ours.get(ours.path("Workers", worker.getSid(), "Channels"))
        .json()
        .path("channels")
        .valueStream()
        .filter(channel -> channel.path("task_channel_unique_name").asString().equals("default"))
        .map(
            channel ->
                "%s %s %s"
                    .formatted(
                        channel.path("configured_capacity"),
                        channel.path("assigned_tasks"),
                        channel.path("available_capacity_percentage")))
        .toList();
  }

  private int open(Worker worker) {
    return jdbc.sql(
            """
            SELECT count(*) FROM reservation
            WHERE worker_sid = ? AND status IN ('pending', 'accepted', 'wrapping')
            """)
        .param(worker.getSid())
        .query(Integer.class)
        .single();
  }

  private List<String> events() {
    return jdbc.sql(
            "SELECT type FROM event WHERE workspace_sid = ? AND task_sid IS NOT NULL ORDER BY sid")
        .param(ours.workspace())
        .query(String.class)
        .list();
  }
}
