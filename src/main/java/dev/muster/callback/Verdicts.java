package dev.muster.callback;

import dev.muster.callback.Verdict.Instructed;
import dev.muster.callback.Verdict.NoAnswer;
import dev.muster.callback.Verdict.Nothing;
import dev.muster.callout.Reply;
import dev.muster.callout.Reply.Answered;
import dev.muster.callout.Reply.Unanswered;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the answers to callbacks. */
@Component
class Verdicts {

  private static final int NOT_JSON = 40000;
  private static final int UNREADABLE = 40001;

  private final ObjectMapper json;

  Verdicts(ObjectMapper json) {
    this.json = json;
  }

  Verdict of(Reply reply) {
    return switch (reply) {
      case Unanswered unanswered -> new NoAnswer(unanswered.why());
      case Answered answered -> of(answered);
    };
  }

  private Verdict of(Answered answered) {
    if (answered.status() != 200) {
      return new NoAnswer("Expected an answer with status 200, but got " + answered.status());
    }
    if (answered.body().isBlank()) {
      return new Nothing(null, null);
    }
    if (!"application/json".equals(answered.mediaType())) {
      return new Nothing(
          NOT_JSON,
          "Expected an instruction to be application/json, but got " + answered.mediaType());
    }
    return answered.whole()
        ? document(answered.body())
        : new Nothing(UNREADABLE, "Expected a shorter answer, but it is too long to be read");
  }

  private Verdict document(String body) {
    try {
      if (json.readTree(body) instanceof ObjectNode document) {
        return document.isEmpty() ? new Nothing(null, null) : new Instructed(document);
      }
      return new Nothing(UNREADABLE, "Expected a JSON object, but got another value");
    } catch (JacksonException failure) {
      return new Nothing(
          UNREADABLE,
          "Expected a JSON object, but it cannot be read: " + failure.getOriginalMessage());
    }
  }
}
