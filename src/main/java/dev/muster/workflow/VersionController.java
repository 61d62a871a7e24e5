package dev.muster.workflow;

import dev.muster.account.Caller;
import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.IfMatch;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.workflow.WorkflowForms.NewVersion;
import dev.muster.workflow.WorkflowForms.Rollback;
import dev.muster.workspace.Tenant;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a workflow said before, who changed it and why; and the way forward and back. */
@RestController
@RequestMapping("/muster/v1/Workspaces/{WorkspaceSid}/Workflows/{Sid}/Versions")
class VersionController {

  /**
   * What a difference is taken from.
   *
   * @param from a version; if absent the one before
   */
  record Comparison(@Nullable @Min(1) Integer from) {}

  /** What a version changed, in lines; empty if it says the same as the other. */
  record Difference(
      WorkflowSid workflowSid, int fromVersion, int toVersion, boolean same, String difference) {}

  private final Workflows workflows;
  private final Versions versions;
  private final Advice advice;

  VersionController(Workflows workflows, Versions versions, Advice advice) {
    this.workflows = workflows;
    this.versions = versions;
    this.advice = advice;
  }

  /** Makes a document the workflow's present version, with a comment for those who come after. */
  @PostMapping
  ResponseEntity<WorkflowAnswer> create(
      Tenant tenant,
      Caller caller,
      @PathVariable("Sid") WorkflowSid sid,
      @Form NewVersion form,
      IfMatch expected,
      BaseUrl base) {
    var draft =
        new Draft(
            form.configuration(),
            Boolean.TRUE.equals(form.reEvaluateTasks()),
            expected,
            Authorship.of(caller, form.comment()));
    return created(workflows.publish(tenant.workspace(), sid, draft), tenant, base);
  }

  @GetMapping
  Map<String, Object> list(
      Tenant tenant, @PathVariable("Sid") WorkflowSid sid, PageRequest page, BaseUrl base) {
    return PageBody.of(
        "versions",
        versions
            .list(tenant.workspace(), sid, page)
            .map(version -> VersionBody.listed(version, sid, tenant, base)),
        base);
  }

  @GetMapping("/{Version}")
  VersionBody fetch(
      Tenant tenant,
      @PathVariable("Sid") WorkflowSid sid,
      @PathVariable("Version") int number,
      BaseUrl base) {
    return VersionBody.of(versions.get(tenant.workspace(), sid, number), sid, tenant, base);
  }

  @GetMapping("/{Version}/Difference")
  Difference fetchDifference(
      Tenant tenant,
      @PathVariable("Sid") WorkflowSid sid,
      @PathVariable("Version") int number,
      @Form Comparison comparison) {
    var from = comparison.from() == null ? number - 1 : comparison.from();
    var lines = versions.difference(tenant.workspace(), sid, from, number);
    return new Difference(sid, from, number, lines.isEmpty(), String.join("\n", lines));
  }

  /** Makes what an earlier version said the workflow's present version again. */
  @PostMapping("/{Version}/Rollback")
  ResponseEntity<WorkflowAnswer> rollback(
      Tenant tenant,
      Caller caller,
      @PathVariable("Sid") WorkflowSid sid,
      @PathVariable("Version") int number,
      @Form Rollback form,
      IfMatch expected,
      BaseUrl base) {
    var published =
        versions.rollBack(
            tenant.workspace(),
            sid,
            number,
            Boolean.TRUE.equals(form.reEvaluateTasks()),
            expected,
            Authorship.of(caller, form.comment()));
    return created(published, tenant, base);
  }

  private ResponseEntity<WorkflowAnswer> created(Published published, Tenant tenant, BaseUrl base) {
    return Answers.created(
        WorkflowAnswer.of(published, advice, tenant, base), published.workflow().version());
  }
}
