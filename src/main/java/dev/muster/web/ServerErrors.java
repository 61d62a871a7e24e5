package dev.muster.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers in the wire format what the server refuses before it reaches Spring: addresses that are
 * none, headers that are too long. The server makes it by its name, so it can be given nothing.
 */
public final class ServerErrors extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    var status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    var body = ErrorBody.ofStatus(status);
    var json =
        "{\"code\":%d,\"message\":\"%s\",\"more_info\":\"%s\",\"status\":%d}"
            .formatted(body.code(), body.message(), body.moreInfo(), body.status());
    try {
      response.setContentType("application/json");
      response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
      response.finishResponse();
    } catch (IOException | IllegalStateException gone) {
      getContainer().getLogger().debug("Caller gone before its error", gone);
    }
  }
}
