package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import dev.muster.given.TwoTenantsTest;
import dev.muster.reservation.ReservationSid;
import dev.muster.task.TaskSid;
import dev.muster.web.Refused;
import dev.muster.workflow.ProcessId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The operator has allowed nobody anything. */
class AskedOfTasksTest extends TwoTenantsTest {

  private static final ProcessId OWN = new ProcessId(TaskProcess.ID);
  private static final ProcessId STRANGER = new ProcessId("stranger");

  @Autowired AskedOfTasks asked;

  private Task task;
  private Reservation offer;

  @BeforeEach
  void given() {
    ours.availableWorker("Carmen", "{}");
    task = ours.task(ours.workflow("Claims", "", ours.queue("Everyone", "1==1")), "{}");
    offer = ours.awaitOffer(task);
  }

  @Test
  void letsNoProcessSpeakForPeopleThatTheOperatorHasNotListed() {
    var message =
        "Expected the job of a process that the operator allows the account of workspace %s, but 'stranger' is none"
            .formatted(ours.workspace());

    assertThatThrownBy(() -> asked.accept(STRANGER, ours.workspaceSid(), reservation()))
        .isInstanceOf(Refused.class)
        .hasMessage(message);
    assertThat(asked.accept(OWN, ours.workspaceSid(), reservation())).isTrue();

    assertThatThrownBy(() -> asked.complete(STRANGER, ours.workspaceSid(), sid(), "done"))
        .isInstanceOf(Refused.class)
        .hasMessage(message);
    assertThat(asked.complete(OWN, ours.workspaceSid(), sid(), "done")).isTrue();
    assertThat(ours.present(task).getReason()).isEqualTo("done");
  }

  @Test
  void refusesAReasonThatCannotBeKept() {
    asked.accept(OWN, ours.workspaceSid(), reservation());

    assertThatThrownBy(() -> asked.complete(OWN, ours.workspaceSid(), sid(), "do\0ne"))
        .isInstanceOf(Refused.class)
        .hasMessage(
            "Expected reason to be Unicode text without NUL, but it holds a character that is none");
    assertThat(ours.present(task).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
  }

  private TaskSid sid() {
    return TaskSid.of(task.getSid());
  }

  private ReservationSid reservation() {
    return ReservationSid.of(offer.getSid());
  }
}
