package dev.muster.workspace;

import dev.muster.web.Answers;
import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
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

/** {@code {Sid}} is the sid of a task channel or its unique name. */
@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/TaskChannels")
class TaskChannelController {

  record NewTaskChannel(
      @NotBlank @Size(max = 64) String friendlyName,
      @NotBlank
          @Size(max = 64)
          @Pattern(
              regexp = "[A-Za-z_$][A-Za-z0-9_$]*",
              message = "letters, digits, _ and $ that do not start with a digit")
          String uniqueName,
      @Nullable Boolean channelOptimizedRouting) {}

  record TaskChannelChange(
      @Nullable @Size(min = 1, max = 64) String friendlyName,
      @Nullable Boolean channelOptimizedRouting) {}

  private final TaskChannels channels;

  TaskChannelController(TaskChannels channels) {
    this.channels = channels;
  }

  @PostMapping
  ResponseEntity<TaskChannelBody> create(Tenant tenant, @Form NewTaskChannel form, BaseUrl base) {
    var optimized = Boolean.TRUE.equals(form.channelOptimizedRouting);
    var created = channels.create(tenant, form.uniqueName, form.friendlyName, optimized);
    return Answers.created(TaskChannelBody.of(created, tenant, base));
  }

  @GetMapping
  Map<String, Object> list(Tenant tenant, PageRequest page, BaseUrl base) {
    var found = channels.list(tenant.workspace(), page);
    return PageBody.of(
        "channels", found.map(channel -> TaskChannelBody.of(channel, tenant, base)), base);
  }

  @GetMapping("/{Sid}")
  TaskChannelBody fetch(Tenant tenant, @PathVariable("Sid") String key, BaseUrl base) {
    return TaskChannelBody.of(channels.get(tenant.workspace(), key), tenant, base);
  }

  @PostMapping("/{Sid}")
  TaskChannelBody update(
      Tenant tenant, @PathVariable("Sid") String key, @Form TaskChannelChange form, BaseUrl base) {
    var changed = channels.update(tenant, key, form.friendlyName, form.channelOptimizedRouting);
    return TaskChannelBody.of(changed, tenant, base);
  }

  @DeleteMapping("/{Sid}")
  ResponseEntity<Void> delete(Tenant tenant, @PathVariable("Sid") String key) {
    channels.delete(tenant, key);
    return ResponseEntity.noContent().build();
  }
}
