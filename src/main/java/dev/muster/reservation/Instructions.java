package dev.muster.reservation;

import dev.muster.reservation.Directive.Accept;
import dev.muster.reservation.Directive.Reject;
import dev.muster.reservation.TelephonyForms.Call;
import dev.muster.reservation.TelephonyForms.Conference;
import dev.muster.reservation.TelephonyForms.Dequeue;
import dev.muster.reservation.TelephonyForms.Redirect;
import dev.muster.reservation.TelephonyForms.Supervise;
import dev.muster.web.Forms;
import dev.muster.web.IfMatch;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.workspace.WorkspaceSid;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Instructions as documents, in which a tenant's system answers an assignment callback. */
@Component
public class Instructions {

  private static final int NO_INSTRUCTION = 40005;
  private static final int UNKNOWN_INSTRUCTION = 55555;

  /** What the wire format calls a value that is missing or wrong. */
  private static final Map<Instruction, Map<String, Integer>> CODES =
      Map.of(
          Instruction.REJECT,
          Map.of("activity_sid", 40100),
          Instruction.CALL,
          Map.of("to", 40110, "from", 40111, "url", 40112, "status_callback_url", 40158),
          Instruction.REDIRECT,
          Map.of("url", 40120, "call_sid", 40121),
          Instruction.DEQUEUE,
          Map.of(
              "post_work_activity_sid", 40130,
              "to", 40131,
              "from", 40132,
              "status_callback_event", 40134,
              "status_callback_url", 40157),
          Instruction.CONFERENCE,
          Map.of(
              "to", 40137,
              "from", 40141,
              "post_work_activity_sid", 40143,
              "status_callback", 40159));

  private final Directives directives;
  private final Forms forms;

  Instructions(Directives directives, Forms forms) {
    this.directives = directives;
    this.forms = forms;
  }

  /**
   * Carries an instruction out.
   *
   * @param document names the {@code instruction} and what goes with it
   * @return the reservation as it is then
   * @throws Refused with the code of the wire format's alert if it cannot be carried out; what it
   *     needs calls for may have canceled the reservation
   */
  public Reservation carryOut(WorkspaceSid workspace, ReservationSid sid, ObjectNode document) {
    var instruction = instruction(document.path("instruction"));
    try {
      var directive = directive(instruction, document);
      return directives.carryOut(workspace, sid, directive, new IfMatch.Any());
    } catch (Refused refused) {
      throw refused.code() == Refusal.INVALID.code() ? alert(instruction, refused) : refused;
    }
  }

  private static Instruction instruction(JsonNode name) {
    if (!name.isString()) {
      throw Refused.withCode(
          Refusal.INVALID,
          NO_INSTRUCTION,
          "Expected the answer to name its instruction, but it does not");
    }
    return Arrays.stream(Instruction.values())
        .filter(instruction -> instruction.wireName().equals(name.asString()))
        .findAny()
        .orElseThrow(
            () ->
                Refused.withCode(
                    Refusal.INVALID,
                    UNKNOWN_INSTRUCTION,
                    "Expected instruction to be one of %s, but got '%.80s'"
                        .formatted(Arrays.toString(Instruction.values()), name.asString())));
  }

  private Directive directive(Instruction instruction, ObjectNode document) {
    return switch (instruction) {
      case ACCEPT -> new Accept(null);
      case REJECT -> forms.read(Reject.class, document, Instructions::key);
      case DEQUEUE ->
          forms.read(
              Dequeue.class,
              alias(document, "status_callback_events", "status_callback_event"),
              component -> key(component.replaceFirst("dequeue", "")));
      case CALL ->
          forms.read(Call.class, document, component -> key(component.replaceFirst("call", "")));
      case REDIRECT ->
          forms.read(
              Redirect.class, document, component -> key(component.replaceFirst("redirect", "")));
      case CONFERENCE ->
          forms.read(
              Conference.class,
              alias(document, "status_callback_url", "status_callback"),
              Instructions::key);
      case SUPERVISE -> forms.read(Supervise.class, document, Instructions::key);
    };
  }

  /** {@code statusCallbackUrl} is {@code status_callback_url} in a document. */
  private static String key(String component) {
    return component.replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** The document with the other name that the instruction has for one of its values. */
  private static ObjectNode alias(ObjectNode document, String alias, String name) {
    return document.has(alias) && !document.has(name)
        ? document.deepCopy().set(name, document.get(alias))
        : document;
  }

  private static Refused alert(Instruction instruction, Refused refused) {
    var code =
        refused
            .parameter()
            .map(CODES.getOrDefault(instruction, Map.of())::get)
            .orElse(instruction.failure());
    return Refused.withCode(refused.refusal(), code, String.valueOf(refused.getMessage()));
  }
}
