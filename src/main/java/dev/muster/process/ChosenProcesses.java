package dev.muster.process;

import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workflow.ProcessId;
import dev.muster.workflow.WorkflowProcesses;
import dev.muster.workflow.WorkflowSid;
import dev.muster.workspace.Tenant;
import dev.muster.workspace.WorkspaceSid;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The processes that tenants choose for the tasks of their workflows. */
@Component
class ChosenProcesses {

  static final ProcessId OWN = new ProcessId(TaskProcess.ID);
  private static final int PATIENCE_SECONDS = 3;

  private final WorkflowProcesses workflows;
  private final AccessSettings access;
  private final ObjectProvider<Presences> engine;

  ChosenProcesses(
      WorkflowProcesses workflows, AccessSettings access, ObjectProvider<Presences> engine) {
    this.workflows = workflows;
    this.access = access;
    this.engine = engine;
  }

  /**
   * The process that new tasks of the workflow get.
   *
   * @throws Refused as not found if there is no such workflow
   */
  ProcessId get(WorkspaceSid workspace, WorkflowSid sid) {
    return workflows.find(workspace, sid).orElse(OWN);
  }

  /**
   * Gives the workflow's tasks that are created from now on another process. While the engine does
   * not answer, it is taken on trust.
   *
   * @return what the engine has of it
   * @throws Refused as not found if there is no such workflow; as forbidden if the operator does
   *     not allow the account this process; as invalid if the engine could not start it
   */
  Presence choose(Tenant tenant, WorkflowSid sid, ProcessId process) {
    get(tenant.workspace(), sid);
    if (process.equals(OWN)) {
      forget(tenant.workspace(), sid);
      return presence(OWN);
    }
    if (!access.mayName(tenant.account(), process)) {
      throw new Refused(
          Refusal.FORBIDDEN,
          "Expected ProcessId to be a process that the operator allows account %s, but '%s' is none"
              .formatted(tenant.account(), process));
    }
    var presences = engine.getIfAvailable();
    var presence = presences == null ? Presence.UNKNOWN : await(presences.ask(process));
    check(process, presence);
    workflows.name(tenant.workspace(), sid, process);
    return presence;
  }

  private static void check(ProcessId process, Presence presence) {
    switch (presence) {
      case READY, UNKNOWN -> {}
      case MISSING ->
          throw Refused.invalid(
              "Expected ProcessId to be a process that is deployed, but the engine has no '%s'",
              process);
      case FOREIGN ->
          throw Refused.invalid(
              "Expected ProcessId to be a process with the start event %s, but '%s' has none",
              TaskProcess.START_EVENT, process);
    }
  }

  /** Returns to Muster's own process. */
  void forget(WorkspaceSid workspace, WorkflowSid sid) {
    workflows.name(workspace, sid, null);
  }

  /** What the engine has of the process; unknown if it does not answer soon. */
  Presence presence(ProcessId process) {
    var presences = engine.getIfAvailable();
    return presences == null ? Presence.UNKNOWN : await(presences.of(process));
  }

  private static Presence await(CompletionStage<Presence> answer) {
    try {
      return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException noAnswer) {
      return Presence.UNKNOWN;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Presence.UNKNOWN;
    }
  }
}
