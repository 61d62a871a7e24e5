package dev.muster.workspace;

import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/Activities")
class ActivityController {

  record NewActivity(@NotBlank @Size(max = 64) String friendlyName, @Nullable Boolean available) {}

  /** {@code Available} never changes; sent along, it is passed over. */
  record ActivityChange(@Nullable @Size(min = 1, max = 64) String friendlyName) {}

  record ActivityFilter(@Nullable String friendlyName, @Nullable Boolean available) {}

  private final Activities activities;

  ActivityController(Activities activities) {
    this.activities = activities;
  }

  @PostMapping
  ResponseEntity<ActivityBody> create(Tenant tenant, @Form NewActivity form, BaseUrl base) {
    var available = Boolean.TRUE.equals(form.available);
    var created = activities.create(tenant, form.friendlyName, available);
    return Answers.created(ActivityBody.of(created, tenant, base));
  }

  @GetMapping
  Map<String, Object> list(
      Tenant tenant, @Form ActivityFilter filter, PageRequest page, BaseUrl base) {
    var found = activities.list(tenant.workspace(), filter.friendlyName, filter.available, page);
    return PageBody.of(
        "activities", found.map(activity -> ActivityBody.of(activity, tenant, base)), base);
  }

  @GetMapping("/{Sid}")
  ActivityBody fetch(Tenant tenant, @PathVariable("Sid") ActivitySid sid, BaseUrl base) {
    return ActivityBody.of(activities.get(tenant.workspace(), sid), tenant, base);
  }

  @PostMapping("/{Sid}")
  ActivityBody update(
      Tenant tenant,
      @PathVariable("Sid") ActivitySid sid,
      @Form ActivityChange form,
      BaseUrl base) {
    return ActivityBody.of(activities.rename(tenant, sid, form.friendlyName), tenant, base);
  }

  @DeleteMapping("/{Sid}")
  ResponseEntity<Void> delete(Tenant tenant, @PathVariable("Sid") ActivitySid sid) {
    activities.delete(tenant, sid);
    return ResponseEntity.noContent().build();
  }
}
