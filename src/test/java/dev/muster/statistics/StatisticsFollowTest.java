package dev.muster.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.given.TwoTenantsTest;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Figures follow what happens without delay: the next answer has it. */
class StatisticsFollowTest extends TwoTenantsTest {

  @Autowired TaskRouting routing;
  @Autowired Reservations reservations;

  private TaskQueue everyone;
  private Workflow inbound;

  @BeforeEach
  void openForBusiness() {
    clock.stopAt(Instant.parse("2026-10-05T12:00:00Z"));
    everyone = ours.queue("Everyone", "1==1");
    inbound = ours.workflow("Inbound", "", everyone);
  }

  @Test
  void followsATaskFromStatusToStatus() {
    var task = ours.task(inbound, "{}");
    assertLive("pending");
    ours.availableWorker("Ana", "{}");
    var offer = ours.awaitOffer(task);
    assertLive("reserved");
    assertThat(past().path("reservations_created").asInt()).isEqualTo(1);
    ours.answer(offer, Reservation.Status.ACCEPTED);
    assertLive("assigned");
    assertThat(past().path("reservations_accepted").asInt()).isEqualTo(1);
    Task.updater(ours.workspace(), task.getSid())
        .setAssignmentStatus(Task.Status.WRAPPING)
        .update(ours.client());
    assertLive("wrapping");
    assertThat(past().path("tasks_completed").asInt()).isZero();
    ours.complete(task);
    assertThat(live(Scope.WORKSPACE).path("total_tasks").asInt()).isZero();
    assertThat(past().path("tasks_completed").asInt()).isEqualTo(1);
  }

  @Test
  void countsOffersThatLapseOrAreRescinded() {
    TaskQueue.updater(ours.workspace(), everyone.getSid())
        .setMaxReservedWorkers(2)
        .update(ours.client());
    ours.availableWorker("Ana", "{}");
    ours.availableWorker("Ben", "{}");
    var task = ours.task(inbound, "{}");
    await("both to be asked").until(() -> ours.pending(task), offers -> offers.size() == 2);
    ours.answer(ours.pending(task).getFirst(), Reservation.Status.ACCEPTED);
    assertThat(past().path("reservations_rescinded").asInt()).isEqualTo(1);

    var lapsing = ours.awaitOffer(ours.task(inbound, "{}"));
    clock.advance(Duration.ofMinutes(3));
    assertThat(reservations.expire(ours.workspaceSid(), ReservationSid.of(lapsing.getSid())))
        .isTrue();
    assertThat(past().path("reservations_timed_out").asInt()).isEqualTo(1);
    assertThat(past().path("reservations_created").asInt()).isEqualTo(3);
  }

  @Test
  void countsTasksThatNobodyTakesInTimeAndTasksThatAreDeleted() {
    var brief =
        ours.workflow(
            "Brief",
            """
            {"expression": "1==1", "targets": [{"queue": "%s", "timeout": 30}]}"""
                .formatted(everyone.getSid()),
            everyone);
    var late = ours.task(brief, "{}");
    Task.deleter(ours.workspace(), ours.task(inbound, "{}").getSid()).delete(ours.client());
    clock.advance(Duration.ofSeconds(31));
    assertThat(routing.doWhatIsDue(ours.workspaceSid(), TaskSid.of(late.getSid()))).isTrue();

    var past = past();
    assertThat(past.path("tasks_deleted").asInt()).isEqualTo(1);
    assertThat(past.path("tasks_timed_out_in_workflow").asInt()).isEqualTo(1);
    assertThat(past.path("tasks_canceled").asInt()).isEqualTo(1);
  }

  @Test
  void leavesTheSecondWaitOfATaskThatIsHandedOnOutOfTheSplit() {
    var ana = ours.availableWorker("Ana", "{}");
    var task = ours.task(inbound, "{}");
    var first = ours.awaitOffer(task);
    clock.advance(Duration.ofSeconds(10));
    ours.answer(first, Reservation.Status.ACCEPTED);
    clock.advance(Duration.ofSeconds(40));
    var ben = ours.availableWorker("Ben", "{}");
    var handedOn =
        ours.wire()
            .post(
                "/muster" + ours.path("Workers", ana.getSid(), "Transfers"),
                "TaskSid",
                task.getSid(),
                "ReservationSid",
                first.getSid(),
                "To",
                ben.getSid());
    assertThat(handedOn.status()).as(handedOn.body()).isEqualTo(201);
    var second = ours.awaitOffer(task);
    clock.advance(Duration.ofSeconds(30));
    ours.answer(second, Reservation.Status.ACCEPTED);

    var past =
        ours.get(ours.path("CumulativeStatistics"), "SplitByWaitTime", "10,80", "Minutes", "15")
            .json();
    assertThat(past.path("reservations_accepted").asInt()).isEqualTo(2);
    assertThat(past.path("wait_duration_until_accepted").toString())
        .isEqualTo("{\"avg\":45,\"min\":10,\"max\":80,\"total\":90}");
    for (var threshold : List.of("10", "80")) {
      var split = past.path("split_by_wait_time").path(threshold);
      assertThat(split.path("below").path("reservations_accepted").asInt()).isEqualTo(1);
      assertThat(split.path("above").path("reservations_accepted").asInt()).isZero();
    }
    assertThat(service().path("answered").asInt()).isEqualTo(1);
    assertThat(service().path("service_level").asDouble()).isEqualTo(1.0);
  }

  @Test
  void estimatesTheWaitAtEachPriority() {
    var ana = ours.availableWorker("Ana", "{}");
    var task = ours.task(inbound, "{}");
    ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
    ours.move(ana, "Offline");
    ours.complete(task);
    for (var priority : List.of(0, 7, 5, 0)) {
      Task.creator(ours.workspace())
          .setWorkflowSid(inbound.getSid())
          .setPriority(priority)
          .create(ours.client());
    }

    assertThat(service().path("estimated_wait").toString())
        .isEqualTo(
            """
            [{"priority":7,"tasks_ahead":1,"seconds":1800},\
            {"priority":5,"tasks_ahead":2,"seconds":2700},\
            {"priority":0,"tasks_ahead":4,"seconds":4500}]""");
    assertThat(service().path("workers_logged_in").asInt()).isZero();
    assertThat(service().path("workers_eligible").asInt()).isEqualTo(1);

    TaskQueue.updater(ours.workspace(), everyone.getSid())
        .setTaskOrder(TaskQueue.TaskOrder.LIFO)
        .update(ours.client());
    assertThat(service().path("estimated_wait").valueStream())
        .allSatisfy(estimate -> assertThat(estimate.path("seconds").asInt()).isEqualTo(900));
  }

  private void assertLive(String status) {
    for (var of : Scope.values()) {
      var live = live(of);
      assertThat(live.path("total_tasks").asInt()).as("%s", of).isEqualTo(1);
      assertThat(live.path("tasks_by_status").path(status).asInt()).as("%s", of).isEqualTo(1);
      assertThat(live.path("tasks_by_priority").path("0").asInt()).as("%s", of).isEqualTo(1);
    }
  }

  private JsonNode live(Scope of) {
    return ours.get(
            switch (of) {
              case WORKSPACE -> ours.path("RealTimeStatistics");
              case QUEUE -> ours.path("TaskQueues", everyone.getSid(), "RealTimeStatistics");
              case WORKFLOW -> ours.path("Workflows", inbound.getSid(), "RealTimeStatistics");
            })
        .json();
  }

  private JsonNode past() {
    return ours.get(ours.path("CumulativeStatistics")).json();
  }

  private JsonNode service() {
    return ours.get("/muster" + ours.path("TaskQueues", everyone.getSid(), "Service")).json();
  }
}
