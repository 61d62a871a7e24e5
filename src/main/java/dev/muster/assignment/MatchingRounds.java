package dev.muster.assignment;

import dev.muster.task.TaskRouting;
import dev.muster.workspace.LoadRose;
import dev.muster.workspace.WorkAvailable;
import dev.muster.workspace.WorkspaceSid;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Starts a matching round after every commit that could make a match. At most one round of a
 * workspace runs on a node and one waits; a request that comes while one waits is served by that
 * one, since it begins after the request's commit.
 *
 * <p>Shows how long rounds take: timer {@code muster.matching.round}, and the span {@code matching
 * round} in the trace of the request that started it.
 */
@Component
class MatchingRounds {

  private enum State {
    RUNNING,
    RUNNING_AND_WANTED
  }

  static final String ROUND = "muster.matching.round";

  private static final Logger LOG = LoggerFactory.getLogger(MatchingRounds.class);

  private final Map<WorkspaceSid, State> states = new ConcurrentHashMap<>();
  private final Set<WorkspaceSid> failed = ConcurrentHashMap.newKeySet();
  private final ExecutorService executor;
  private final MatchingRound round;
  private final TaskRouting routing;
  private final WaitingTasks waitingTasks;
  private final ObservationRegistry observations;

  MatchingRounds(
      MatchingRound round,
      TaskRouting routing,
      WaitingTasks waitingTasks,
      AssignmentSettings settings,
      ObservationRegistry observations) {
    this.round = round;
    this.routing = routing;
    this.waitingTasks = waitingTasks;
    this.observations = observations;
    this.executor =
        ContextExecutorService.wrap(
            Executors.newFixedThreadPool(
                settings.roundsAtOnce(), Thread.ofPlatform().name("matching-", 1).factory()),
            ContextSnapshotFactory.builder().build()::captureAll);
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void on(WorkAvailable work) {
    request(work.workspace());
  }

  /** Hardly any task asks for load, and to look whether one does is cheaper than a round. */
  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void on(LoadRose load) {
    executor.execute(() -> requestIfAskedFor(load.workspace()));
  }

  private void requestIfAskedFor(WorkspaceSid workspace) {
    try {
      if (waitingTasks.anyAsksForLoad(workspace)) {
        request(workspace);
      }
    } catch (DataAccessException failure) {
      LOG.warn("No look at the tasks of {}; the next sweep asks for a round", workspace, failure);
      failed.add(workspace);
    }
  }

  void request(WorkspaceSid workspace) {
    var state =
        states.compute(
            workspace,
            (sid, present) -> present == null ? State.RUNNING : State.RUNNING_AND_WANTED);
    if (state == State.RUNNING) {
      orForSweep(
          workspace,
          () -> executor.execute(() -> orForSweep(workspace, () -> runWhileWanted(workspace))));
    }
  }

  /** Whatever ends it before its time, an error too, leaves the workspace to the next sweep. */
  private void orForSweep(WorkspaceSid workspace, Runnable rounds) {
    var done = false;
    try {
      rounds.run();
      done = true;
    } finally {
      if (!done) {
        states.remove(workspace);
        failed.add(workspace);
      }
    }
  }

  private void runWhileWanted(WorkspaceSid workspace) {
    do {
      states.put(workspace, State.RUNNING);
      try {
        if (Boolean.TRUE.equals(observed().observe(() -> round.run(workspace)))) {
          states.put(workspace, State.RUNNING_AND_WANTED);
        }
      } catch (DataAccessException | TransactionException failure) {
        LOG.warn(
            "A matching round of {} failed; the next sweep asks for another", workspace, failure);
        failed.add(workspace);
      } catch (RuntimeException failure) {
        LOG.error("A matching round of {} failed", workspace, failure);
        failed.add(workspace);
      }
    } while (states.computeIfPresent(
            workspace, (sid, state) -> state == State.RUNNING ? null : state)
        != null);
  }

  private Observation observed() {
    return Observation.createNotStarted(ROUND, observations).contextualName("matching round");
  }

  /** Asks again those who declined, and runs the rounds again that failed. */
  @Scheduled(fixedDelayString = "${muster.assignment.sweep-every:1s}")
  void sweep() {
    for (var workspace : failed) {
      failed.remove(workspace);
      request(workspace);
    }
    routing.askAgain().forEach(this::request);
  }

  /**
   * Asks for a round wherever tasks wait: a wake-up is lost with the node that was to run it, so
   * this one makes up for the others, and at its start for its own last end.
   */
  @EventListener(ApplicationReadyEvent.class)
  @Scheduled(
      initialDelayString = "${muster.assignment.recover-every:10s}",
      fixedDelayString = "${muster.assignment.recover-every:10s}")
  void recover() {
    waitingTasks.workspaces().forEach(this::request);
  }

  @PreDestroy
  void stop() {
    executor.shutdown();
  }
}
