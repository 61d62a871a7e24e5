package dev.muster.proof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a Muster in the name of one account. */
interface Client {

  /**
   * @param path below the base address
   * @param ifMatch the version that the caller expects; null for any
   * @param form names and values by turns
   */
  record Request(String method, String path, @Nullable Integer ifMatch, List<String> form) {

    static Request post(String path, String... form) {
      return new Request("POST", path, null, List.of(form));
    }

    static Request delete(String path) {
      return new Request("DELETE", path, null, List.of());
    }

    Request ifMatch(@Nullable Integer version) {
      return new Request(method, path, version, form);
    }
  }

  /** What came back. */
  record Answer(Reply reply, String body) {

    /** The first text of that name in the body; the answers' own fields come before nested ones. */
    String text(String name) {
      var key = "\"" + name + "\":\"";
      var start = body.indexOf(key) + key.length();
      return body.substring(start, body.indexOf('"', start));
    }

    /** As it is read from a status and a body. */
    static Answer of(int status, String body) {
      var key = "\"code\":";
      var start = body.indexOf(key) + key.length();
      var code =
          status < 400 ? 0 : Integer.parseInt(body.substring(start, body.indexOf(',', start)));
      return new Answer(new Reply(status, code), body);
    }
  }

  Answer send(Request request);

  /** Sends a request that has to succeed, and says what it was about. */
  default String sid(Request request) {
    var answer = send(request);
    if (!answer.reply().successful()) {
      throw new IllegalStateException(request + " was answered " + answer);
    }
    return answer.text("sid");
  }
}
