package dev.muster.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import com.twilio.rest.taskrouter.v1.workspace.worker.WorkerChannel;
import dev.muster.given.TwoTenantsTest;
import dev.muster.reservation.ReservationSid;
import dev.muster.reservation.Reservations;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Tasks on their way through an instruction, on the running service. Time stands still until a test
 * moves it; what timers of the process would then ask for is asked for here.
 */
abstract class InstructionTest extends TwoTenantsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, Integer> told = new HashMap<>();
  private Workflow probe;

  @Autowired private TaskRouting routing;
  @Autowired private Reservations reservations;

  @BeforeEach
  void openQueues() {
    ours.queue("Everyone", "1==1");
    ours.queue("Novices", "level <= 4");
    ours.queue("Experts", "level > 4");
    theirs.queue("Everyone", "1==1");
    theirs.queue("Experts", "1==1");
    theirs.availableWorker("Anna", "{\"level\": 9}");
  }

  /** A workflow with this {@code task_routing}. */
  final Workflow workflow(String routing) {
    return Workflow.creator(ours.workspace(), "Inbound", document(routing)).create(ours.client());
  }

  static String document(String routing) {
    return "{\"task_routing\": " + routing + "}";
  }

  final void update(Workflow workflow, String routing, boolean reEvaluateTasks) {
    Workflow.updater(ours.workspace(), workflow.getSid())
        .setConfiguration(document(routing))
        .setReEvaluateTasks(String.valueOf(reEvaluateTasks))
        .update(ours.client());
  }

  final Task task(Workflow workflow, String attributes) {
    return ours.task(workflow, attributes);
  }

  final void attributes(Task task, String attributes) {
    Task.updater(ours.workspace(), task.getSid()).setAttributes(attributes).update(ours.client());
  }

  /** A worker who comes after all earlier ones in the order of those who are idle longest. */
  final Worker worker(String name, String attributes) {
    clock.advance(Duration.ofMillis(1));
    return ours.availableWorker(name, attributes);
  }

  final void capacity(Worker worker, String channel, int capacity) {
    WorkerChannel.updater(ours.workspace(), worker.getSid(), channel)
        .setCapacity(capacity)
        .update(ours.client());
  }

  final String activity(String name, boolean available) {
    return Activity.creator(ours.workspace(), name)
        .setAvailable(available)
        .create(ours.client())
        .getSid();
  }

  /** Lets time pass and does whatever is due for the tasks by then. */
  final void pass(int seconds, Task... tasks) {
    clock.advance(Duration.ofSeconds(seconds));
    for (var task : tasks) {
      while (routing.doWhatIsDue(ours.workspaceSid(), TaskSid.of(task.getSid()))) {}
    }
  }

  /** Whether the time to answer the offer is over; then it lapses. */
  final boolean lapses(Reservation offer) {
    return reservations.expire(ours.workspaceSid(), ReservationSid.of(offer.getSid()));
  }

  final void reject(Reservation offer) {
    ours.answer(offer, Reservation.Status.REJECTED);
  }

  final void accept(Reservation offer) {
    ours.answer(offer, Reservation.Status.ACCEPTED);
  }

  final String queue(Task task) {
    return ours.present(task).getTaskQueueFriendlyName();
  }

  final int priority(Task task) {
    return ours.present(task).getPriority();
  }

  final Task.Status status(Task task) {
    return ours.present(task).getAssignmentStatus();
  }

  /** The name of the worker to whom the task is offered, once it is. */
  final String offeredTo(Task task) {
    return ours.awaitOffer(task).getWorkerName();
  }

  final void awaitQueue(Task task, String name) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(queue(task)).isEqualTo(name));
  }

  final void awaitEnd(Task task) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(status(task)).isEqualTo(Task.Status.CANCELED));
  }

  /** The task waits and is offered to nobody, though everything was matched that there is. */
  final void waitsInVain(Task task) {
    settle();
    assertThat(status(task)).isEqualTo(Task.Status.PENDING);
  }

  /**
   * Waits until a round is over that saw all that was there before: it is over when a task created
   * now for a worker of its own is offered.
   */
  final void settle() {
    if (probe == null) {
      ours.queue("Probe", "probe == true");
      probe =
          Workflow.creator(
                  ours.workspace(),
                  "Probe",
                  document("{\"default_filter\": {\"queue\": \"Probe\"}}"))
              .create(ours.client());
      var prober = ours.worker("Prober", "{\"probe\": true}");
      // No task of a test is for this channel.
      capacity(prober, "sms", 50);
      for (var channel : List.of("default", "voice", "chat", "video")) {
        capacity(prober, channel, 0);
      }
      ours.move(prober, "Available");
    }
    ours.awaitOffer(
        Task.creator(ours.workspace())
            .setWorkflowSid(probe.getSid())
            .setTaskChannel("sms")
            .create(ours.client()));
  }

  /** What happened to the task since this was last asked, by the types of its events. */
  final List<String> news(Task task) {
    var all =
        jdbc.sql(
                """
                SELECT type FROM event
                WHERE workspace_sid = :workspace AND resource_type = 'task' AND task_sid = :task ORDER BY sid
                """)
            .param("workspace", ours.workspace())
            .param("task", task.getSid())
            .query(String.class)
            .list();
    var known = told.put(task.getSid(), all.size());
    return all.subList(known == null ? 0 : known, all.size());
  }
}
