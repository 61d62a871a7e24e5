package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import dev.muster.assignment.Rounds;
import dev.muster.given.TwoTenantsTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/**
 * What happens while a matching round decides: the world changes between its look and its word. No
 * sweep helps.
 */
@ContextConfiguration(initializers = Interludes.Installed.class)
@TestPropertySource(
    properties = {"muster.assignment.recover-every=1h", "muster.assignment.sweep-every=1h"})
class RoundRaceTest extends TwoTenantsTest {

  private static final String LOOK = "WITH RECURSIVE wanted AS";
  private static final String RESERVE = "UPDATE task t SET status = CASE t.status WHEN 'pending'";
  private static final String PENDING_OF_WORKER = "AND status = 'pending' ORDER BY task_sid";
  private static final String INSERT_TASK = "INSERT INTO task (";

  @Autowired Interludes interludes;
  @Autowired ApplicationContext context;

  Rounds rounds;
  Locks locks;
  TaskQueue everyone;
  TaskQueue experts;
  Workflow levels;

  @BeforeEach
  void given() {
    interludes.forget();
    rounds = Rounds.of(context);
    locks = new Locks(jdbc);
    everyone = ours.queue("Everyone", "1==1");
    experts = ours.queue("Experts", "level >= 5");
    levels =
        ours.workflow(
            "Levels",
            """
            {"expression": "hard == true", "targets": [{"queue": "%s"}]},
            {"expression": "level > 0", "targets": [{"queue": "%s", "expression": "worker.level >= task.level"}]}
            """
                .formatted(experts.getSid(), everyone.getSid()),
            everyone);
  }

  @Test
  void findsAnotherWorkerIfTheChosenOneLeavesMeanwhile() {
    var anna = ready("Anna", 1);
    var ben = ready("Ben", 1);
    var left = interludes.before(RESERVE, () -> ours.move(anna, "Offline"));

    var task = ours.task(levels, "{}");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
    left.join();
  }

  @Test
  void findsAnotherTaskIfTheChosenOneIsCanceledMeanwhile() {
    var anna = ours.worker("Anna", "{}");
    var first = ours.task(levels, "{}");
    clock.advance(Duration.ofSeconds(1));
    var second = ours.task(levels, "{}");
    var canceled = interludes.before(RESERVE, () -> cancel(first));

    ours.move(anna, "Available");

    assertThat(ours.awaitOffer(second).getWorkerSid()).isEqualTo(anna.getSid());
    assertThat(ours.reservations(first)).isEmpty();
    canceled.join();
  }

  @Test
  void looksAgainIfTheTaskIsDeletedThatSpokeForItsEquals() {
    var anna = ours.worker("Anna", "{}");
    var speaker = ours.task(levels, "{}");
    clock.advance(Duration.ofSeconds(1));
    var equal = ours.task(levels, "{}");
    rounds.awaitRest();
    rounds.forgetDemands();
    var deleted =
        interludes.after(
            LOOK, () -> Task.deleter(ours.workspace(), speaker.getSid()).delete(ours.client()));

    ours.move(anna, "Available");

    assertThat(ours.awaitOffer(equal).getWorkerSid()).isEqualTo(anna.getSid());
    deleted.join();
  }

  @Test
  void doesNotTakeWhatATaskAsksForNowForWhatItsFormerEqualsAskFor() {
    ready("Anna", 1);
    ready("Ben", 1);
    var changing = ours.task(levels, "{\"level\": 9}");
    clock.advance(Duration.ofSeconds(1));
    var equal = ours.task(levels, "{\"level\": 9}");
    rounds.awaitRest();
    rounds.forgetDemands();
    var changed = interludes.after(LOOK, () -> describe(changing, "{\"level\": 1}"));

    rounds.request(ours.workspaceSid());

    ours.awaitOffer(changing);
    rounds.awaitRest();
    rounds.request(ours.workspaceSid());
    rounds.awaitRest();
    assertThat(ours.reservations(equal)).isEmpty();
    changed.join();
  }

  @Test
  void doesNotOfferATaskToThoseWhomItNoLongerAsksFor() {
    var anna = ours.worker("Anna", "{\"level\": 1}");
    var task = ours.task(levels, "{}");
    rounds.awaitRest();
    var changed = interludes.before(RESERVE, () -> describe(task, "{\"hard\": true}"));

    ours.move(anna, "Available");
    rounds.awaitRest();

    assertThat(ours.reservations(task)).isEmpty();
    var eve = ready("Eve", 5);
    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(eve.getSid());
    changed.join();
  }

  @Test
  void doesNotOfferATaskToAWorkerWhoIsNoLongerWhomItAsksFor() {
    var eve = ready("Eve", 5);
    var changed =
        interludes.before(
            RESERVE,
            () ->
                Worker.updater(ours.workspace(), eve.getSid())
                    .setAttributes("{\"level\": 1}")
                    .update(ours.client()));

    var task = ours.task(levels, "{\"hard\": true}");
    rounds.awaitRest();

    assertThat(ours.reservations(task)).isEmpty();
    changed.join();
  }

  @Test
  void doesNotOfferATaskToAWorkerWhoHasJustLeftItsQueue() {
    ready("Eve", 5);
    var left = interludes.before(RESERVE, () -> leaveOutBelow(6));

    var task = ours.task(levels, "{\"hard\": true}");
    rounds.awaitRest();

    assertThat(ours.reservations(task)).isEmpty();
    var zoe = ready("Zoe", 6);
    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(zoe.getSid());
    left.join();
  }

  @Test
  void offersATaskToTheWorkerItIsForInWhateverQueue() {
    var eve = ready("Eve", 5);
    var left = interludes.before(RESERVE, () -> leaveOutBelow(6));

    var task =
        Task.creator(ours.workspace())
            .setWorkflowSid(levels.getSid())
            .setAttributes("{\"hard\": true}")
            .setRoutingTarget(eve.getSid())
            .create(ours.client());

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(eve.getSid());
    left.join();
  }

  @Test
  void makesNoOfferToAWorkerWhoIsJustTurningDownAllOffers() {
    var anna = ready("Anna", 1);
    WorkerChannel.updater(ours.workspace(), anna.getSid(), "default")
        .setCapacity(2)
        .update(ours.client());
    var first = ours.task(levels, "{}");
    ours.awaitOffer(first);
    var second =
        interludes.after(
            PENDING_OF_WORKER,
            () ->
                locks.start(
                    () -> {
                      var task = ours.task(levels, "{}");
                      rounds.awaitRest();
                      return task;
                    }));

    Worker.updater(ours.workspace(), anna.getSid())
        .setActivitySid(ours.activity("Offline"))
        .setRejectPendingReservations(true)
        .update(ours.client());
    second.join();
    rounds.awaitRest();

    var reservations = ours.path("Workers", anna.getSid(), "Reservations");
    assertThat(ours.get(reservations, "ReservationStatus", "pending").json().path("reservations"))
        .hasSize(0);
  }

  @Test
  void ranksATaskByTheOrderThatItsQueueGetsMeanwhile() {
    var first = ours.task(levels, "{}");
    clock.advance(Duration.ofSeconds(1));
    var turned =
        interludes.after(
            INSERT_TASK,
            () ->
                locks.start(
                    () ->
                        TaskQueue.updater(ours.workspace(), everyone.getSid())
                            .setTaskOrder(TaskQueue.TaskOrder.LIFO)
                            .update(ours.client())));
    var second = ours.task(levels, "{}");
    turned.join();
    await().until(() -> order(everyone).equals("LIFO"));

    ready("Anna", 1);

    ours.awaitOffer(second);
    assertThat(ours.reservations(first)).isEmpty();
  }

  private Worker ready(String name, int level) {
    clock.advance(Duration.ofSeconds(1));
    return ours.availableWorker(name, "{\"level\": %d}".formatted(level));
  }

  private String order(TaskQueue queue) {
    return ours.get(ours.path("TaskQueues", queue.getSid())).text("task_order");
  }

  private void describe(Task task, String attributes) {
    Task.updater(ours.workspace(), task.getSid()).setAttributes(attributes).update(ours.client());
  }

  private void leaveOutBelow(int level) {
    TaskQueue.updater(ours.workspace(), experts.getSid())
        .setTargetWorkers("level >= " + level)
        .update(ours.client());
  }

  private void cancel(Task task) {
    Task.updater(ours.workspace(), task.getSid())
        .setAssignmentStatus(Task.Status.CANCELED)
        .setReason("gone")
        .update(ours.client());
  }
}
