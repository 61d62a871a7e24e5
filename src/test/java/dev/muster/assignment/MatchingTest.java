package dev.muster.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.twilio.exception.ApiException;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import dev.muster.given.TwoTenantsTest;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class MatchingTest extends TwoTenantsTest {

  @Autowired MatchingRounds rounds;
  @Autowired Reservations reservations;

  TaskQueue everyone;
  Workflow simple;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    simple = ours.workflow("Simple", "", everyone);
    var theirQueue = theirs.queue("Everyone", "1==1");
    theirs.availableWorker("Anna", "{}");
    theirs.workflow("Simple", "", theirQueue);
  }

  @Test
  void offersAWaitingTaskToAWorkerWhoBecomesReady() {
    var task = ours.task(simple, "{}");
    assertThat(ours.reservations(task)).isEmpty();

    var anna = ours.availableWorker("Anna", "{}");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna.getSid());
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.RESERVED);
  }

  @Test
  void servesByPriorityAndThenByVirtualStart() {
    var late = prioritized(0, clock.instant().atOffset(ZoneOffset.UTC));
    var early = prioritized(0, clock.instant().minusSeconds(60).atOffset(ZoneOffset.UTC));
    var urgent = prioritized(7, clock.instant().atOffset(ZoneOffset.UTC));

    ours.availableWorker("Anna", "{}");

    assertThat(served(3)).containsExactly(urgent.getSid(), early.getSid(), late.getSid());
  }

  @Test
  void servesTheNewestFirstWhereTheQueueSaysSo() {
    TaskQueue.updater(ours.workspace(), everyone.getSid())
        .setTaskOrder(TaskQueue.TaskOrder.LIFO)
        .update(ours.client());
    var first = ours.task(simple, "{}");
    clock.advance(Duration.ofSeconds(1));
    var second = ours.task(simple, "{}");
    clock.advance(Duration.ofSeconds(1));
    var third = ours.task(simple, "{}");

    ours.availableWorker("Anna", "{}");

    assertThat(served(3)).containsExactly(third.getSid(), second.getSid(), first.getSid());
  }

  @Test
  void ranksWaitingTasksAgainWhenTheQueueChangesItsOrder() {
    var first = ours.task(simple, "{}");
    clock.advance(Duration.ofSeconds(1));
    var second = ours.task(simple, "{}");
    TaskQueue.updater(ours.workspace(), everyone.getSid())
        .setTaskOrder(TaskQueue.TaskOrder.LIFO)
        .update(ours.client());

    ours.availableWorker("Anna", "{}");

    assertThat(served(2)).containsExactly(second.getSid(), first.getSid());
  }

  @Test
  void asksTheWorkerWhoIsIdleLongest() {
    var anna = ours.availableWorker("Anna", "{}");
    clock.advance(Duration.ofSeconds(1));
    var ben = ours.availableWorker("Ben", "{}");
    var asked = new ArrayList<String>();

    for (var i = 0; i < 4; i++) {
      clock.advance(Duration.ofSeconds(1));
      var task = ours.task(simple, "{}");
      var offer = ours.awaitOffer(task);
      asked.add(offer.getWorkerSid());
      ours.answer(offer, Reservation.Status.ACCEPTED);
      ours.complete(task);
    }

    assertThat(asked).containsExactly(anna.getSid(), ben.getSid(), anna.getSid(), ben.getSid());
  }

  @Test
  void asksTheWorkerWhoIsIdleLongestOnTheChannelWhereTheChannelSaysSo() {
    ours.wire().post(ours.path("TaskChannels", "chat"), "ChannelOptimizedRouting", "true");
    var anna = ours.availableWorker("Anna", "{}");
    clock.advance(Duration.ofSeconds(1));
    var ben = ours.availableWorker("Ben", "{}");
    clock.advance(Duration.ofSeconds(1));
    assertThat(worked(onChannel("voice"))).isEqualTo(anna.getSid());

    assertThat(worked(onChannel("chat"))).isEqualTo(anna.getSid());
    assertThat(worked(onChannel("chat"))).isEqualTo(ben.getSid());
    assertThat(worked(onChannel("voice"))).isEqualTo(anna.getSid());
    assertThat(worked(onChannel("chat"))).isEqualTo(anna.getSid());
  }

  private String worked(Task task) {
    var offer = ours.awaitOffer(task);
    ours.answer(offer, Reservation.Status.ACCEPTED);
    ours.complete(task);
    return offer.getWorkerSid();
  }

  @Test
  void offersNothingOnAChannelThatIsOffOrWithoutCapacity() {
    var anna = ours.worker("Anna", "{}");
    ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "chat"), "Available", "false");
    capacity(anna, "sms", 0);
    ours.move(anna, "Available");
    var chat = onChannel("chat");
    var sms = onChannel("sms");

    ours.awaitOffer(onChannel("voice"));
    assertThat(ours.reservations(chat)).isEmpty();
    assertThat(ours.reservations(sms)).isEmpty();

    ours.wire().post(ours.path("Workers", anna.getSid(), "Channels", "chat"), "Available", "true");
    capacity(anna, "sms", 50);
    ours.awaitOffer(chat);
    ours.awaitOffer(sms);
  }

  @Test
  void spreadsTheTasksOfOneRoundOverTheWorkers() {
    var nobody = ours.queue("Nobody yet", "team == 'new'");
    var workflow = ours.workflow("New team", "", nobody);
    for (var name : List.of("Anna", "Ben")) {
      capacity(ours.availableWorker(name, "{}"), "default", 4);
    }
    var tasks = Stream.generate(() -> ours.task(workflow, "{}")).limit(4).toList();

    TaskQueue.updater(ours.workspace(), nobody.getSid())
        .setTargetWorkers("1==1")
        .update(ours.client());

    assertThat(tasks.stream().map(task -> ours.awaitOffer(task).getWorkerName()))
        .containsExactlyInAnyOrder("Anna", "Anna", "Ben", "Ben");
  }

  @Test
  void anUnservableTaskDoesNotBlockTheOneBehindIt() {
    var workflow =
        ours.workflow(
            "Levels",
            """
            {"expression": "hard == true",
             "targets": [{"queue": "%s", "expression": "worker.level >= task.level", "priority": 100}]}
            """
                .formatted(everyone.getSid()),
            everyone);
    for (var level = 5; level < 25; level++) {
      ours.task(workflow, "{\"hard\": true, \"level\": " + level + "}");
    }
    var easy = ours.task(workflow, "{}");

    var anna = ours.availableWorker("Anna", "{\"level\": 1}");

    assertThat(ours.awaitOffer(easy).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void keepsToTheCapacityOfTheChannel() {
    var anna = ours.worker("Anna", "{}");
    var channel =
        Stream.of("chat", "voice")
            .map(name -> capacity(anna, name, name.equals("chat") ? 2 : 1))
            .toList();
    ours.move(anna, "Available");
    var chats = Stream.generate(() -> onChannel("chat")).limit(3).toList();
    var call = onChannel("voice");

    chats.subList(0, 2).forEach(ours::awaitOffer);
    ours.awaitOffer(call);

    assertThat(ours.pending(chats.get(2))).isEmpty();
    assertThat(channelOf(anna, channel.getFirst()).getAvailableCapacityPercentage()).isZero();

    var offer = ours.awaitOffer(chats.getFirst());
    ours.answer(offer, Reservation.Status.ACCEPTED);
    assertThat(channelOf(anna, channel.getFirst()).getAssignedTasks()).isEqualTo(1);
    ours.complete(chats.getFirst());
    ours.awaitOffer(chats.get(2));
  }

  @Test
  void offersARejectedTaskToTheNextAndToTheSameWorkerOnlyAfterAPause() {
    var anna = ours.availableWorker("Anna", "{}");
    var task = ours.task(simple, "{}");
    ours.answer(ours.awaitOffer(task), Reservation.Status.REJECTED);
    rounds.request(ours.workspaceSid());
    var other = ours.task(simple, "{}");
    ours.answer(ours.awaitOffer(other), Reservation.Status.ACCEPTED);
    ours.complete(other);
    assertThat(ours.pending(task)).isEmpty();

    var ben = ours.availableWorker("Ben", "{}");
    var bens = ours.awaitOffer(task);
    assertThat(bens.getWorkerSid()).isEqualTo(ben.getSid());
    ours.move(ben, "Offline");
    ours.answer(bens, Reservation.Status.REJECTED);

    clock.advance(Duration.ofSeconds(11));

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void anOfferThatLapsesMovesTheWorkerAndGoesToTheNext() {
    var anna = ours.availableWorker("Anna", "{}");
    var task = ours.task(simple, "{}");
    var offer = ours.awaitOffer(task);
    var ben = ours.availableWorker("Ben", "{}");
    var sid = ReservationSid.of(offer.getSid());
    assertThat(reservations.expire(ours.workspaceSid(), sid)).isFalse();

    clock.advance(Duration.ofSeconds(121));

    assertThat(reservations.expire(ours.workspaceSid(), sid)).isTrue();
    assertThat(reservations.expire(ours.workspaceSid(), sid)).isFalse();
    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
    assertThat(ours.present(anna).getActivityName()).isEqualTo("Offline");
    assertThat(ours.reservations(task).getFirst().getReservationStatus())
        .isEqualTo(Reservation.Status.TIMEOUT);
  }

  @Test
  void refusesAnAnswerThatComesTooLateEvenIfNoTimerHasFired() {
    ours.availableWorker("Anna", "{}");
    var task = ours.task(simple, "{}");
    var offer = ours.awaitOffer(task);

    clock.advance(Duration.ofSeconds(121));

    assertThatThrownBy(() -> ours.answer(offer, Reservation.Status.ACCEPTED))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.getStatusCode()).isEqualTo(400));
    assertThat(ours.reservations(task).getFirst().getReservationStatus())
        .isEqualTo(Reservation.Status.TIMEOUT);
  }

  @Test
  void theFirstToAcceptGetsATaskThatWasOfferedToSeveral() {
    TaskQueue.updater(ours.workspace(), everyone.getSid())
        .setMaxReservedWorkers(2)
        .update(ours.client());
    ours.availableWorker("Anna", "{}");
    ours.availableWorker("Ben", "{}");
    ours.availableWorker("Cleo", "{}");
    var task = ours.task(simple, "{}");
    ours.awaitOffer(task);
    var offers = ours.pending(task);
    assertThat(offers).hasSize(2);

    ours.answer(offers.getFirst(), Reservation.Status.ACCEPTED);

    assertThat(ours.reservations(task))
        .extracting(Reservation::getReservationStatus)
        .containsExactly(Reservation.Status.ACCEPTED, Reservation.Status.RESCINDED);
    assertThatThrownBy(() -> ours.answer(offers.getLast(), Reservation.Status.ACCEPTED))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.getStatusCode()).isEqualTo(410));
  }

  @Test
  void offersATaskForOneWorkerEvenIfThatWorkerIsBusyOrAway() {
    var anna = ours.worker("Anna", "{}");
    ours.availableWorker("Ben", "{}");

    var task =
        Task.creator(ours.workspace())
            .setWorkflowSid(simple.getSid())
            .setRoutingTarget(anna.getSid())
            .create(ours.client());

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna.getSid());
    assertThat(ours.present(task).getIgnoreCapacity()).isTrue();
  }

  private Task prioritized(int priority, OffsetDateTime virtualStart) {
    return Task.creator(ours.workspace())
        .setWorkflowSid(simple.getSid())
        .setPriority(priority)
        .setVirtualStartTime(virtualStart.toZonedDateTime())
        .create(ours.client());
  }

  private Task onChannel(String channel) {
    clock.advance(Duration.ofSeconds(1));
    return Task.creator(ours.workspace())
        .setWorkflowSid(simple.getSid())
        .setTaskChannel(channel)
        .create(ours.client());
  }

  private WorkerChannel capacity(Worker worker, String channel, int capacity) {
    return WorkerChannel.updater(ours.workspace(), worker.getSid(), channel)
        .setCapacity(capacity)
        .update(ours.client());
  }

  private WorkerChannel channelOf(Worker worker, WorkerChannel channel) {
    return WorkerChannel.fetcher(ours.workspace(), worker.getSid(), channel.getSid())
        .fetch(ours.client());
  }

  /** Accepts and completes whatever is offered, and says in which order it came. */
  private List<String> served(int count) {
    var served = new ArrayList<String>();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              Task.reader(ours.workspace())
                  .setAssignmentStatus("reserved")
                  .read(ours.client())
                  .forEach(
                      task -> {
                        served.add(task.getSid());
                        ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
                        ours.complete(task);
                      });
              return served.size() >= count;
            });
    return served;
  }
}
