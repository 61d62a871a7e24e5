package dev.muster.channel;

import dev.muster.channel.Command.Envelope;
import dev.muster.web.RateLimits;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/** Serves the commands of the worker SDK: JSON, whatever type it comes as. */
@RestController
class CommandController {

  private static final int MAX_BODY_BYTES = 256 * 1024;

  private final Tokens tokens;
  private final Permissions permissions;
  private final RateLimits limits;
  private final Commands commands;
  private final ObjectMapper json;

  CommandController(
      Tokens tokens,
      Permissions permissions,
      RateLimits limits,
      Commands commands,
      ObjectMapper json) {
    this.tokens = tokens;
    this.permissions = permissions;
    this.limits = limits;
    this.commands = commands;
    this.json = json;
  }

  @PostMapping("/v1/wschannels")
  ResponseEntity<?> run(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    var envelope = Envelope.read(body(request), json);
    var pass = tokens.read(envelope.token());
    limits.count(pass.tenant().account());
    var command = envelope.command(pass, json);
    permissions.check(command);
    return commands.run(command, request, response);
  }

  /** Not by an argument: as the SDK calls its JSON a form, the body would be taken for one. */
  private static byte[] body(HttpServletRequest request) throws IOException {
    var body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw new Refused(
          Refusal.TOO_LARGE,
          "Expected a body of at most %d bytes, but it is larger".formatted(MAX_BODY_BYTES));
    }
    return body;
  }
}
