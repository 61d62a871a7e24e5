package dev.muster.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import dev.muster.given.TwoTenantsTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Rounds pass over what nobody fitted, until somebody comes who does. */
class UnservableTest extends TwoTenantsTest {

  @Autowired ApplicationContext context;
  @Autowired Unservable unservable;

  TaskQueue everyone;
  Workflow badges;
  Worker ben;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
    badges = ours.workflow("Badges", target("worker.badge == task.badge"), everyone);
    ben = ours.availableWorker("Ben", "{\"badge\": 1}");
    theirs.queue("Everyone", "1==1");
    theirs.availableWorker("Anna", "{\"badge\": 2}");
  }

  @Test
  void whoGetsAFittingAttributeIsAsked() {
    var task = passedOver(badges);

    Worker.updater(ours.workspace(), ben.getSid())
        .setAttributes("{\"badge\": 2}")
        .update(ours.client());

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
  }

  @Test
  void whoBecomesReadyIsAsked() {
    var task = passedOver(badges);

    var cleo = ours.availableWorker("Cleo", "{\"badge\": 2}");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(cleo.getSid());
  }

  @Test
  void whoBecomesAMemberOfTheQueueIsAsked() {
    var nobodys = ours.queue("Nobody's", "badge == 2");
    var task = passedOver(ours.workflow("Plain", "", nobodys));

    TaskQueue.updater(ours.workspace(), nobodys.getSid())
        .setTargetWorkers("badge == 1")
        .update(ours.client());

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
  }

  @Test
  void whoseActivityGetsAFittingNameIsAsked() {
    var task =
        passedOver(ours.workflow("On duty", target("worker.activity_name == 'On duty'"), everyone));

    Activity.updater(ours.workspace(), ours.activity("Available"))
        .setFriendlyName("On duty")
        .update(ours.client());

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
  }

  @Test
  void whoHasRoomAgainIsAsked() {
    var cleo = ours.availableWorker("Cleo", "{\"badge\": 2}");
    var first = ours.task(badges, "{\"badge\": 2}");
    ours.answer(ours.awaitOffer(first), Reservation.Status.ACCEPTED);
    var second = passedOver(badges);

    ours.complete(first);

    assertThat(ours.awaitOffer(second).getWorkerSid()).isEqualTo(cleo.getSid());
  }

  @Test
  void whoseChannelFitsIsAskedAlthoughNothingElseChanged() {
    var roomy = target("worker.channel.default.configured_capacity > 1");
    var task = passedOver(ours.workflow("Roomy", roomy, everyone));

    WorkerChannel.updater(ours.workspace(), ben.getSid(), "default")
        .setCapacity(2)
        .update(ours.client());

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
  }

  @Test
  void whoCameIsSeenAlthoughAnotherTaskThatWaitsForTimeIsLookedAtFirst() {
    var old = ours.workflow("Old", target("task.age > 100000"), everyone);
    Task.creator(ours.workspace())
        .setWorkflowSid(old.getSid())
        .setPriority(9)
        .create(ours.client());
    var cleo = ours.availableWorker("Cleo", "{\"badge\": 2}");
    Rounds.of(context).awaitRest();

    var task = ours.task(badges, "{\"badge\": 2}");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(cleo.getSid());
  }

  @Test
  void theWorkerWhomATaskIsForIsAskedOnceReady() {
    var cleo = ours.worker("Cleo", "{}");
    var task = directed(cleo);

    ours.move(cleo, "Available");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(cleo.getSid());
  }

  @Test
  void theWorkerWhomATaskIsForIsAskedOnceThereIsRoomAgain() {
    var first = ours.task(ours.workflow("Plain", "", everyone), "{}");
    ours.answer(ours.awaitOffer(first), Reservation.Status.ACCEPTED);
    var task = directed(ben);

    ours.complete(first);

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
  }

  @Test
  void theWorkerWhomATaskKnowsIsAskedOnceReady() {
    var cleo = ours.worker("Cleo", "{}");
    var task = known("known_worker_sid", cleo.getSid());

    ours.move(cleo, "Available");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(cleo.getSid());
  }

  @Test
  void whoGetsTheNameThatATaskKnowsIsAsked() {
    var task = known("known_worker_friendly_name", "Cleo");

    Worker.updater(ours.workspace(), ben.getSid()).setFriendlyName("Cleo").update(ours.client());

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(ben.getSid());
  }

  @Test
  void isRememberedByWhatItAsksOfAttributesAlthoughItAsksForLoadToo() {
    var task =
        passedOver(
            ours.workflow(
                "Idle",
                target("worker.badge == task.badge AND worker.channel.default.assigned_tasks == 0"),
                everyone));
    assertThat(remembered()).isOne();

    var cleo = ours.availableWorker("Cleo", "{\"badge\": 2}");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(cleo.getSid());
  }

  @Test
  void isServedInItsTurnWhenSomebodyComes() {
    var urgent =
        Task.creator(ours.workspace())
            .setWorkflowSid(badges.getSid())
            .setAttributes("{\"badge\": 2}")
            .setPriority(9)
            .create(ours.client());
    passOver(urgent);
    ours.move(ben, "Offline");
    var plain = ours.task(ours.workflow("Plain", "", everyone), "{}");

    ours.availableWorker("Cleo", "{\"badge\": 2}");

    ours.awaitOffer(urgent);
    Rounds.of(context).awaitRest();
    assertThat(ours.pending(plain)).isEmpty();
  }

  @Test
  void isForgottenInTheEnd() {
    var task = passedOver(badges);
    Task.deleter(ours.workspace(), task.getSid()).delete(ours.client());
    var rounds = Rounds.of(context);

    for (var i = 0; i < 250; i++) {
      rounds.request(ours.workspaceSid());
      rounds.awaitRest();
    }

    assertThat(remembered()).isZero();
  }

  private Task passedOver(Workflow workflow) {
    var task = ours.task(workflow, "{\"badge\": 2}");
    passOver(task);
    return task;
  }

  private Task directed(Worker worker) {
    var answer =
        ours.wire()
            .post(
                ours.path("Tasks"),
                "WorkflowSid",
                badges.getSid(),
                "RoutingTarget",
                worker.getSid(),
                "IgnoreCapacity",
                "false");
    var task = Task.fetcher(ours.workspace(), answer.text("sid")).fetch(ours.client());
    passOver(task);
    assertThat(remembered()).isOne();
    return task;
  }

  private Task known(String by, String who) {
    var workflow =
        ours.workflow(
            "Known",
            """
            {"filter_friendly_name": "All", "expression": "1==1",
             "targets": [{"queue": "%s", "%s": "task.who"}]}\
            """
                .formatted(everyone.getSid(), by),
            everyone);
    var task = ours.task(workflow, "{\"who\": \"%s\"}".formatted(who));
    passOver(task);
    assertThat(remembered()).isOne();
    return task;
  }

  private int remembered() {
    return unservable.of(ours.workspaceSid()).classes().size();
  }

  /** Some rounds go by, of which all but the first have no look at it. */
  private void passOver(Task task) {
    var rounds = Rounds.of(context);
    for (var i = 0; i < 3; i++) {
      rounds.request(ours.workspaceSid());
      rounds.awaitRest();
    }
    assertThat(ours.reservations(task)).isEmpty();
  }

  private String target(String expression) {
    return """
    {"filter_friendly_name": "All", "expression": "1==1",
     "targets": [{"queue": "%s", "expression": "%s"}]}\
    """
        .formatted(everyone.getSid(), expression);
  }
}
