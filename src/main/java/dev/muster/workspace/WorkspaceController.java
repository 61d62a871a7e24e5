package dev.muster.workspace;

import dev.muster.account.AccountSid;
import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.web.WebAddress;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/Workspaces")
class WorkspaceController {

  record NewWorkspace(
      @NotBlank @Size(max = 64) String friendlyName,
      @Nullable @WebAddress String eventCallbackUrl,
      @Nullable @Size(max = 4096) String eventsFilter,
      @Nullable Boolean multiTaskEnabled,
      @Nullable Template template,
      @Nullable QueueOrder prioritizeQueueOrder) {

    WorkspaceSettings settings() {
      return new WorkspaceSettings(
          null,
          eventCallbackUrl,
          eventsFilter,
          multiTaskEnabled,
          prioritizeQueueOrder,
          null,
          null,
          null);
    }
  }

  record WorkspaceChange(
      @Nullable @Size(min = 1, max = 64) String friendlyName,
      @Nullable ActivitySid defaultActivitySid,
      @Nullable ActivitySid timeoutActivitySid,
      @Nullable @WebAddress String eventCallbackUrl,
      @Nullable @Size(max = 4096) String eventsFilter,
      @Nullable Boolean multiTaskEnabled,
      @Nullable QueueOrder prioritizeQueueOrder) {

    WorkspaceSettings settings() {
      return new WorkspaceSettings(
          friendlyName,
          eventCallbackUrl,
          eventsFilter,
          multiTaskEnabled,
          prioritizeQueueOrder,
          defaultActivitySid,
          timeoutActivitySid,
          null);
    }
  }

  record WorkspaceFilter(@Nullable String friendlyName) {}

  private final Workspaces workspaces;

  WorkspaceController(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  @PostMapping
  ResponseEntity<WorkspaceBody> create(AccountSid caller, @Form NewWorkspace form, BaseUrl base) {
    var template = Objects.requireNonNullElse(form.template, Template.NONE);
    var created = workspaces.create(caller, form.friendlyName, form.settings(), template);
    return Answers.created(WorkspaceBody.of(created, base));
  }

  @GetMapping
  Map<String, Object> list(
      AccountSid caller, @Form WorkspaceFilter filter, PageRequest page, BaseUrl base) {
    var found = workspaces.list(caller, filter.friendlyName, page);
    return PageBody.of(
        "workspaces", found.map(workspace -> WorkspaceBody.of(workspace, base)), base);
  }

  @GetMapping("/{WorkspaceSid}")
  WorkspaceBody fetch(Tenant tenant, BaseUrl base) {
    return WorkspaceBody.of(workspaces.get(tenant.workspace()), base);
  }

  @PostMapping("/{WorkspaceSid}")
  WorkspaceBody update(Tenant tenant, @Form WorkspaceChange form, BaseUrl base) {
    return WorkspaceBody.of(workspaces.update(tenant, form.settings()), base);
  }

  @DeleteMapping("/{WorkspaceSid}")
  ResponseEntity<Void> delete(Tenant tenant) {
    workspaces.delete(tenant);
    return ResponseEntity.noContent().build();
  }
}
