package dev.muster.channel;

import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Runs commands that their bearer may give. */
@Component
class Commands {

  private final Reads reads;
  private final Writes writes;
  private final Views views;

  Commands(Reads reads, Writes writes, Views views) {
    this.reads = reads;
    this.writes = writes;
    this.views = views;
  }

  /**
   * The answer: the payload, or the refusal of the v1 interface as it is.
   *
   * @throws Refused as not found if there is nothing to read
   */
  ResponseEntity<?> run(Command command, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (!command.post()) {
      return found(command);
    }
    var answer = writes.post(command, request, response);
    return answer.refused()
        ? ResponseEntity.status(answer.status()).body(answer.body())
        : payload(Writes.changed(command, answer, views).orElseThrow(command::notFound));
  }

  private ResponseEntity<?> found(Command command) {
    try {
      return payload(reads.get(command).orElseThrow(command::notFound));
    } catch (Refused refused) {
      throw refused.refusal() == Refusal.NOT_FOUND ? command.notFound() : refused;
    }
  }

  private static ResponseEntity<?> payload(Object payload) {
    return ResponseEntity.ok(Map.of("payload", payload));
  }
}
