package dev.muster.workspace;

import dev.muster.web.Form;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be set of a workspace beyond the v1 interface. */
@RestController
@RequestMapping("/muster/v1/Workspaces/{WorkspaceSid}/Settings")
class SettingsController {

  /**
   * @param reservationTimeoutMovesWorker whether a reservation that times out puts its worker to
   *     the timeout activity, as it does unless it is said; otherwise the worker stays as available
   *     as before, and others are asked for the task first
   */
  record SettingsChange(@Nullable Boolean reservationTimeoutMovesWorker) {

    WorkspaceSettings settings() {
      return new WorkspaceSettings(
          null, null, null, null, null, null, null, reservationTimeoutMovesWorker);
    }
  }

  /** The settings on the wire. */
  record SettingsBody(WorkspaceSid workspaceSid, boolean reservationTimeoutMovesWorker) {

    static SettingsBody of(Workspace workspace) {
      return new SettingsBody(workspace.sid(), workspace.timeoutMovesWorker());
    }
  }

  private final Workspaces workspaces;

  SettingsController(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  @GetMapping
  SettingsBody fetch(Tenant tenant) {
    return SettingsBody.of(workspaces.get(tenant.workspace()));
  }

  @PostMapping
  SettingsBody update(Tenant tenant, @Form SettingsChange form) {
    return SettingsBody.of(workspaces.update(tenant, form.settings()));
  }
}
