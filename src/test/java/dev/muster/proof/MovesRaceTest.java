package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.muster.assignment.Rounds;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.task.TaskIntake;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.web.Wire;
import dev.muster.workflow.WorkflowChanged;
import dev.muster.workflow.WorkflowSid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tasks that come or move on while what they are led by changes. */
@ContextConfiguration(initializers = Interludes.Installed.class)
class MovesRaceTest extends TwoTenantsTest {

  private static final String TASK_MOVED = "UPDATE task t SET workflow_version";

  private static final String VERSION_READ = "SELECT w.version, c.sid AS channel_sid";

  /** More than are run through a version in one transaction. */
  private static final int MANY = 150;

  @Autowired Interludes interludes;
  @Autowired TaskRouting routing;
  @Autowired TaskIntake intake;
  @Autowired TransactionTemplate transaction;
  @Autowired ApplicationEventPublisher publisher;
  @Autowired ApplicationContext context;

  Locks locks;

  @BeforeEach
  void given() {
    interludes.forget();
    locks = new Locks(jdbc);
  }

  @Test
  void aTaskEntersAQueueThatTurnsRound() throws Exception {
    for (var tenant : List.of(ours, theirs)) {
      var desk = tenant.queue("Desk", "1==1");
      var lounge = tenant.queue("Lounge", "1==1");
      var first = tenant.task(tenant.workflow("Direct", "", desk), "{}");
      clock.advance(Duration.ofSeconds(1));
      var workflow =
          tenant.workflow(
              "Patient",
              """
              {"expression": "1==1", "targets": [{"queue": "%s", "timeout": 10}, {"queue": "%s"}]}\
              """
                  .formatted(lounge.getSid(), desk.getSid()),
              desk);
      var last = tenant.task(workflow, "{}");
      Rounds.of(context).awaitRest();
      clock.advance(Duration.ofSeconds(10));
      var turns = new ArrayList<Future<Wire.Answer>>();
      var begun =
          interludes.after(
              TASK_MOVED, () -> turns.add(locks.start(() -> turnRound(tenant, desk.getSid()))));

      assertThat(routing.doWhatIsDue(tenant.workspaceSid(), TaskSid.of(last.getSid()))).isTrue();

      begun.join();
      var turned = turns.getFirst().get();
      assertThat(turned.status()).as(turned.body()).isEqualTo(200);
      tenant.availableWorker("Anna", "{}");
      tenant.awaitOffer(last);
      assertThat(tenant.present(first).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
    }
  }

  @Test
  void aTaskThatIsCreatedWhileAVersionIsPublishedIsRunThroughIt() throws Exception {
    for (var tenant : List.of(ours, theirs)) {
      var lounge = tenant.queue("Lounge", "1==1");
      var desk = tenant.queue("Desk", "1==1");
      var workflow = tenant.workflow("Inbound", "", lounge);
      var publications = new ArrayList<Future<Wire.Answer>>();

      var task =
          transaction.execute(
              status -> {
                var created = create(tenant, workflow);
                publications.add(locks.start(() -> publish(tenant, workflow, desk, true)));
                return created;
              });

      var published = publications.getFirst().get();
      assertThat(published.status()).as(published.body()).isEqualTo(200);
      assertThat(published.json().at("/waiting_tasks/on_this_version").asInt()).isEqualTo(1);
      assertThat(queue(tenant, task)).isEqualTo(desk.getSid());
    }
  }

  @Test
  void aTaskComesByTheVersionThatIsPublishedBeforeItIsWritten() {
    var lounge = ours.queue("Lounge", "1==1");
    var desk = ours.queue("Desk", "1==1");
    var workflow = ours.workflow("Inbound", "", lounge);
    var published = interludes.after(VERSION_READ, () -> publish(ours, workflow, desk, false));

    var task = ours.task(workflow, "{}");

    published.join();
    assertThat(task.getTaskQueueSid()).isEqualTo(desk.getSid());
  }

  @Test
  void aWorkerIsAskedWhileTasksAreStillRunThroughAVersion() throws Exception {
    var lounge = ours.queue("Lounge", "1==2");
    var desk = ours.queue("Desk", "1==1");
    var workflow = ours.workflow("Inbound", "", lounge);
    var theirWorkflow = theirs.workflow("Inbound", "", theirs.queue("Lounge", "1==1"));
    var theirTask = theirs.task(theirWorkflow, "{}");
    var tasks =
        transaction.execute(
            status ->
                IntStream.range(0, MANY)
                    .mapToObj(each -> create(ours, workflow))
                    .sorted()
                    .toList());

    var publication =
        transaction.execute(
            status -> {
              hold(tasks.getLast());
              var publishing = locks.start(() -> publish(ours, workflow, desk, true));
              ours.availableWorker("Anna", "{}");
              ours.awaitOffer(
                  Task.fetcher(ours.workspace(), tasks.getFirst()).fetch(ours.client()));
              assertThat(queue(ours, tasks.getLast())).isEqualTo(lounge.getSid());
              return publishing;
            });

    var published = publication.get();
    assertThat(published.status()).as(published.body()).isEqualTo(200);
    assertThat(published.json().at("/waiting_tasks/on_this_version").asInt()).isEqualTo(MANY);
    assertThat(tasks).allMatch(task -> queue(ours, task).equals(desk.getSid()));
    assertThat(theirs.present(theirTask).getTaskQueueSid()).isEqualTo(theirTask.getTaskQueueSid());
  }

  @Test
  void othersGoOnWithTasksOfARequestThatIsNoMore() {
    var desks = new HashMap<Given, String>();
    var waiting = new HashMap<Given, Task>();
    for (var tenant : List.of(ours, theirs)) {
      var desk = tenant.queue("Desk", "1==1");
      var workflow = tenant.workflow("Inbound", "", tenant.queue("Lounge", "1==1"));
      desks.put(tenant, desk.getSid());
      waiting.put(tenant, tenant.task(workflow, "{}"));
      publish(tenant, workflow, desk, false);

      transaction.executeWithoutResult(
          status ->
              publisher.publishEvent(
                  new WorkflowChanged(
                      tenant.workspaceSid(), WorkflowSid.of(workflow.getSid()), 2)));
    }

    waiting.forEach(
        (tenant, task) ->
            Awaitility.await().until(() -> queue(tenant, task.getSid()).equals(desks.get(tenant))));
  }

  private String create(Given tenant, Workflow workflow) {
    var parameters = JsonNodeFactory.instance.objectNode().put("workflowSid", workflow.getSid());
    return intake.create(tenant.workspaceSid(), parameters).sid().value();
  }

  private static Wire.Answer publish(
      Given tenant, Workflow workflow, TaskQueue fallback, boolean reEvaluateTasks) {
    return tenant
        .wire()
        .post(
            tenant.path("Workflows", workflow.getSid()),
            "Configuration",
            """
            {"task_routing": {"filters": [], "default_filter": {"queue": "%s"}}}"""
                .formatted(fallback.getSid()),
            "ReEvaluateTasks",
            String.valueOf(reEvaluateTasks));
  }

  private String queue(Given tenant, String task) {
    return jdbc.sql("SELECT task_queue_sid FROM task WHERE workspace_sid = ? AND sid = ?")
        .params(tenant.workspace(), task)
        .query(String.class)
        .single();
  }

  private void hold(String task) {
    jdbc.sql("SELECT sid FROM task WHERE workspace_sid = ? AND sid = ? FOR UPDATE")
        .params(ours.workspace(), task)
        .query(String.class)
        .single();
  }

  private static Wire.Answer turnRound(Given tenant, String queue) {
    return tenant.wire().post(tenant.path("TaskQueues", queue), "TaskOrder", "LIFO");
  }
}
