package dev.muster.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.twilio.exception.ApiException;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.WorkspaceCumulativeStatistics;
import com.twilio.rest.taskrouter.v1.workspace.WorkspaceRealTimeStatistics;
import com.twilio.rest.taskrouter.v1.workspace.WorkspaceStatistics;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.taskqueue.TaskQueueBulkRealTimeStatistics;
import com.twilio.rest.taskrouter.v1.workspace.taskqueue.TaskQueueCumulativeStatistics;
import com.twilio.rest.taskrouter.v1.workspace.taskqueue.TaskQueueRealTimeStatistics;
import com.twilio.rest.taskrouter.v1.workspace.taskqueue.TaskQueueStatistics;
import com.twilio.rest.taskrouter.v1.workspace.taskqueue.TaskQueuesStatistics;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerStatistics;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkersCumulativeStatistics;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkersRealTimeStatistics;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkersStatistics;
import com.twilio.rest.taskrouter.v1.workspace.workflow.WorkflowCumulativeStatistics;
import com.twilio.rest.taskrouter.v1.workspace.workflow.WorkflowRealTimeStatistics;
import com.twilio.rest.taskrouter.v1.workspace.workflow.WorkflowStatistics;
import dev.muster.given.TwoTenantsTest;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A hundred seconds in a contact centre, whose figures can be reckoned by hand.
 *
 * <pre>
 *   0 s  Ana (Spanish) and Ben are Offline; task A (Spanish) and task B (chat, priority 3) come
 *  10 s  Ana is Available and is offered both
 *  30 s  Ana accepts A
 *  40 s  task C (Spanish) comes
 *  45 s  B is canceled, and so is its offer
 *  50 s  Ana wraps A up
 *  60 s  Ana completes A and is offered C
 *  70 s  Ana rejects C and is Unavailable
 * 100 s  now
 * </pre>
 */
class StatisticsTest extends TwoTenantsTest {

  @Autowired RollUps rollUps;
  @Autowired TaskRouting routing;

  private Instant began;
  private TaskQueue spanish;
  private TaskQueue everyone;
  private Workflow inbound;
  private Worker ana;
  private Worker ben;
  private Task waiting;

  @BeforeEach
  void workForAHundredSeconds() {
    clock.stopAt(Instant.parse("2026-10-05T11:58:50.250Z"));
    began = clock.instant();
    spanish = ours.queue("Spanish", "languages HAS 'es'");
    everyone = ours.queue("Everyone", "1==1");
    inbound =
        ours.workflow(
            "Inbound",
            """
            {"expression": "language == 'es'", "targets": [{"queue": "%s"}]}"""
                .formatted(spanish.getSid()),
            everyone);
    ana = ours.worker("Ana", "{\"languages\": [\"es\"]}");
    ben = ours.worker("Ben", "{}");
    var first = ours.task(inbound, "{\"language\": \"es\"}");
    var second =
        Task.creator(ours.workspace())
            .setWorkflowSid(inbound.getSid())
            .setTaskChannel("chat")
            .setPriority(3)
            .create(ours.client());
    at(10);
    ours.move(ana, "Available");
    var offer = ours.awaitOffer(first);
    ours.awaitOffer(second);
    at(30);
    ours.answer(offer, Reservation.Status.ACCEPTED);
    at(40);
    waiting = ours.task(inbound, "{\"language\": \"es\"}");
    at(45);
    Task.updater(ours.workspace(), second.getSid())
        .setAssignmentStatus(Task.Status.CANCELED)
        .update(ours.client());
    at(50);
    Task.updater(ours.workspace(), first.getSid())
        .setAssignmentStatus(Task.Status.WRAPPING)
        .update(ours.client());
    at(60);
    ours.complete(first);
    var declined = ours.awaitOffer(waiting);
    at(70);
    Reservation.updater(ours.workspace(), waiting.getSid(), declined.getSid())
        .setReservationStatus(Reservation.Status.REJECTED)
        .setWorkerActivitySid(ours.activity("Unavailable"))
        .update(ours.client());
    at(100);
    theirs.task(theirs.workflow("Inbound", "", theirs.queue("Everyone", "1==1")), "{}");
  }

  private void at(int seconds) {
    clock.stopAt(began.plusSeconds(seconds));
  }

  private ZonedDateTime time(int seconds) {
    return began.plusSeconds(seconds).atZone(ZoneOffset.UTC);
  }

  @Test
  void countsAWorkspace() {
    var now = WorkspaceRealTimeStatistics.fetcher(ours.workspace()).fetch(ours.client());
    assertThat(now.getTasksByStatus()).isEqualTo(statuses(1));
    assertThat(now.getTasksByPriority()).isEqualTo(Map.of("0", 1));
    assertThat(now.getTotalTasks()).isEqualTo(1);
    assertThat(now.getLongestTaskWaitingAge()).isEqualTo(60);
    assertThat(now.getLongestTaskWaitingSid()).isEqualTo(waiting.getSid());
    assertThat(now.getTotalWorkers()).isEqualTo(2);
    assertThat(now.getActivityStatistics())
        .containsExactly(
            activity("Offline", 1), activity("Available", 0), activity("Unavailable", 1));
    assertThat(now.getWorkspaceSid()).isEqualTo(ours.workspace());
    assertThat(now.getUrl().getPath()).isEqualTo(ours.path("RealTimeStatistics"));

    var past =
        WorkspaceCumulativeStatistics.fetcher(ours.workspace())
            .setSplitByWaitTime("30,44")
            .fetch(ours.client());
    assertThat(past.getTasksCreated()).isEqualTo(3);
    assertThat(past.getTasksCompleted()).isEqualTo(1);
    assertThat(past.getTasksCanceled()).isEqualTo(1);
    assertThat(past.getTasksDeleted()).isZero();
    assertThat(past.getTasksMoved()).isZero();
    assertThat(past.getTasksTimedOutInWorkflow()).isZero();
    assertThat(past.getReservationsCreated()).isEqualTo(3);
    assertThat(past.getReservationsAccepted()).isEqualTo(1);
    assertThat(past.getReservationsRejected()).isEqualTo(1);
    assertThat(past.getReservationsCanceled()).isEqualTo(1);
    assertThat(past.getReservationsTimedOut()).isZero();
    assertThat(past.getReservationsRescinded()).isZero();
    assertThat(past.getAvgTaskAcceptanceTime()).isEqualTo(30);
    assertThat(past.getWaitDurationUntilAccepted()).isEqualTo(seconds(30, 30, 30, 30));
    assertThat(past.getWaitDurationUntilCanceled()).isEqualTo(seconds(45, 45, 45, 45));
    assertThat(past.getSplitByWaitTime())
        .isEqualTo(
            Map.of(
                "30", Map.of("below", counts(0, 1), "above", counts(1, 0)),
                "44", Map.of("below", counts(0, 1), "above", counts(1, 0))));
    assertThat(past.getStartTime()).isEqualTo(time(100 - 900).withNano(0));
    assertThat(past.getEndTime()).isEqualTo(time(100).withNano(0));

    var both = WorkspaceStatistics.fetcher(ours.workspace()).fetch(ours.client());
    assertThat(map(both.getRealtime()))
        .containsEntry("total_tasks", 1)
        .containsEntry("total_workers", 2)
        .containsEntry("tasks_by_status", statuses(1));
    assertThat(map(both.getCumulative()))
        .containsEntry("avg_task_acceptance_time", 30.0)
        .containsEntry("tasks_created", 3)
        .containsEntry("reservations_created", 3)
        .containsEntry("start_time", "2026-10-05T11:45:30Z")
        .containsEntry("end_time", "2026-10-05T12:00:30Z");
  }

  @Test
  void countsAQueue() {
    var now =
        TaskQueueRealTimeStatistics.fetcher(ours.workspace(), spanish.getSid())
            .fetch(ours.client());
    assertThat(now.getTasksByStatus()).isEqualTo(statuses(1));
    assertThat(now.getTasksByPriority()).isEqualTo(Map.of("0", 1));
    assertThat(now.getTotalTasks()).isEqualTo(1);
    assertThat(now.getLongestTaskWaitingAge()).isEqualTo(60);
    assertThat(now.getLongestTaskWaitingSid()).isEqualTo(waiting.getSid());
    assertThat(now.getLongestRelativeTaskAgeInQueue()).isEqualTo(60);
    assertThat(now.getLongestRelativeTaskSidInQueue()).isEqualTo(waiting.getSid());
    assertThat(now.getTotalEligibleWorkers()).isEqualTo(1);
    assertThat(now.getTotalAvailableWorkers()).isZero();
    assertThat(now.getActivityStatistics())
        .containsExactly(
            activity("Offline", 0), activity("Available", 0), activity("Unavailable", 1));

    var past =
        TaskQueueCumulativeStatistics.fetcher(ours.workspace(), spanish.getSid())
            .setMinutes(2)
            .fetch(ours.client());
    assertThat(past.getTasksEntered()).isEqualTo(2);
    assertThat(past.getTasksCompleted()).isEqualTo(1);
    assertThat(past.getTasksCanceled()).isZero();
    assertThat(past.getReservationsCreated()).isEqualTo(2);
    assertThat(past.getReservationsAccepted()).isEqualTo(1);
    assertThat(past.getReservationsRejected()).isEqualTo(1);
    assertThat(past.getWaitDurationInQueueUntilAccepted()).isEqualTo(seconds(30, 30, 30, 30));
    assertThat(past.getWaitDurationUntilCanceled()).isEqualTo(seconds(0, 0, 0, 0));
    assertThat(past.getSplitByWaitTime()).isNull();
    assertThat(past.getTaskQueueSid()).isEqualTo(spanish.getSid());

    var both =
        TaskQueueStatistics.fetcher(ours.workspace(), everyone.getSid()).fetch(ours.client());
    assertThat(map(both.getRealtime()))
        .containsEntry("total_tasks", 0)
        .containsEntry("total_eligible_workers", 2)
        .containsEntry("longest_task_waiting_sid", null);
    assertThat(map(both.getCumulative()))
        .containsEntry("tasks_entered", 1)
        .containsEntry("tasks_canceled", 1)
        .containsEntry("reservations_canceled", 1)
        .containsEntry("avg_task_acceptance_time", 0.0);
  }

  @Test
  void countsManyQueuesAtOnce() {
    var listed = new ArrayList<TaskQueuesStatistics>();
    TaskQueuesStatistics.reader(ours.workspace())
        .setPageSize(1L)
        .read(ours.client())
        .forEach(listed::add);
    assertThat(listed)
        .extracting(TaskQueuesStatistics::getTaskQueueSid)
        .containsExactly(spanish.getSid(), everyone.getSid());
    assertThat(map(listed.getFirst().getCumulative())).containsEntry("tasks_entered", 2);
    assertThat(map(listed.getLast().getCumulative())).containsEntry("tasks_entered", 1);
    assertThat(map(listed.getLast().getRealtime())).containsEntry("total_eligible_workers", 2);
    assertThat(
            TaskQueuesStatistics.reader(ours.workspace())
                .setFriendlyName("spanish")
                .read(ours.client()))
        .hasSize(1);

    var foreign = theirs.queue("Foreign", "1==1").getSid();
    var bulk =
        TaskQueueBulkRealTimeStatistics.creator(ours.workspace())
            .setBody(Map.of("queueSids", List.of(spanish.getSid(), foreign)))
            .create(ours.client());
    assertThat(bulk.getTaskQueueResponseCount()).isEqualTo(2);
    assertThat(map(bulk.getTaskQueueData().getFirst()))
        .containsEntry("task_queue_sid", spanish.getSid())
        .containsEntry("total_tasks", 1)
        .containsEntry("longest_task_waiting_age", 60)
        .containsEntry("total_eligible_workers", 1);
    assertThat(map(bulk.getTaskQueueData().getLast()))
        .containsEntry("task_queue_sid", foreign)
        .containsEntry("total_tasks", 0)
        .containsEntry("total_eligible_workers", 0);
  }

  @Test
  void countsAWorkflow() {
    var now =
        WorkflowRealTimeStatistics.fetcher(ours.workspace(), inbound.getSid()).fetch(ours.client());
    assertThat(now.getTotalTasks()).isEqualTo(1);
    assertThat(now.getTasksByStatus()).isEqualTo(statuses(1));
    assertThat(now.getLongestTaskWaitingSid()).isEqualTo(waiting.getSid());

    var past =
        WorkflowCumulativeStatistics.fetcher(ours.workspace(), inbound.getSid())
            .setSplitByWaitTime("45")
            .fetch(ours.client());
    assertThat(past.getTasksEntered()).isEqualTo(3);
    assertThat(past.getTasksCompleted()).isEqualTo(1);
    assertThat(past.getTasksCanceled()).isEqualTo(1);
    assertThat(past.getReservationsCreated()).isEqualTo(3);
    assertThat(past.getReservationsAccepted()).isEqualTo(1);
    assertThat(past.getReservationsCanceled()).isEqualTo(1);
    assertThat(past.getWaitDurationUntilAccepted()).isEqualTo(seconds(30, 30, 30, 30));
    assertThat(past.getSplitByWaitTime())
        .isEqualTo(Map.of("45", Map.of("below", counts(1, 1), "above", counts(0, 0))));

    var both = WorkflowStatistics.fetcher(ours.workspace(), inbound.getSid()).fetch(ours.client());
    assertThat(map(both.getRealtime())).containsEntry("total_tasks", 1);
    assertThat(map(both.getCumulative())).containsEntry("tasks_entered", 3);
  }

  @Test
  void countsWorkers() {
    var now = WorkersRealTimeStatistics.fetcher(ours.workspace()).fetch(ours.client());
    assertThat(now.getTotalWorkers()).isEqualTo(2);
    assertThat(now.getActivityStatistics()).contains(activity("Unavailable", 1));

    var past = WorkersCumulativeStatistics.fetcher(ours.workspace()).fetch(ours.client());
    assertThat(past.getReservationsCreated()).isEqualTo(3);
    assertThat(past.getReservationsAccepted()).isEqualTo(1);
    assertThat(past.getActivityDurations())
        .containsExactly(
            duration("Offline", 55, 10, 100, 110),
            duration("Available", 60, 60, 60, 60),
            duration("Unavailable", 30, 30, 30, 30));

    var hers = WorkerStatistics.fetcher(ours.workspace(), ana.getSid()).fetch(ours.client());
    assertThat(hers.getWorkerSid()).isEqualTo(ana.getSid());
    assertThat(map(hers.getCumulative()))
        .containsEntry("reservations_created", 3)
        .containsEntry("reservations_rejected", 1)
        .containsEntry(
            "activity_durations",
            List.of(
                duration("Offline", 10, 10, 10, 10),
                duration("Available", 60, 60, 60, 60),
                duration("Unavailable", 30, 30, 30, 30)));

    var bens =
        WorkersStatistics.fetcher(ours.workspace()).setFriendlyName("ben").fetch(ours.client());
    assertThat(map(bens.getRealtime())).containsEntry("total_workers", 1);
    assertThat(map(bens.getCumulative()))
        .containsEntry("reservations_created", 0)
        .containsEntry(
            "activity_durations",
            List.of(
                duration("Offline", 100, 100, 100, 100),
                duration("Available", 0, 0, 0, 0),
                duration("Unavailable", 0, 0, 0, 0)));
    var spanishSpeakers =
        WorkersStatistics.fetcher(ours.workspace())
            .setTaskQueueName("Spanish")
            .setTaskQueueSid(spanish.getSid())
            .fetch(ours.client());
    assertThat(map(spanishSpeakers.getRealtime())).containsEntry("total_workers", 1);
    assertThat(map(spanishSpeakers.getCumulative())).containsEntry("reservations_created", 3);
  }

  @Test
  void narrowsFiguresToATaskChannel() {
    for (var name : List.of("chat", channel("chat"))) {
      var past =
          WorkspaceCumulativeStatistics.fetcher(ours.workspace())
              .setTaskChannel(name)
              .fetch(ours.client());
      assertThat(past.getTasksCreated()).isEqualTo(1);
      assertThat(past.getTasksCanceled()).isEqualTo(1);
      assertThat(past.getReservationsCreated()).isEqualTo(1);
      assertThat(past.getReservationsAccepted()).isZero();
    }
    var now =
        WorkspaceRealTimeStatistics.fetcher(ours.workspace())
            .setTaskChannel("chat")
            .fetch(ours.client());
    assertThat(now.getTotalTasks()).isZero();
    assertThat(now.getTotalWorkers()).isEqualTo(2);
  }

  @Test
  void countsWhatHappenedFromOneInstantToAnother() {
    clock.advance(Duration.ofHours(50));

    for (var rolledUp : List.of(false, true)) {
      if (rolledUp) {
        rollUp();
      }
      var past =
          WorkspaceCumulativeStatistics.fetcher(ours.workspace())
              .setStartDate(time(40).withNano(0))
              .setEndDate(time(51).withNano(0))
              .fetch(ours.client());
      assertThat(past.getTasksCreated()).isEqualTo(1);
      assertThat(past.getTasksCanceled()).isEqualTo(1);
      assertThat(past.getReservationsAccepted()).isZero();
      assertThat(past.getTasksCompleted()).isZero();
      var all =
          WorkspaceCumulativeStatistics.fetcher(ours.workspace())
              .setMinutes(3 * 24 * 60)
              .setSplitByWaitTime("30,45")
              .fetch(ours.client());
      assertThat(all.getTasksCreated()).isEqualTo(3);
      assertThat(all.getWaitDurationUntilCanceled()).isEqualTo(seconds(45, 45, 45, 45));
      assertThat(all.getSplitByWaitTime())
          .isEqualTo(
              Map.of(
                  "30", Map.of("below", counts(0, 1), "above", counts(1, 0)),
                  "45", Map.of("below", counts(1, 1), "above", counts(0, 0))));
    }
    var lastQuarter = WorkspaceCumulativeStatistics.fetcher(ours.workspace()).fetch(ours.client());
    assertThat(lastQuarter.getTasksCreated()).isZero();
  }

  @Test
  void countsOnlyThePartOfAStayThatIsInTheWindow() {
    var past =
        WorkerStatistics.fetcher(ours.workspace(), ana.getSid())
            .setStartDate(time(5))
            .setEndDate(time(40))
            .fetch(ours.client());

    var durations = (List<?>) map(past.getCumulative()).get("activity_durations");
    assertThat(durations.toString())
        .contains("friendly_name=Offline, avg=5, min=5, max=5, total=5")
        .contains("friendly_name=Available, avg=30, min=30, max=30, total=30")
        .contains("friendly_name=Unavailable, avg=0, min=0, max=0, total=0");
  }

  @Test
  void keepsTheStaysOfWorkersWhoAreGone() {
    Worker.deleter(ours.workspace(), ben.getSid()).delete(ours.client());
    clock.advance(Duration.ofSeconds(20));

    var past = WorkersCumulativeStatistics.fetcher(ours.workspace()).fetch(ours.client());

    assertThat(past.getActivityDurations()).contains(duration("Offline", 55, 10, 100, 110));
  }

  @Test
  void countsAMoveForTheQueueThatWasLeft() {
    var steps =
        ours.workflow(
            "Steps",
            """
            {"expression": "1==1", "targets": [
              {"queue": "%s", "timeout": 30, "expression": "worker.level > 9"}, {"queue": "%s"}]}"""
                .formatted(spanish.getSid(), everyone.getSid()),
            everyone);
    var task = ours.task(steps, "{}");
    clock.advance(Duration.ofSeconds(31));
    assertThat(routing.doWhatIsDue(ours.workspaceSid(), TaskSid.of(task.getSid()))).isTrue();

    var left =
        TaskQueueCumulativeStatistics.fetcher(ours.workspace(), spanish.getSid())
            .fetch(ours.client());
    var entered =
        TaskQueueCumulativeStatistics.fetcher(ours.workspace(), everyone.getSid())
            .fetch(ours.client());
    assertThat(left.getTasksMoved()).isEqualTo(1);
    assertThat(entered.getTasksMoved()).isZero();
    assertThat(entered.getTasksEntered()).isEqualTo(2);
    assertThat(
            WorkflowCumulativeStatistics.fetcher(ours.workspace(), steps.getSid())
                .fetch(ours.client())
                .getTasksMoved())
        .isEqualTo(1);
  }

  @Test
  void tellsHowWellAQueueServes() {
    ours.task(inbound, "{\"language\": \"es\"}");
    var path = "/muster" + ours.path("TaskQueues", spanish.getSid(), "Service");

    var service = ours.get(path, "Within", "30", "Minutes", "15").json();

    assertThat(service.path("answered").asInt()).isEqualTo(1);
    assertThat(service.path("answered_within").asInt()).isEqualTo(1);
    assertThat(service.path("abandoned").asInt()).isZero();
    assertThat(service.path("service_level").asDouble()).isEqualTo(1.0);
    assertThat(service.path("wrap_up_time").path("avg").asInt()).isEqualTo(10);
    assertThat(service.path("workers_eligible").asInt()).isEqualTo(1);
    assertThat(service.path("workers_logged_in").asInt()).isEqualTo(1);
    assertThat(service.path("workers_available").asInt()).isZero();
    // Two wait, it would be the third, and one was accepted in 900 seconds.
    assertThat(service.path("estimated_wait").toString())
        .isEqualTo("[{\"priority\":0,\"tasks_ahead\":2,\"seconds\":2700}]");
    assertThat(ours.get(path, "Within", "29").json().path("service_level").asDouble()).isZero();

    var all = ours.get("/muster" + ours.path("TaskQueues", "Service")).json();
    assertThat(all.path("services").size()).isEqualTo(2);
    assertThat(all.path("services").path(1).path("abandoned").asInt()).isEqualTo(1);
    assertThat(all.path("services").path(1).path("workers_logged_in").asInt()).isEqualTo(1);
    assertThat(all.path("services").path(1).path("estimated_wait").path(0).path("seconds").isNull())
        .isTrue();
    assertThat(theirs.get(path).status()).isEqualTo(404);
  }

  @Test
  void keepsTenantsApart() {
    var theirPast =
        WorkspaceCumulativeStatistics.fetcher(theirs.workspace()).fetch(theirs.client());
    assertThat(theirPast.getTasksCreated()).isEqualTo(1);
    assertThat(theirPast.getReservationsCreated()).isZero();

    for (var path :
        List.of(
            ours.path("Statistics"),
            ours.path("RealTimeStatistics"),
            ours.path("CumulativeStatistics"),
            ours.path("TaskQueues", "Statistics"),
            ours.path("Workers", "Statistics"),
            theirs.path("TaskQueues", spanish.getSid(), "Statistics"),
            theirs.path("TaskQueues", spanish.getSid(), "RealTimeStatistics"),
            theirs.path("TaskQueues", spanish.getSid(), "CumulativeStatistics"),
            theirs.path("Workflows", inbound.getSid(), "Statistics"),
            theirs.path("Workflows", inbound.getSid(), "RealTimeStatistics"),
            theirs.path("Workflows", inbound.getSid(), "CumulativeStatistics"),
            theirs.path("Workers", ana.getSid(), "Statistics"))) {
      assertThat(theirs.get(path).status()).as(path).isEqualTo(404);
    }
    assertThatThrownBy(() -> WorkspaceStatistics.fetcher(ours.workspace()).fetch(theirs.client()))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.getStatusCode()).isEqualTo(404));
  }

  @Test
  void forgetsTheFiguresOfAWorkspaceWithIt() {
    rollUp();

    assertThat(ours.wire().delete("/v1/Workspaces/" + ours.workspace()).status()).isEqualTo(204);

    assertThat(
            jdbc.sql(
                    """
                    SELECT (SELECT count(*) FROM tally WHERE workspace_sid = :workspace)
                      + (SELECT count(*) FROM wait_tally WHERE workspace_sid = :workspace)
                    """)
                .param("workspace", ours.workspace())
                .query(Integer.class)
                .single())
        .isZero();
  }

  private void rollUp() {
    await("all events to be in the tallies")
        .until(
            () -> {
              rollUps.run();
              return jdbc.sql(
                      """
                      SELECT NOT EXISTS (SELECT FROM event WHERE workspace_sid = :workspace
                        AND tx >= (SELECT counted_before FROM tally_progress))
                      """)
                  .param("workspace", ours.workspace())
                  .query(Boolean.class)
                  .single();
            });
  }

  private String channel(String name) {
    return jdbc.sql(
            "SELECT sid FROM task_channel WHERE workspace_sid = :workspace AND unique_name = :name")
        .param("workspace", ours.workspace())
        .param("name", name)
        .query(String.class)
        .single();
  }

  private Map<String, Object> activity(String name, int workers) {
    return Map.of("sid", ours.activity(name), "friendly_name", name, "workers", workers);
  }

  private Map<String, Object> duration(String name, int avg, int min, int max, int total) {
    return Map.of(
        "sid",
        ours.activity(name),
        "friendly_name",
        name,
        "avg",
        avg,
        "min",
        min,
        "max",
        max,
        "total",
        total);
  }

  private static Map<String, Integer> statuses(int pending) {
    return Map.of("pending", pending, "reserved", 0, "assigned", 0, "wrapping", 0);
  }

  private static Map<String, Integer> seconds(int avg, int min, int max, int total) {
    return Map.of("avg", avg, "min", min, "max", max, "total", total);
  }

  private static Map<String, Integer> counts(int canceled, int accepted) {
    return Map.of("tasks_canceled", canceled, "reservations_accepted", accepted);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object answer) {
    return (Map<String, Object>) answer;
  }
}
