package dev.muster.worker;

import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.IfMatch;
import dev.muster.web.PageRequest;
import dev.muster.web.SearchLimit;
import dev.muster.workspace.ActivitySid;
import dev.muster.workspace.Tenant;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/Workers")
class WorkerController {

  private final Workers workers;
  private final WorkerList list;
  private final SearchLimit searches;

  WorkerController(Workers workers, WorkerList list, SearchLimit searches) {
    this.workers = workers;
    this.list = list;
    this.searches = searches;
  }

  record Create(
      @NotBlank @Size(max = 64) String friendlyName,
      @Nullable ActivitySid activitySid,
      @Nullable @Size(max = 4096) String attributes) {}

  record Update(
      @Nullable
          @Size(max = 64)
          @Pattern(regexp = "(?s).*\\S.*", message = "a name that is not blank")
          String friendlyName,
      @Nullable ActivitySid activitySid,
      @Nullable @Size(max = 4096) String attributes,
      @Nullable Boolean rejectPendingReservations) {}

  @PostMapping
  ResponseEntity<WorkerBody> create(Tenant tenant, @Form Create form, BaseUrl base) {
    var worker =
        workers.create(
            tenant.workspace(),
            new NewWorker(form.friendlyName(), form.attributes(), form.activitySid()));
    return Answers.created(WorkerBody.of(worker, tenant, base), worker.version());
  }

  @GetMapping
  ResponseEntity<Map<String, Object>> list(
      Tenant tenant, @Form WorkerFilter filter, PageRequest request, BaseUrl base) {
    if (filter.byExpression()) {
      searches.take(tenant.account(), "TargetWorkersExpression");
    }
    var page = list.page(tenant.workspace(), filter, request);
    return Answers.list("workers", page, worker -> WorkerBody.of(worker, tenant, base), base);
  }

  @GetMapping("/{Sid}")
  ResponseEntity<WorkerBody> fetch(
      Tenant tenant, @PathVariable("Sid") WorkerSid sid, BaseUrl base) {
    var worker = workers.get(tenant.workspace(), sid);
    return Answers.ok(WorkerBody.of(worker, tenant, base), worker.version());
  }

  @PostMapping("/{Sid}")
  ResponseEntity<WorkerBody> update(
      Tenant tenant,
      @PathVariable("Sid") WorkerSid sid,
      @Form Update form,
      IfMatch ifMatch,
      BaseUrl base) {
    var change =
        new WorkerChange(
            form.friendlyName(),
            form.attributes(),
            form.activitySid(),
            Boolean.TRUE.equals(form.rejectPendingReservations()));
    var worker = workers.update(tenant.workspace(), sid, change, ifMatch);
    return Answers.ok(WorkerBody.of(worker, tenant, base), worker.version());
  }

  @DeleteMapping("/{Sid}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Tenant tenant, @PathVariable("Sid") WorkerSid sid, IfMatch ifMatch) {
    workers.delete(tenant.workspace(), sid, ifMatch);
  }
}
