package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.assignment.Rounds;
import dev.muster.given.TwoTenantsTest;
import dev.muster.policy.PresentPolicies;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.web.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whoever needs the same rows takes them in the same order, so that nobody waits for each other.
 * Each test holds a row until everybody has come as far as that allows.
 */
@ContextConfiguration(initializers = Interludes.Installed.class)
@TestPropertySource(
    properties = {
      "muster.assignment.recover-every=1h",
      "muster.assignment.sweep-every=1h",
      "muster.policy.look-every=20ms"
    })
@DirtiesContext
class CrossingLocksTest extends TwoTenantsTest {

  private static final String WORKSPACES = "/v1/Workspaces/";
  private static final String TASK_HELD = "FOR UPDATE OF t";

  @TempDir static Path policies;

  @Autowired TransactionTemplate transaction;
  @Autowired TaskRouting routing;
  @Autowired PresentPolicies present;
  @Autowired Interludes interludes;
  @Autowired ApplicationContext context;

  Rounds rounds;
  Locks locks;
  TaskQueue everyone;

  @DynamicPropertySource
  static void policies(DynamicPropertyRegistry registry) {
    registry.add("muster.policy.folder", policies::toString);
  }

  @BeforeEach
  void given() {
    interludes.forget();
    rounds = Rounds.of(context);
    locks = new Locks(jdbc);
    everyone = ours.queue("Everyone", "1==1");
  }

  @Test
  void twoWorkersAcceptTwoTasksThatWereOfferedToBoth() throws Exception {
    TaskQueue.updater(ours.workspace(), everyone.getSid())
        .setMaxReservedWorkers(2)
        .update(ours.client());
    var workflow = ours.workflow("Inbound", "", everyone);
    var anna = withRoomForTwo("Anna");
    var ben = withRoomForTwo("Ben");
    var first = ours.task(workflow, "{}");
    var second = ours.task(workflow, "{}");
    ours.awaitOffer(first);
    ours.awaitOffer(second);

    var answers =
        transaction.execute(
            status -> {
              hold("worker", ben.getSid());
              return List.of(
                  locks.start(() -> accept(offerOf(first, anna))),
                  locks.start(() -> accept(offerOf(second, ben))));
            });

    for (Future<Wire.Answer> answer : answers) {
      assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(200);
    }
  }

  @Test
  void aRoundAsksWhetherToSkipAStepWhileTheWorkflowIsEvaluatedAgain() throws Exception {
    var nobody = ours.queue("Nobody", "");
    var workflow =
        ours.workflow(
            "Inbound",
            """
            {"expression": "rare == true", "targets": [{"queue": "%s", "skip_if": "1==2"}]}"""
                .formatted(nobody.getSid()),
            everyone);
    var anna = ours.worker("Anna", "{}");
    var rare = ours.task(workflow, "{\"rare\": true}");
    var plain = ours.task(workflow, "{}");
    rounds.awaitRest();
    evaluateAgain(workflow.getSid());
    rounds.awaitRest();
    makeReadyWithoutAWord(anna);
    askToSkipAgain(rare.getSid());

    var evaluated =
        transaction.execute(
            status -> {
              hold("task", rare.getSid());
              var evaluation = locks.start(() -> evaluateAgain(workflow.getSid()));
              locks.awaitAnother(() -> rounds.request(ours.workspaceSid()));
              return evaluation;
            });

    assertThat(evaluated.get().status()).as(evaluated.get().body()).isEqualTo(200);
    ours.awaitOffer(plain);
    rounds.awaitRest();
    assertThat(rounds.anyFailed()).isFalse();
  }

  @Test
  void aWorkerHandsATaskOnWhileTheWorkspaceIsDeleted() throws Exception {
    var workflow = ours.workflow("Inbound", "", everyone);
    var anna = ours.availableWorker("Anna", "{}");
    var task = ours.task(workflow, "{}");
    var taken = ours.answer(ours.awaitOffer(task), Reservation.Status.ACCEPTED);
    rounds.awaitRest();
    var deletions = new ArrayList<Future<Wire.Answer>>();
    var begun =
        interludes.after(
            TASK_HELD,
            () ->
                deletions.add(
                    locks.start(() -> ours.wire().delete(WORKSPACES + ours.workspace()))));

    var transfer =
        ours.wire()
            .post(
                "/muster" + ours.path("Workers", anna.getSid(), "Transfers"),
                "ReservationSid",
                taken.getSid(),
                "TaskSid",
                task.getSid(),
                "To",
                everyone.getSid());

    begun.join();
    assertThat(transfer.status()).as(transfer.body()).isEqualTo(201);
    assertThat(deletions.getFirst().get().status()).isEqualTo(204);
  }

  @Test
  void aTaskGoesPastAClosedQueueWhileTheOneItLeavesTurnsRound() throws Exception {
    var desk = ours.queue("Desk", "1==1");
    close(desk, everyone);
    var lounge = ours.queue("Lounge", "1==1");
    var workflow =
        ours.workflow(
            "Inbound",
            """
            {"expression": "1==1", "targets": [{"queue": "%s", "timeout": 10}, {"queue": "%s"}]}\
            """
                .formatted(lounge.getSid(), desk.getSid()),
            everyone);
    var task = ours.task(workflow, "{}");
    rounds.awaitRest();
    clock.advance(Duration.ofSeconds(10));
    var turns = new ArrayList<Future<Wire.Answer>>();
    var begun =
        interludes.after(TASK_HELD, () -> turns.add(locks.start(() -> turnRound(lounge.getSid()))));

    assertThat(routing.doWhatIsDue(ours.workspaceSid(), TaskSid.of(task.getSid()))).isTrue();

    begun.join();
    var turned = turns.getFirst().get();
    assertThat(turned.status()).as(turned.body()).isEqualTo(200);
    assertThat(ours.present(task).getTaskQueueSid()).isEqualTo(everyone.getSid());
  }

  private void close(TaskQueue closed, TaskQueue instead) throws IOException {
    Files.writeString(
        policies.resolve("closed.yaml"),
        """
        policies:
          - name: Night
            when: "TRUE"
            close_queue: %s
            instead: %s
        """
            .formatted(closed.getSid(), instead.getSid()));
    Awaitility.await().until(() -> present.get().list().size() == 1);
  }

  private Wire.Answer turnRound(String queue) {
    return ours.wire().post(ours.path("TaskQueues", queue), "TaskOrder", "LIFO");
  }

  private Worker withRoomForTwo(String name) {
    var worker = ours.availableWorker(name, "{}");
    ours.wire().post(ours.path("Workers", worker.getSid(), "Channels", "default"), "Capacity", "2");
    return worker;
  }

  private Reservation offerOf(Task task, Worker worker) {
    return ours.pending(task).stream()
        .filter(offer -> offer.getWorkerSid().equals(worker.getSid()))
        .findFirst()
        .orElseThrow();
  }

  private Wire.Answer accept(Reservation offer) {
    return ours.wire()
        .post(
            ours.path("Tasks", offer.getTaskSid(), "Reservations", offer.getSid()),
            "ReservationStatus",
            "accepted");
  }

  private Wire.Answer evaluateAgain(String workflow) {
    return ours.wire().post(ours.path("Workflows", workflow), "ReEvaluateTasks", "true");
  }

  private void hold(String table, String sid) {
    jdbc.sql("SELECT sid FROM %s WHERE workspace_sid = ? AND sid = ? FOR UPDATE".formatted(table))
        .params(ours.workspace(), sid)
        .query(String.class)
        .single();
  }

  /** So that no round begins before it is asked for. */
  private void makeReadyWithoutAWord(Worker worker) {
    jdbc.sql("UPDATE worker SET available = true, activity_sid = ? WHERE sid = ?")
        .params(ours.activity("Available"), worker.getSid())
        .update();
    jdbc.sql("UPDATE worker_channel SET worker_available = true WHERE worker_sid = ?")
        .param(worker.getSid())
        .update();
  }

  /** As right after the task entered its step. */
  private void askToSkipAgain(String task) {
    jdbc.sql("UPDATE task SET entering = true, demand_class = gen_random_uuid() WHERE sid = ?")
        .param(task)
        .update();
  }
}
