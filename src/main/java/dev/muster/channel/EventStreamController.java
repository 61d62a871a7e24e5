package dev.muster.channel;

import dev.muster.event.Position;
import dev.muster.web.Form;
import dev.muster.web.Refused;
import dev.muster.workspace.Tenant;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Streams what happens in a workspace, as server-sent events. */
@RestController
class EventStreamController {

  private final EventStreams streams;

  EventStreamController(EventStreams streams) {
    this.streams = streams;
  }

  /** Answers for as long as the caller listens, in the request's own (virtual) thread. */
  @GetMapping("/muster/v1/Workspaces/{WorkspaceSid}/Events/Stream")
  void stream(
      Tenant tenant,
      @Form StreamFilter filter,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
      HttpServletResponse response)
      throws IOException {
    var position = last == null || last.isBlank() ? null : position(last);
    streams.write(
        tenant,
        filter,
        position,
        () -> {
          response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
          response.setCharacterEncoding("UTF-8");
          response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform");
          response.setHeader("X-Accel-Buffering", "no");
          return response.getOutputStream();
        });
  }

  private static Position position(String text) {
    try {
      return Position.of(text.strip());
    } catch (IllegalArgumentException expected) {
      throw Refused.invalid(
          "Expected Last-Event-ID to be %s, but got '%.80s'",
          String.valueOf(expected.getMessage()), text);
    }
  }
}
