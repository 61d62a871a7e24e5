package dev.muster.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannelUpdater;
import dev.muster.given.TwoTenantsTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Whatever makes a match possible is followed by a round, without the help of a sweep. */
@TestPropertySource(properties = "muster.assignment.recover-every=1h")
class WakeUpTest extends TwoTenantsTest {

  TaskQueue everyone;

  @BeforeEach
  void given() {
    everyone = ours.queue("Everyone", "1==1");
  }

  @Test
  void offersATaskForABusyWorkerOnceTheChannelIsOpen() {
    var anna = ours.worker("Anna", "{}");
    channel(anna).setAvailable(false).update(ours.client());
    var task =
        Task.creator(ours.workspace())
            .setWorkflowSid(ours.workflow("Inbound", "", everyone).getSid())
            .setRoutingTarget(anna.getSid())
            .create(ours.client());

    channel(anna).setAvailable(true).update(ours.client());

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void offersATaskToTheWorkerWhoGetsTheNameThatItAsksFor() {
    var anna = ours.availableWorker("Anna", "{}");
    var task =
        ours.task(asking("\"known_worker_friendly_name\": \"task.who\""), "{\"who\": \"Eve\"}");

    Worker.updater(ours.workspace(), anna.getSid()).setFriendlyName("Eve").update(ours.client());

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void offersATaskThatAsksForIdleWorkersOnceTheirWorkIsWrappedUp() {
    var anna = ours.availableWorker("Anna", "{}");
    channel(anna).setCapacity(2).update(ours.client());
    var workflow = asking("\"expression\": \"worker.channel.default.assigned_tasks == 0\"");
    var first = ours.awaitOffer(ours.task(workflow, "{}"));
    ours.answer(first, Reservation.Status.ACCEPTED);
    var second = ours.task(workflow, "{}");

    ours.answer(first, Reservation.Status.WRAPPING);

    assertThat(ours.awaitOffer(second).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void offersATaskThatAsksForBusyWorkersOnceTheyTakeOne() {
    var anna = ours.availableWorker("Anna", "{}");
    channel(anna).setCapacity(2).update(ours.client());
    var task =
        ours.task(asking("\"expression\": \"worker.channel.default.assigned_tasks > 0\""), "{}");
    var first = ours.awaitOffer(ours.task(ours.workflow("Plain", "", everyone), "{}"));

    ours.answer(first, Reservation.Status.ACCEPTED);

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void offersATaskThatAsksForBusyWorkersOnceTheyAreOfferedOne() {
    var anna = ours.availableWorker("Anna", "{}");
    channel(anna).setCapacity(2).update(ours.client());
    var task =
        ours.task(
            asking(
                "\"expression\": \"worker.channel.default.available_capacity_percentage < 100\""),
            "{}");

    ours.task(ours.workflow("Plain", "", everyone), "{}");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void offersATaskToTheWorkerWhoIsToHaveLessOnAnotherChannel() {
    var anna = ours.availableWorker("Anna", "{}");
    var task =
        ours.task(asking("\"expression\": \"worker.channel.chat.configured_capacity < 1\""), "{}");

    WorkerChannel.updater(ours.workspace(), anna.getSid(), "chat")
        .setCapacity(0)
        .update(ours.client());

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void offersATaskThatAsksForAnActivityOnceOneHasItsName() {
    var anna = ours.availableWorker("Anna", "{}");
    var task = ours.task(asking("\"expression\": \"worker.activity_name == 'On site'\""), "{}");

    ours.wire()
        .post(ours.path("Activities", ours.activity("Available")), "FriendlyName", "On site");

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna.getSid());
  }

  @Test
  void passesOverATaskWhoseTimeToLiveIsOver() {
    var workflow = ours.workflow("Inbound", "", everyone);
    var late = mortal(workflow, 10);
    var later = mortal(workflow, 1000);
    clock.advance(Duration.ofSeconds(11));

    ours.availableWorker("Anna", "{}");

    ours.awaitOffer(later);
    assertThat(ours.reservations(late)).isEmpty();
  }

  @Test
  void aTaskThatAWorkerDeclinedDoesNotSpeakForItsEquals() {
    var workflow = asking("\"skip_if\": \"1==2\"");
    var anna = ours.availableWorker("Anna", "{}");
    var declined = ours.awaitOffer(ours.task(workflow, "{}"));
    clock.advance(Duration.ofSeconds(1));
    ours.wire().post(ours.path("Workflows", workflow.getSid()), "ReEvaluateTasks", "true");
    ours.move(anna, "Offline");
    ours.answer(declined, Reservation.Status.REJECTED);
    var equal = ours.task(workflow, "{}");

    ours.move(anna, "Available");

    assertThat(ours.awaitOffer(equal).getWorkerSid()).isEqualTo(anna.getSid());
  }

  private Task mortal(Workflow workflow, int seconds) {
    return Task.creator(ours.workspace())
        .setWorkflowSid(workflow.getSid())
        .setTimeout(seconds)
        .create(ours.client());
  }

  private Workflow asking(String more) {
    return ours.workflow(
        "Inbound",
        """
        {"expression": "1==1", "targets": [{"queue": "%s", %s}]}\
        """
            .formatted(everyone.getSid(), more),
        everyone);
  }

  private WorkerChannelUpdater channel(Worker worker) {
    return WorkerChannel.updater(ours.workspace(), worker.getSid(), "default");
  }
}
