package dev.muster.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Event;
import com.twilio.rest.taskrouter.v1.workspace.EventReader;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Sid;
import dev.muster.web.Wire;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What happened is in the log, and is found there with the official SDK. */
class EventLogTest extends TwoTenantsTest {

  private TaskQueue everyone;
  private Worker anna;
  private Workflow workflow;

  @BeforeEach
  void haveAWorkflow() {
    everyone = ours.queue("Everyone", "1==1");
    workflow = ours.workflow("Inbound", "", everyone);
  }

  @Test
  void tellsTheWholeLifeOfATask() {
    anna = ours.availableWorker("Anna", "{\"level\": 3}");
    var task = ours.task(workflow, "{\"language\": \"größe\"}");
    var offer = ours.awaitOffer(task);
    clock.advance(Duration.ofSeconds(30));
    ours.answer(offer, Status.ACCEPTED);
    clock.advance(Duration.ofSeconds(30));
    ours.complete(task);

    var events = oldestFirst(read(it -> it.setTaskSid(task.getSid())));

    assertThat(events.stream().map(Event::getEventType))
        .containsExactly(
            "workflow.entered",
            "task-queue.entered",
            "task.created",
            "workflow.target-matched",
            "reservation.created",
            "reservation.accepted",
            "task.completed",
            "reservation.completed",
            "task.updated");
    assertThat(numbers(ours, task)).isEqualTo(IntStream.rangeClosed(1, 9).boxed().toList());
    var completed = events.get(6);
    assertThat(completed.getAccountSid()).isEqualTo(ours.wire().user());
    assertThat(completed.getWorkspaceSid()).isEqualTo(ours.workspace());
    assertThat(completed.getEventDate().toInstant().getEpochSecond())
        .isEqualTo(clock.instant().getEpochSecond());
    assertThat(completed.getEventDateMs()).isEqualTo(clock.instant().toEpochMilli());
    assertThat(completed.getDescription()).isEqualTo("Task %s completed", task.getSid());
    assertThat(completed.getActorType()).isEqualTo("workspace");
    assertThat(completed.getActorSid()).isEqualTo(ours.workspace());
    assertThat(completed.getActorUrl())
        .hasToString(ours.wire().base() + ours.path("").replaceAll("/$", ""));
    assertThat(completed.getResourceType()).isEqualTo("task");
    assertThat(completed.getResourceSid()).isEqualTo(task.getSid());
    assertThat(completed.getResourceUrl()).isEqualTo(task.getUrl());
    assertThat(completed.getSource()).isEqualTo("muster");
    assertThat(completed.getSourceIpAddress()).isNull();
    assertThat(facts(completed))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                entry("workspace_sid", ours.workspace()),
                entry("workspace_name", "Support"),
                entry("task_sid", task.getSid()),
                entry("task_attributes", task.getAttributes()),
                entry("task_age", "60"),
                entry("task_age_ms", "60000"),
                entry("task_age_in_queue_ms", "60000"),
                entry("task_priority", "0"),
                entry("task_assignment_status", "completed"),
                entry("task_completed_reason", "done"),
                entry("reason", "done"),
                entry("task_version", "4"),
                entry("task_date_created", seconds(task.getDateCreated())),
                entry("task_queue_entered_date", seconds(task.getDateCreated())),
                entry("task_virtual_start_time", seconds(task.getDateCreated())),
                entry("task_ignore_capacity", "false"),
                entry("task_channel_sid", task.getTaskChannelSid()),
                entry("task_channel_unique_name", "default"),
                entry("task_queue_sid", everyone.getSid()),
                entry("task_queue_name", "Everyone"),
                entry("task_queue_target_expression", "1==1"),
                entry("workflow_sid", workflow.getSid()),
                entry("workflow_name", "Inbound")));
    var accepted = events.get(5);
    assertThat(accepted.getResourceSid()).isEqualTo(offer.getSid());
    assertThat(accepted.getResourceUrl()).isEqualTo(offer.getUrl());
    assertThat(accepted.getDescription()).isEqualTo("Reservation %s accepted", offer.getSid());
    assertThat(facts(accepted))
        .containsAllEntriesOf(
            Map.ofEntries(
                entry("reservation_sid", offer.getSid()),
                entry("reservation_version", "2"),
                entry("task_age", "30"),
                entry("task_age_ms", "30000"),
                entry("task_age_in_queue_ms", "30000"),
                entry("task_assignment_status", "assigned"),
                entry("task_attributes", task.getAttributes()),
                entry("worker_sid", anna.getSid()),
                entry("worker_name", "Anna"),
                entry("worker_attributes", "{\"level\": 3}"),
                entry("worker_activity_sid", ours.activity("Available")),
                entry("worker_activity_name", "Available"),
                entry("worker_channel_capacity", "1"),
                entry("worker_channel_consumed_capacity", "1")));
    var ofTask = new ArrayList<>(facts(completed).keySet());
    ofTask.removeAll(List.of("reason", "task_completed_reason"));
    assertThat(facts(accepted).keySet()).containsAll(ofTask).contains("worker_version");
    assertThat(facts(events.getLast()).values())
        .allSatisfy(it -> assertThat(it).isInstanceOf(String.class));
  }

  @Test
  void tellsWhatHappensToEverythingElse() {
    var path = "/v1/Workspaces/" + ours.workspace();
    var activity = ours.wire().post(path + "/Activities", "FriendlyName", "Lunch").text("sid");
    ours.wire().post(path + "/Activities/" + activity, "FriendlyName", "Dinner");
    ours.wire().delete(path + "/Activities/" + activity);
    var channel =
        ours.wire()
            .post(path + "/TaskChannels", "FriendlyName", "Fax", "UniqueName", "fax")
            .text("sid");
    ours.wire().post(path + "/TaskChannels/" + channel, "FriendlyName", "Telefax");
    var worker = ours.worker("Ben", "{}");
    clock.advance(Duration.ofMillis(26_123));
    ours.move(worker, "Available");
    ours.wire().post(path + "/Workers/" + worker.getSid(), "Attributes", "{\"level\": 1}");
    ours.wire().post(path + "/Workers/" + worker.getSid() + "/Channels/fax", "Capacity", "5");
    ours.wire().post(path + "/Workers/" + worker.getSid() + "/Channels/fax", "Available", "false");
    ours.wire().delete(path + "/Workers/" + worker.getSid());
    ours.wire().delete(path + "/TaskChannels/" + channel);
    ours.wire().post(path + "/TaskQueues/" + everyone.getSid(), "TargetWorkers", "level > 1");
    ours.wire().post(path + "/Workflows/" + workflow.getSid(), "FriendlyName", "Calls");
    ours.wire().delete(path + "/Workflows/" + workflow.getSid());
    ours.wire().delete(path + "/TaskQueues/" + everyone.getSid());
    ours.wire().post(path, "FriendlyName", "Sales");

    var events = oldestFirst(read(it -> it));

    assertThat(events.stream().map(Event::getDescription))
        .startsWith("Workspace Support created", "Activity Offline created")
        .endsWith(
            "TaskQueue Everyone created",
            "Workflow Inbound created",
            "Activity Lunch created",
            "Activity Dinner updated",
            "Activity Dinner deleted",
            "TaskChannel Fax created",
            "TaskChannel Telefax updated",
            "Worker Ben created",
            "Worker Ben updated to Available Activity",
            "Worker Ben attributes updated",
            "Worker Ben capacity on fax updated to 5",
            "Worker Ben availability on fax updated to false",
            "Worker Ben deleted",
            "TaskChannel Telefax deleted",
            "TaskQueue Everyone expression updated",
            "Workflow Calls updated",
            "Workflow Calls deleted",
            "TaskQueue Everyone deleted",
            "Workspace Sales updated");
    assertThat(facts(of(events, "worker.activity.update")))
        .containsAllEntriesOf(
            Map.of(
                "worker_sid", worker.getSid(),
                "worker_name", "Ben",
                "worker_attributes", "{}",
                "worker_activity_sid", ours.activity("Available"),
                "worker_activity_name", "Available",
                "worker_version", "2",
                "worker_time_in_previous_activity", "26",
                "worker_time_in_previous_activity_ms", "26123",
                "worker_previous_activity_sid", ours.activity("Offline"),
                "worker_previous_activity_name", "Offline"));
    assertThat(facts(of(events, "worker.channel.availability.update")))
        .containsAllEntriesOf(
            Map.of(
                "worker_channel_available", "false",
                "worker_channel_available_capacity", "5",
                "worker_channel_previous_capacity", "5",
                "task_channel_sid", channel,
                "task_channel_unique_name", "fax",
                "worker_channel_task_count", "0"));
    assertThat(facts(of(events, "activity.deleted")))
        .containsAllEntriesOf(
            Map.of(
                "activity_sid",
                activity,
                "activity_name",
                "Dinner",
                "activity_available",
                "false"));
    assertThat(facts(of(events, "task-channel.updated")))
        .containsAllEntriesOf(
            Map.of(
                "task_channel_sid", channel,
                "task_channel_name", "Telefax",
                "task_channel_unique_name", "fax",
                "task_channel_optimized_routing", "false"));
    var expression = of(events, "task-queue.expression.updated");
    assertThat(expression.getResourceType()).isEqualTo("taskqueue");
    assertThat(expression.getResourceUrl()).isEqualTo(everyone.getUrl());
    assertThat(facts(expression)).containsEntry("task_queue_target_expression", "level > 1");
    assertThat(facts(of(events, "workflow.updated"))).containsEntry("workflow_name", "Calls");
    assertThat(facts(of(events, "workspace.updated"))).containsEntry("workspace_name", "Sales");
  }

  @Test
  void findsWhatTheFilterAsksFor() {
    anna = ours.availableWorker("Anna", "{}");
    var voice = ours.queue("Voice", "1==1");
    var calls = ours.workflow("Calls", "", voice);
    var mail = ours.task(workflow, "{}");
    var offer = ours.awaitOffer(mail);
    var call =
        Task.creator(ours.workspace())
            .setWorkflowSid(calls.getSid())
            .setTaskChannel("voice")
            .create(ours.client());
    var callOffer = ours.awaitOffer(call);

    assertThat(types(it -> it.setReservationSid(offer.getSid())))
        .containsExactly("reservation.created");
    assertThat(types(it -> it.setWorkerSid(anna.getSid())))
        .containsExactly("reservation.created", "reservation.created", "worker.created");
    assertThat(types(it -> it.setTaskQueueSid(voice.getSid())))
        .containsExactly(
            "reservation.created",
            "workflow.target-matched",
            "task.created",
            "task-queue.entered",
            "workflow.entered",
            "task-queue.created");
    assertThat(types(it -> it.setWorkflowSid(calls.getSid())))
        .containsExactly(
            "reservation.created",
            "workflow.target-matched",
            "task.created",
            "task-queue.entered",
            "workflow.entered",
            "workflow.created");
    assertThat(
            read(it -> it.setEventType("reservation.created")).stream().map(Event::getResourceSid))
        .containsExactly(callOffer.getSid(), offer.getSid());
    for (var channel : List.of("voice", call.getTaskChannelSid())) {
      assertThat(types(it -> it.setTaskChannel(channel)))
          .containsExactly(
              "reservation.created",
              "workflow.target-matched",
              "task.created",
              "task-queue.entered",
              "workflow.entered",
              "task-channel.created");
    }
    var one = read(it -> it.setEventType("task.created")).getLast();
    assertThat(read(it -> it.setSid(one.getSid()))).containsExactly(one);
    assertThat(Event.fetcher(ours.workspace(), one.getSid()).fetch(ours.client())).isEqualTo(one);
    assertThat(types(it -> it.setTaskSid(mail.getSid()).setEventType("task.created")))
        .containsExactly("task.created");
    assertThat(types(it -> it.setTaskSid(mail.getSid()).setEventType("task.canceled"))).isEmpty();
    refused(ours.get(ours.path("Events"), "TaskSid", "WT1"), "Expected TaskSid to be a SID");
    refused(ours.get(ours.path("Events"), "Minutes", "0"), "Expected Minutes to be");
  }

  @Test
  void looksBackFifteenMinutesUnlessAskedForMore() {
    var early = ours.worker("Early", "{}");
    var then = clock.instant().atZone(ZoneOffset.UTC);
    clock.advance(Duration.ofMinutes(16));
    ours.worker("Late", "{}");
    var created = "worker.created";

    assertThat(workers(it -> it.setEventType(created))).containsExactly("Late");
    assertThat(workers(it -> it.setEventType(created).setMinutes(17)))
        .containsExactly("Late", "Early");
    assertThat(workers(it -> it.setEventType(created).setStartDate(then)))
        .containsExactly("Late", "Early");
    assertThat(workers(it -> it.setEventType(created).setEndDate(then.plusMinutes(1))))
        .containsExactly("Early");
    assertThat(
            workers(
                it ->
                    it.setEventType(created)
                        .setStartDate(then.plusMinutes(1))
                        .setEndDate(then.plusMinutes(2))))
        .isEmpty();
    assertThat(workers(it -> it.setWorkerSid(early.getSid()))).isEmpty();
  }

  @Test
  void isPagedForthAndBack() {
    IntStream.range(0, 7).forEach(i -> ours.worker("Worker " + i, "{}"));
    clock.advance(Duration.ofSeconds(1));
    ours.worker("Worker 7", "{}");

    var first = ours.get(ours.path("Events"), "EventType", "worker.created", "PageSize", "3");
    var second = ours.wire().get(first.json().at("/meta/next_page_url").asString());
    var third = ours.wire().get(second.json().at("/meta/next_page_url").asString());
    var back = ours.wire().get(third.json().at("/meta/previous_page_url").asString());

    assertThat(names(first)).containsExactly("Worker 7", "Worker 6", "Worker 5");
    assertThat(names(second)).containsExactly("Worker 4", "Worker 3", "Worker 2");
    assertThat(names(third)).containsExactly("Worker 1", "Worker 0");
    assertThat(names(back)).isEqualTo(names(second));
    assertThat(workers(it -> it.setEventType("worker.created").setPageSize(3L))).hasSize(8);
  }

  @Test
  void numbersTheEventsOfATaskWithoutGapsWhoeverChangesIt() throws Exception {
    var task = ours.task(workflow, "{}");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 40; i++) {
        var attributes = "{\"turn\": %d}".formatted(i);
        threads.submit(
            () -> ours.wire().post(ours.path("Tasks", task.getSid()), "Attributes", attributes));
      }
    }

    assertThat(numbers(ours, task)).isEqualTo(IntStream.rangeClosed(1, 44).boxed().toList());
    ours.wire().delete(ours.path("Tasks", task.getSid()));
    assertThat(numbers(ours, task)).endsWith(44, 45);
    assertThat(types(it -> it.setTaskSid(task.getSid()))).startsWith("task.deleted");
  }

  @Test
  void tellsThatAnOfferFailedBesidesThatItWasCanceled() {
    anna = ours.availableWorker("Anna", "{}");
    ours.wire()
        .post(
            ours.path("Workflows", workflow.getSid()),
            "AssignmentCallbackUrl",
            "http://127.0.0.1:1/");
    var task = ours.task(workflow, "{}");

    await()
        .until(
            () ->
                ours.reservations(task).stream()
                    .anyMatch(each -> each.getReservationStatus() == Status.CANCELED));

    var events = oldestFirst(read(it -> it.setTaskSid(task.getSid())));
    assertThat(events.stream().map(Event::getEventType))
        .containsSubsequence("reservation.created", "reservation.failed", "reservation.canceled");
    assertThat(facts(of(events, "reservation.failed")))
        .containsKeys(
            "task_sid", "task_attributes", "task_queue_sid", "reservation_sid", "workflow_sid")
        .doesNotContainKeys("worker_sid", "worker_name", "worker_attributes");
  }

  @Test
  void isNobodyElsesBusiness() {
    var task = ours.task(workflow, "{}");
    var event = read(it -> it.setTaskSid(task.getSid())).getFirst();

    assertThat(theirs.get(ours.path("Events")).status()).isEqualTo(404);
    assertThat(theirs.get(ours.path("Events", event.getSid())).status()).isEqualTo(404);
    assertThat(theirs.get(theirs.path("Events", event.getSid())).status()).isEqualTo(404);
    assertThat(ours.get(ours.path("Events", Sid.next("EV"))).status()).isEqualTo(404);
    assertThat(theirs.get(theirs.path("Events"), "TaskSid", task.getSid()).json().path("events"))
        .isEmpty();
  }

  @Test
  void saysNothingOfAttributesAfterThirtyDays() {
    var task = ours.task(workflow, "{\"name\": \"Zoë\"}");
    var then = clock.instant().atZone(ZoneOffset.UTC);
    var created = read(it -> it.setEventType("task.created")).getFirst();

    clock.advance(Duration.ofDays(30).plusSeconds(1));

    var later =
        read(it -> it.setTaskSid(task.getSid()).setEventType("task.created").setStartDate(then))
            .getFirst();
    assertThat(facts(created)).containsEntry("task_attributes", "{\"name\": \"Zoë\"}");
    assertThat(facts(later))
        .containsEntry("task_attributes", "{}")
        .containsEntry("task_sid", task.getSid());
    assertThat(facts(Event.fetcher(ours.workspace(), created.getSid()).fetch(ours.client())))
        .containsEntry("task_attributes", "{}");
  }

  private List<Event> read(UnaryOperator<EventReader> filter) {
    var events = new ArrayList<Event>();
    filter.apply(Event.reader(ours.workspace())).read(ours.client()).forEach(events::add);
    return events;
  }

  private List<String> types(UnaryOperator<EventReader> filter) {
    return read(filter).stream().map(Event::getEventType).toList();
  }

  private List<Object> workers(UnaryOperator<EventReader> filter) {
    return read(filter).stream().<Object>map(it -> facts(it).get("worker_name")).toList();
  }

  private static List<Event> oldestFirst(List<Event> events) {
    return Collections.unmodifiableList(events.reversed());
  }

  private static Event of(List<Event> events, String type) {
    return events.stream().filter(it -> it.getEventType().equals(type)).findFirst().orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> facts(Event event) {
    return (Map<String, Object>) event.getEventData();
  }

  private static List<Integer> numbers(Given tenant, Task task) {
    var list = tenant.get(tenant.path("Events"), "TaskSid", task.getSid(), "PageSize", "1000");
    return list.json()
        .path("events")
        .valueStream()
        .map(event -> event.path("task_event_number").asInt())
        .sorted()
        .toList();
  }

  private static List<String> names(Wire.Answer page) {
    return page.json()
        .path("events")
        .valueStream()
        .map((JsonNode event) -> event.at("/event_data/worker_name").asString())
        .toList();
  }

  private static String seconds(ZonedDateTime date) {
    return Long.toString(date.toEpochSecond());
  }
}
