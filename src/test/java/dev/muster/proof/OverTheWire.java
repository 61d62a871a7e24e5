package dev.muster.proof;

import dev.muster.web.Wire;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/** Calls a node over HTTP. */
record OverTheWire(Wire wire) implements Client {

  @Override
  public Answer send(Request request) {
    var call = wire.request(request.path());
    if (request.ifMatch() != null) {
      call.header("If-Match", request.ifMatch().toString());
    }
    call.header("Content-Type", "application/x-www-form-urlencoded");
    call.method(request.method(), BodyPublishers.ofString(encoded(request.form())));
    var answer = wire.send(call);
    return Answer.of(answer.status(), answer.body());
  }

  private static String encoded(List<String> form) {
    var text = new StringJoiner("&");
    for (var i = 0; i < form.size(); i += 2) {
      text.add(form.get(i) + "=" + URLEncoder.encode(form.get(i + 1), StandardCharsets.UTF_8));
    }
    return text.toString();
  }
}
