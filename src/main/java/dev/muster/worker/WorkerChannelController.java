package dev.muster.worker;

import dev.muster.web.BaseUrl;
import dev.muster.web.Form;
import dev.muster.web.PageBody;
import dev.muster.web.PageRequest;
import dev.muster.workspace.Tenant;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels")
class WorkerChannelController {

  private final WorkerChannels channels;

  WorkerChannelController(WorkerChannels channels) {
    this.channels = channels;
  }

  record Update(
      @Nullable
          @Min(value = 0, message = "a whole number from 0 to 50")
          @Max(value = 50, message = "a whole number from 0 to 50")
          Integer capacity,
      @Nullable Boolean available) {}

  @GetMapping
  Map<String, Object> list(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      PageRequest request,
      BaseUrl base) {
    var page = channels.list(tenant.workspace(), worker, request);
    return PageBody.of("channels", page.map(c -> WorkerChannelBody.of(c, tenant, base)), base);
  }

  @GetMapping("/{Sid}")
  WorkerChannelBody fetch(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      @PathVariable("Sid") String name,
      BaseUrl base) {
    return WorkerChannelBody.of(channels.get(tenant.workspace(), worker, name), tenant, base);
  }

  @PostMapping("/{Sid}")
  WorkerChannelBody update(
      Tenant tenant,
      @PathVariable("WorkerSid") WorkerSid worker,
      @PathVariable("Sid") String name,
      @Form Update form,
      BaseUrl base) {
    var channel =
        channels.update(tenant.workspace(), worker, name, form.capacity(), form.available());
    return WorkerChannelBody.of(channel, tenant, base);
  }
}
