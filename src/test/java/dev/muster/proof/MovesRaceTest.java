package dev.muster.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import dev.muster.assignment.Rounds;
import dev.muster.given.Given;
import dev.muster.given.TwoTenantsTest;
import dev.muster.task.TaskRouting;
import dev.muster.task.TaskSid;
import dev.muster.web.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** Tasks that come or move on while what they are led by changes. */
@ContextConfiguration(initializers = Interludes.Installed.class)
class MovesRaceTest extends TwoTenantsTest {

  private static final String TASK_MOVED = "UPDATE task t SET workflow_version";

  @Autowired Interludes interludes;
  @Autowired TaskRouting routing;
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

  private static Wire.Answer turnRound(Given tenant, String queue) {
    return tenant.wire().post(tenant.path("TaskQueues", queue), "TaskOrder", "LIFO");
  }
}
