package dev.muster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.account.AccountSid;
import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Refused;
import dev.muster.workflow.ProcessId;
import dev.muster.workflow.WorkflowProcesses;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Tenant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

/** Without an engine; what one says is in {@link OtherProcessTest}. */
class ChosenProcessesTest extends TwoTenantsTest {

  @Autowired WorkflowProcesses workflows;
  @Autowired ObjectProvider<Presences> noEngine;

  private WorkflowSid workflow;
  private String path;

  @BeforeEach
  void given() {
    workflow = WorkflowSid.of(ours.workflow("Claims", "", ours.queue("Everyone", "1==1")).getSid());
    path = "/muster/v1/Workspaces/%s/Workflows/%s/Process".formatted(ours.workspace(), workflow);
  }

  @Test
  void areNoneUnlessTheOperatorSaysSo() {
    var refused = ours.wire().post(path, "ProcessId", "approved-task");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("message"))
        .isEqualTo(
            "Expected ProcessId to be a process that the operator allows account %s, but 'approved-task' is none"
                .formatted(ours.wire().user()));
    assertThat(ours.wire().get(path).text("process_id")).isEqualTo("muster-task");
  }

  @Test
  void areTakenOnTrustWhileTheEngineIsAway() {
    var allowed = new AccessSettings(List.of(ours.wire().user() + ":approved-*"), List.of());
    var chosen = new ChosenProcesses(workflows, allowed, noEngine);
    var tenant = new Tenant(AccountSid.of(ours.wire().user()), ours.workspaceSid());
    var process = ProcessId.of("approved-task");

    assertThat(chosen.choose(tenant, workflow, process)).isEqualTo(Presence.UNKNOWN);
    assertThat(ours.wire().get(path).text("process_id")).isEqualTo("approved-task");
    assertThat(ours.wire().get(path).text("deployment")).isEqualTo("unknown");
    assertThat(
            jdbc.sql("SELECT type FROM event WHERE resource_sid = :workflow ORDER BY sid")
                .param("workflow", workflow.value())
                .query(String.class)
                .list())
        .containsExactly("workflow.created", "workflow.updated");

    var others = new Tenant(AccountSid.of(theirs.wire().user()), theirs.workspaceSid());
    assertThatThrownBy(() -> chosen.choose(others, workflow, process)).isInstanceOf(Refused.class);
  }
}
