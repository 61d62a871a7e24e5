package dev.muster.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** No task waits for ever because the node is gone that should have matched it. */
@TestPropertySource(properties = "muster.assignment.recover-every=1h")
class RecoveryTest extends TwoTenantsTest {

  @Autowired MatchingRounds rounds;
  @Autowired WaitingTasks waitingTasks;
  @Autowired ConfigurableApplicationContext context;
  @Autowired ObservationRegistry observations;

  @Test
  void findsEveryWorkspaceInWhichTasksWait() {
    waiting(ours);
    waiting(ours);
    waiting(theirs);
    var idle = waiting(theirs);
    theirs.wire().delete(theirs.path("Tasks", idle.getSid()));

    assertThat(waitingTasks.workspaces())
        .contains(ours.workspaceSid(), theirs.workspaceSid())
        .doesNotHaveDuplicates();
  }

  @Test
  void matchesWhatWaitsOnceTheNodeIsReady() {
    var task = waiting(ours);
    var anna = readyWithoutAWord(ours);
    assertThat(ours.pending(task)).isEmpty();

    context.publishEvent(
        new ApplicationReadyEvent(new SpringApplication(), new String[0], context, Duration.ZERO));

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna);
  }

  @Test
  void makesUpForALostWakeUpOfAnyNode() {
    var task = waiting(ours);
    var other = waiting(theirs);
    var anna = readyWithoutAWord(ours);
    var foreign = readyWithoutAWord(theirs);

    rounds.recover();

    assertThat(ours.awaitOffer(task).getWorkerSid()).isEqualTo(anna);
    assertThat(theirs.awaitOffer(other).getWorkerSid()).isEqualTo(foreign);
  }

  @Test
  void matchesAgainAfterAnErrorInARound() {
    var task = waiting(ours);
    var anna = readyWithoutAWord(ours);
    var broken = new AtomicBoolean(true);
    observations
        .observationConfig()
        .observationPredicate(
            (name, about) -> {
              if (name.equals(MatchingRounds.ROUND) && broken.compareAndSet(true, false)) {
                throw new LinkageError("No class is found for a moment");
              }
              return true;
            });

    rounds.request(ours.workspaceSid());

    await()
        .dontCatchUncaughtExceptions()
        .untilAsserted(
            () ->
                assertThat(ours.pending(task))
                    .extracting(Reservation::getWorkerSid)
                    .containsExactly(anna));
    assertThat(broken).isFalse();
  }

  private static Task waiting(Given tenant) {
    var queue = tenant.queue("Queue " + System.nanoTime(), "1==1");
    return tenant.task(tenant.workflow("Workflow " + System.nanoTime(), "", queue), "{}");
  }

  /** As if the node had ended that made the worker ready, before its matching round. */
  private String readyWithoutAWord(Given tenant) {
    var worker = tenant.worker("Anna", "{}");
    jdbc.sql("UPDATE worker SET available = true, activity_sid = ? WHERE sid = ?")
        .params(tenant.activity("Available"), worker.getSid())
        .update();
    jdbc.sql("UPDATE worker_channel SET worker_available = true WHERE worker_sid = ?")
        .param(worker.getSid())
        .update();
    return worker.getSid();
  }
}
