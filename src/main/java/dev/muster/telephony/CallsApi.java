package dev.muster.telephony;

import dev.muster.callout.Callout;
import dev.muster.callout.Callouts;
import dev.muster.callout.Reply;
import dev.muster.web.Sid;
import java.net.URI;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The Calls resource of the 2010 API at a tenant's telephone company. */
@Component
class CallsApi {

  private final Callouts callouts;
  private final TelephonySettings settings;
  private final ObjectMapper json;

  CallsApi(Callouts callouts, TelephonySettings settings, ObjectMapper json) {
    this.callouts = callouts;
    this.settings = settings;
    this.json = json;
  }

  /**
   * Makes a call.
   *
   * @return its sid
   * @throws CallFailed if it was not made, or did not say so in time
   */
  String create(PhoneAccount phone, Fields fields) {
    var sid = post(phone, "/Calls.json", fields).path("sid").asString("");
    if (!isCall(sid)) {
      throw new CallFailed("Expected the Calls API to name the call it made, but it did not");
    }
    return sid;
  }

  /**
   * Changes a call that is under way.
   *
   * @throws CallFailed if it was not changed, or did not say so in time
   */
  void update(PhoneAccount phone, String callSid, Fields fields) {
    if (!isCall(callSid)) {
      throw new CallFailed(
          "Expected the SID of a call, which is CA followed by 32 hexadecimal digits, but got '%.80s'"
              .formatted(callSid));
    }
    post(phone, "/Calls/" + callSid + ".json", fields);
  }

  static boolean isCall(String sid) {
    return Sid.is("CA", sid);
  }

  private JsonNode post(PhoneAccount phone, String path, Fields fields) {
    var url = URI.create(phone.baseUrl() + "/2010-04-01/Accounts/" + phone.sid() + path);
    var callout =
        Callout.post(phone.account(), url, fields.list(), settings.answerWithin())
            .from(phone.sid().value(), phone.authToken());
    return switch (callouts.send(callout)) {
      case Reply.Answered answered -> accepted(answered);
      case Reply.Unanswered unanswered -> throw new CallFailed(unanswered.why());
    };
  }

  private JsonNode accepted(Reply.Answered answered) {
    var body = read(answered.body());
    if (answered.status() < 200 || answered.status() > 299) {
      throw new CallFailed(
          "Expected the Calls API to take the call, but it answered %d: %s"
              .formatted(answered.status(), body.path("message").asString("without a message")));
    }
    return body;
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (JacksonException notJson) {
      return json.createObjectNode();
    }
  }
}
