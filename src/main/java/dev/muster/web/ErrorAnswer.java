package dev.muster.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Writes a refusal where no controller has been reached yet: in filters. */
@Component
public class ErrorAnswer {

  private final ObjectMapper json;

  ErrorAnswer(ObjectMapper json) {
    this.json = json;
  }

  public void write(HttpServletResponse response, Refused refused) throws IOException {
    var refusal = refused.refusal();
    var message = String.valueOf(refused.getMessage());
    response.setStatus(refusal.status().value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response
        .getOutputStream()
        .write(
            json.writeValueAsBytes(
                ErrorBody.of(refused.code(), message, refusal.status().value())));
  }
}
