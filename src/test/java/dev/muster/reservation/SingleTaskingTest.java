package dev.muster.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation.Status;
import dev.muster.assignment.Rounds;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.workspace.Multitasking;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Where a workspace does not multitask, what a worker is doing follows the worker's one task. */
class SingleTaskingTest extends TwoTenantsTest {

  @Autowired Reservations reservations;
  @Autowired Multitasking multitasking;
  @Autowired ApplicationContext context;

  Given single;
  TaskQueue calls;
  Workflow inbound;
  Worker anna;

  @BeforeEach
  void given() {
    var sid =
        acme.post("/v1/Workspaces", "FriendlyName", "Single", "MultiTaskEnabled", "false")
            .text("sid");
    single = new Given(sid, ours.client(), acme);
    calls = queue("Calls");
    inbound = single.workflow("Inbound", "", calls);
    anna = single.availableWorker("Anna", "{}");
  }

  @Test
  void movesTheWorkerToReservedAndToAssigned() {
    var offer = single.awaitOffer(single.task(inbound, "{}"));
    assertThat(activity(anna)).isEqualTo("Reserved");

    single.answer(offer, Status.ACCEPTED);
    assertThat(activity(anna)).isEqualTo("On a call");

    single.answer(offer, Status.COMPLETED);
    assertThat(activity(anna)).isEqualTo("On a call");
  }

  @Test
  void offersNothingElseMeanwhileOnWhateverChannel() {
    var offer = single.awaitOffer(single.task(inbound, "{}"));

    var other = Task.creator(single.workspace()).setTaskChannel("chat").create(single.client());
    single.answer(offer, Status.ACCEPTED);
    single.answer(offer, Status.COMPLETED);
    Rounds.of(context).awaitRest();
    assertThat(single.pending(other)).isEmpty();

    single.move(anna, "Available");
    assertThat(single.awaitOffer(other).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void offersOneOfTheTasksThatWaitedOnDifferentChannels() {
    single.move(anna, "Offline");
    var first = single.task(inbound, "{}");
    clock.advance(Duration.ofSeconds(1));
    var second = Task.creator(single.workspace()).setTaskChannel("chat").create(single.client());

    single.move(anna, "Available");

    single.awaitOffer(first);
    Rounds.of(context).awaitRest();
    assertThat(single.pending(second)).isEmpty();
  }

  @Test
  void offersAllTheTasksThatWaitedIfTheirQueueLeavesTheWorkerAvailable() {
    var plain = single.workflow("Plain", "", single.queue("Plain", "1==1"));
    single.move(anna, "Offline");
    var first = single.task(plain, "{}");
    var second =
        Task.creator(single.workspace())
            .setWorkflowSid(plain.getSid())
            .setTaskChannel("chat")
            .create(single.client());

    single.move(anna, "Available");

    single.awaitOffer(first);
    single.awaitOffer(second);
  }

  @Test
  void leavesAWorkerWhoRejectsInTheReservationActivityUnlessAnotherIsSaid() {
    var first = single.awaitOffer(single.task(inbound, "{}"));
    single.answer(first, Status.REJECTED);
    assertThat(activity(anna)).isEqualTo("Reserved");

    single.move(anna, "Available");
    single.wire().delete(single.path("Tasks", first.getTaskSid()));
    var second = single.awaitOffer(single.task(inbound, "{}"));
    Reservation.updater(single.workspace(), second.getTaskSid(), second.getSid())
        .setReservationStatus(Status.REJECTED)
        .setWorkerActivitySid(single.activity("Unavailable"))
        .update(single.client());
    assertThat(activity(anna)).isEqualTo("Unavailable");
  }

  @Test
  void bringsAWorkerBackWhoLosesAnOffer() {
    var canceled = single.awaitOffer(single.task(inbound, "{}"));
    single.wire().post(single.path("Tasks", canceled.getTaskSid()), "AssignmentStatus", "canceled");
    assertThat(activity(anna)).isEqualTo("Available");

    single.wire().post(single.path("TaskQueues", calls.getSid()), "MaxReservedWorkers", "2");
    var ben = single.availableWorker("Ben", "{}");
    var task = single.task(inbound, "{}");
    single.awaitOffer(task);
    var offers = single.pending(task);
    assertThat(activity(ben)).isEqualTo("Reserved");
    single.answer(offers.getFirst(), Status.ACCEPTED);

    assertThat(activity(offers.getFirst())).isEqualTo("On a call");
    assertThat(activity(offers.getLast())).isEqualTo("Available");
  }

  @Test
  void bringsAWorkerBackWhoLosesAnOfferOnceTheWorkspaceMultitasks() {
    var offer = single.awaitOffer(single.task(inbound, "{}"));
    assertThat(activity(anna)).isEqualTo("Reserved");
    acme.post("/v1/Workspaces/" + single.workspace(), "MultiTaskEnabled", "true");
    await().until(() -> multitasking.isOn(single.workspaceSid()));

    single.wire().post(single.path("Tasks", offer.getTaskSid()), "AssignmentStatus", "canceled");

    assertThat(activity(anna)).isEqualTo("Available");
  }

  @Test
  void leavesAWorkerWhoWentElsewhereWhenTheOfferIsLost() {
    var offer = single.awaitOffer(single.task(inbound, "{}"));
    single.move(anna, "Offline");

    single.wire().post(single.path("Tasks", offer.getTaskSid()), "AssignmentStatus", "canceled");

    assertThat(activity(anna)).isEqualTo("Offline");
  }

  @Test
  void movesAWorkerWhoDoesNotAnswerToTheTimeoutActivity() {
    var offer = single.awaitOffer(single.task(inbound, "{}"));
    clock.advance(Duration.ofSeconds(120));

    reservations.expire(single.workspaceSid(), ReservationSid.of(offer.getSid()));

    assertThat(activity(anna)).isEqualTo("Offline");
  }

  @Test
  void bringsAWorkerBackWhoDoesNotAnswerWhereWorkersAreLeftAsTheyAre() {
    single
        .wire()
        .post(
            "/muster/v1/Workspaces/" + single.workspace() + "/Settings",
            "ReservationTimeoutMovesWorker",
            "false");
    var offer = single.awaitOffer(single.task(inbound, "{}"));
    assertThat(activity(anna)).isEqualTo("Reserved");
    clock.advance(Duration.ofSeconds(120));

    reservations.expire(single.workspaceSid(), ReservationSid.of(offer.getSid()));

    assertThat(activity(anna)).isEqualTo("Available");
  }

  @Test
  void movesNobodyWhereTheQueueNamesNoActivity() {
    var plain = single.queue("Plain", "1==1");
    var offer = single.awaitOffer(single.task(single.workflow("Plain", "", plain), "{}"));

    single.answer(offer, Status.ACCEPTED);

    assertThat(activity(anna)).isEqualTo("Available");
  }

  @Test
  void movesNobodyWhereTheWorkspaceMultitasks() {
    var activity = Activity.creator(ours.workspace(), "Reserved").create(ours.client()).getSid();
    var queue =
        TaskQueue.creator(ours.workspace(), "Calls")
            .setReservationActivitySid(activity)
            .setAssignmentActivitySid(activity)
            .create(ours.client());
    var ben = ours.availableWorker("Ben", "{}");
    var offer = ours.awaitOffer(ours.task(ours.workflow("Inbound", "", queue), "{}"));
    ours.answer(offer, Status.ACCEPTED);

    assertThat(ours.present(ben).getActivityName()).isEqualTo("Available");
  }

  private TaskQueue queue(String name) {
    return TaskQueue.creator(single.workspace(), name)
        .setTargetWorkers("1==1")
        .setReservationActivitySid(
            Activity.creator(single.workspace(), "Reserved").create(single.client()).getSid())
        .setAssignmentActivitySid(
            Activity.creator(single.workspace(), "On a call").create(single.client()).getSid())
        .create(single.client());
  }

  private String activity(Reservation offer) {
    return Worker.fetcher(single.workspace(), offer.getWorkerSid())
        .fetch(single.client())
        .getActivityName();
  }

  private String activity(Worker worker) {
    return single.present(worker).getActivityName();
  }
}
