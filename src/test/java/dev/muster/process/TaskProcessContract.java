package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.process.Desk.Given;
import dev.muster.workflow.ProcessId;
import dev.muster.workspace.WorkspaceDeleted;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every engine has to do with {@code bpmn/task.bpmn}. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TaskProcessContract<E extends TestEngine> {

  static final String QUEUED = "receiveTask_Queued";
  static final String RESERVATION = "userTask_Reservation";
  static final String ASSIGNED = "receiveTask_Assigned";
  static final String WRAPPING = "receiveTask_Wrapping";

  private static final Duration LATER = Duration.ofMinutes(10);

  final E engine;
  ConfigurableApplicationContext node;
  Desk desk;

  TaskProcessContract(E engine) {
    this.engine = engine;
  }

  @BeforeAll
  void start() {
    engine.start();
    node = ProcessSlice.start(engine.properties());
    desk = node.getBean(Desk.class);
  }

  @AfterAll
  void stop() {
    node.close();
    engine.close();
  }

  @AfterEach
  void bringTheDatabaseBack() {
    desk.failure = null;
  }

  @Test
  void waitsInTheQueue() {
    var task = desk.create();

    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));
  }

  @Test
  void showsAnOfferAsAUserTaskOfTheWorkerAndTheQueue() {
    var task = desk.create();
    desk.offer(task, "WK1", LATER);

    eventually(
        () -> {
          assertThat(at(task)).containsExactly(RESERVATION);
          var userTasks = records().userTasks(task.task());
          assertThat(userTasks).hasSize(1);
          assertThat(userTasks.getFirst().get("assignee").asString()).isEqualTo("WK1");
          assertThat(userTasks.getFirst().get("candidateGroupsList").toString())
              .isEqualTo("[\"WQ1\"]");
        });
  }

  @Test
  void followsATaskThroughItsLife() {
    var task = desk.create();
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));

    var reservation = desk.offer(task, "WK1", LATER);
    eventually(() -> assertThat(at(task)).containsExactly(RESERVATION));

    desk.accept(task.workspace(), reservation);
    eventually(() -> assertThat(at(task)).containsExactly(ASSIGNED));

    desk.become(task, "wrapping");
    eventually(() -> assertThat(at(task)).containsExactly(WRAPPING));

    desk.become(task, "completed");
    eventually(() -> assertThat(records().ended(task.task())).isTrue());
    eventually(() -> assertThat(untold()).isZero());
    assertThat(records().instancesOf(task.task())).hasSize(1);
  }

  @Test
  void endsWhenAQueuedTaskIsCanceled() {
    var task = desk.create();
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));

    desk.become(task, "canceled");

    eventually(() -> assertThat(records().ended(task.task())).isTrue());
  }

  @Test
  void endsWhenAnOfferedTaskIsCanceled() {
    var task = desk.create();
    desk.offer(task, "WK1", LATER);
    eventually(() -> assertThat(at(task)).containsExactly(RESERVATION));

    desk.become(task, "canceled");

    eventually(() -> assertThat(records().ended(task.task())).isTrue());
    assertThat(records().userTasks(task.task())).isEmpty();
  }

  @Test
  void endsWhenTheWorkspaceIsDeleted() {
    var task = desk.create();
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));

    new TransactionTemplate(node.getBean(PlatformTransactionManager.class))
        .executeWithoutResult(
            transaction -> {
              node.publishEvent(new WorkspaceDeleted(task.workspace()));
              node.getBean(JdbcClient.class)
                  .sql("DELETE FROM task WHERE workspace_sid = :workspace")
                  .param("workspace", task.workspace().value())
                  .update();
            });

    eventually(() -> assertThat(records().ended(task.task())).isTrue());
  }

  @Test
  void letsAReservationLapse() {
    var task = desk.create();
    var reservation = desk.offer(task, "WK1", Duration.ofSeconds(2));

    eventually(() -> assertThat(desk.asked).contains("expire " + reservation));
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));
  }

  @Test
  void letsOneOfSeveralReservationsLapse() {
    var task = desk.create();
    var first = desk.offer(task, "WK1", Duration.ofSeconds(2));
    var second = desk.offer(task, "WK2", Duration.ofSeconds(4));

    eventually(() -> assertThat(records().userTasks(task.task())).hasSize(2));
    eventually(() -> assertThat(desk.asked).contains("expire " + first));
    eventually(() -> assertThat(records().userTasks(task.task())).hasSize(1));
    eventually(() -> assertThat(desk.asked).contains("expire " + second));
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));
  }

  @Test
  void escalatesWhenATargetHasHadItsTime() {
    var task = desk.create(Duration.ofHours(1), Duration.ofSeconds(2));

    eventually(() -> assertThat(desk.asked).contains("escalate " + task.task()));
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));
  }

  @Test
  void endsATaskThatHasLivedItsTime() {
    var task = desk.create(Duration.ofSeconds(2), Duration.ofHours(1));

    eventually(() -> assertThat(desk.asked).contains("expire " + task.task()));
    eventually(() -> assertThat(records().ended(task.task())).isTrue());
  }

  @Test
  void takesATaskAwayFromAWorkerWhoHasHadItTooLong() {
    for (var status : List.of("assigned", "wrapping")) {
      var task = desk.create();
      desk.assign(task, status, Duration.ofSeconds(2));

      eventually(() -> assertThat(desk.asked).contains("expire " + task.task()));
      eventually(() -> assertThat(records().ended(task.task())).isTrue());
    }
  }

  @Test
  void showsTheSearchForTheNextWorkerOfATaskThatIsHandedOn() {
    var task = desk.create();
    desk.assign(task, "assigned", LATER);
    eventually(() -> assertThat(at(task)).containsExactly(ASSIGNED));

    desk.handOn(task);
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));

    desk.offerNext(task, "WK2", LATER);
    eventually(
        () -> {
          assertThat(at(task)).containsExactly(RESERVATION);
          assertThat(records().userTasks(task.task()).getFirst().get("assignee").asString())
              .isEqualTo("WK2");
        });

    desk.endTransfer(task);
    eventually(() -> assertThat(at(task)).containsExactly(ASSIGNED));
    assertThat(records().userTasks(task.task())).isEmpty();
  }

  @Test
  void acceptsTheReservationWhoseUserTaskIsCompleted() {
    var task = desk.create();
    desk.offer(task, "WK1", LATER);
    var second = desk.offer(task, "WK2", LATER);
    eventually(() -> assertThat(records().userTasks(task.task())).hasSize(2));

    complete(task, "WK2");

    eventually(() -> assertThat(desk.asked).contains("accept " + second));
    eventually(() -> assertThat(at(task)).containsExactly(ASSIGNED));
    desk.become(task, "completed");
    eventually(() -> assertThat(records().ended(task.task())).isTrue());
  }

  @Test
  void goesWhereTheTaskStandsWhenACompletionComesTooLate() {
    var task = desk.create();
    var reservation = desk.offer(task, "WK1", LATER);
    eventually(() -> assertThat(records().userTasks(task.task())).hasSize(1));
    silently(task, "status = 'pending'");
    sql("UPDATE reservation SET status = 'rejected' WHERE task_sid = :task", task);

    complete(task, "WK1");

    eventually(() -> assertThat(desk.asked).contains("accept " + reservation + " in vain"));
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));
  }

  @Test
  void isPutRightByATimerWhenItMissedAMove() {
    var task = desk.create(Duration.ofHours(1), Duration.ofSeconds(3));
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));
    silently(task, "status = 'assigned'");

    eventually(() -> assertThat(desk.asked).contains("escalate " + task.task() + " in vain"));
    eventually(() -> assertThat(at(task)).containsExactly(ASSIGNED));
  }

  @Test
  void waitsWithoutIncidentWhileTheDatabaseIsAway() {
    var task = desk.create();
    var reservation = desk.offer(task, "WK1", LATER);
    eventually(() -> assertThat(records().userTasks(task.task())).hasSize(1));
    desk.failure = new DataAccessResourceFailureException("away");

    complete(task, "WK1");
    eventually(() -> assertThat(at(task)).containsExactly("serviceTask_AcceptReservation"));
    eventually(() -> assertThat(records().failedJobs(task.task())).isGreaterThan(5));
    desk.failure = null;

    eventually(() -> assertThat(desk.asked).contains("accept " + reservation));
    eventually(() -> assertThat(at(task)).containsExactly(ASSIGNED));
    assertThat(incidents(task)).isEmpty();
  }

  @Test
  void isAnIncidentWhenTheDatabaseRefusesWhatAJobWrites() {
    var task = desk.create();
    desk.offer(task, "WK1", LATER);
    eventually(() -> assertThat(records().userTasks(task.task())).hasSize(1));
    desk.failure = new DataIntegrityViolationException("no such value");

    complete(task, "WK1");

    eventually(
        () -> assertThat(incidents(task)).containsExactly("DataIntegrityViolationException"));
    assertThat(records().failedJobs(task.task())).isEqualTo(5);
  }

  private List<String> incidents(Given task) {
    var instance = records().instancesOf(task.task()).iterator().next();
    return records().incidentsOf(instance);
  }

  @Test
  void startsAtThePresentStage() {
    var task =
        new TransactionTemplate(node.getBean(PlatformTransactionManager.class))
            .execute(
                transaction -> {
                  var late = desk.create();
                  desk.accept(late.workspace(), desk.offer(late, "WK1", LATER));
                  return late;
                });

    eventually(() -> assertThat(at(task)).containsExactly(ASSIGNED));
    assertThat(records().entered(task.task())).containsExactly(ASSIGNED);
  }

  @Test
  void startsOnceHoweverOftenItIsAsked() {
    var task = desk.create();
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));
    sql(
        """
        UPDATE process_state SET started = false, told_version = -1, claimed_until = now()
        WHERE task_sid = :task
        """,
        task);
    node.getBean(Relay.class).wake();
    startByHand(task);

    desk.become(task, "assigned");
    eventually(() -> assertThat(at(task)).containsExactly(ASSIGNED));
    desk.become(task, "completed");
    eventually(() -> assertThat(records().ended(task.task())).isTrue());
    assertThat(records().instancesOf(task.task())).hasSize(1);
  }

  private void startByHand(Given task) {
    node.getBean(CamundaClient.class)
        .newPublishMessageCommand()
        .messageName(TaskProcess.TASK_CREATED)
        .correlationKey(task.task().value())
        .timeToLive(Duration.ZERO)
        .variables(Map.of(TaskProcess.TASK_SID, task.task().value()))
        .send()
        .join();
  }

  @Test
  void doublesNothingWhenALivingEngineIsRefilled() {
    var task = desk.create();
    desk.offer(task, "WK1", LATER);
    eventually(() -> assertThat(at(task)).containsExactly(RESERVATION));

    node.getBean(Reconcile.class).refill();

    eventually(() -> assertThat(untold()).isZero());
    eventually(() -> assertThat(at(task)).containsExactly(RESERVATION));
    assertThat(records().instancesOf(task.task())).hasSize(1);
  }

  @Test
  void tellsWhichProcessesItCanStartForTasks() {
    var own = Bpmn.createExecutableProcess("no-tasks").startEvent().endEvent().done();
    node.getBean(CamundaClient.class)
        .newDeployResourceCommand()
        .addProcessModel(own, "no-tasks.bpmn")
        .send()
        .join();

    assertThat(presence(TaskProcess.ID)).isEqualTo(Presence.READY);
    assertThat(presence("nobodys-process")).isEqualTo(Presence.MISSING);
    assertThat(presence("no-tasks")).isEqualTo(Presence.FOREIGN);
    assertThat(records().processInstances("no-tasks")).isZero();
  }

  private Presence presence(String process) {
    return node.getBean(Presences.class).ask(new ProcessId(process)).toCompletableFuture().join();
  }

  @Test
  void followsTheProcessThatATaskNames() {
    node.getBean(CamundaClient.class)
        .newDeployResourceCommand()
        .addResourceFile("bpmn/examples/approved-task.bpmn")
        .send()
        .join();

    var task = desk.createFollowing("approved-task");
    var other = desk.create();
    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));
    eventually(() -> assertThat(at(other)).containsExactly(QUEUED));
    desk.become(task, "wrapping");

    eventually(() -> assertThat(at(task)).containsExactly("userTask_Approval"));
    assertThat(records().processesOf(task.task())).containsExactly("approved-task");
    assertThat(records().processesOf(other.task())).containsExactly(TaskProcess.ID);
  }

  @Test
  void fallsBackToMustersOwnProcessIfTheOneNamedIsMissing() {
    var task = desk.createFollowing("nobodys-process");

    eventually(() -> assertThat(at(task)).containsExactly(QUEUED));
    assertThat(records().processesOf(task.task())).containsExactly(TaskProcess.ID);
    var health = node.getBean(ProcessHealthIndicator.class).health();
    assertThat(health.getDetails().get("absent")).asString().isEqualTo("[nobodys-process]");
    assertThat(node.getBean(Relay.class).inTrouble()).isFalse();
  }

  private void complete(Given task, String worker) {
    records().userTasks(task.task()).stream()
        .filter(userTask -> userTask.get("assignee").asString().equals(worker))
        .forEach(userTask -> engine.completeUserTask(userTask.get("userTaskKey").asLong()));
  }

  /** Changes a task without a word to anybody, as if the message had been lost. */
  private void silently(Given task, String change) {
    sql("UPDATE task SET %s, version = version + 1 WHERE sid = :task".formatted(change), task);
  }

  final void sql(String statement, Given task) {
    node.getBean(JdbcClient.class).sql(statement).param("task", task.task().value()).update();
  }

  final int untold() {
    return node.getBean(JdbcClient.class)
        .sql("SELECT count(*) FROM process_state WHERE version > told_version")
        .query(Integer.class)
        .single();
  }

  final Records records() {
    return new Records(engine.records());
  }

  final List<String> at(Given task) {
    return records().whereabouts(task.task());
  }

  static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(assertion);
  }
}
