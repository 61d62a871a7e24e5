package dev.muster.reservation;

import dev.muster.reservation.Directive.ByTelephone;
import dev.muster.reservation.TelephonyForms.Call;
import dev.muster.reservation.TelephonyForms.Conference;
import dev.muster.reservation.TelephonyForms.Dequeue;
import dev.muster.reservation.TelephonyForms.Redirect;
import dev.muster.task.Tasks;
import dev.muster.telephony.Connection;
import dev.muster.telephony.Connection.Customer;
import dev.muster.telephony.Line;
import dev.muster.telephony.Line.Report;
import dev.muster.telephony.Method;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import dev.muster.web.Sid;
import dev.muster.worker.Workers;
import dev.muster.workspace.Activities;
import dev.muster.workspace.ActivitySid;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Who is to be called for an instruction: what it says itself, and where it says nothing, what the
 * attributes of the worker ({@code contact_uri}, {@code post_work_activity_sid}) and of the task
 * ({@code call_sid}, {@code called}, {@code outbound_to}) say.
 */
@Component
class CallPlans {

  private static final int NOT_IN_TRANSFER = 40151;

  /** Seconds that the wire format gives a worker to answer a dequeued call. */
  private static final int RINGS_FOR = 60;

  private static final Set<String> RECORDED = Set.of("true", "record-from-answer");

  private record Facts(JsonNode task, JsonNode worker) {}

  private final Tasks tasks;
  private final Workers workers;
  private final Activities activities;
  private final ObjectMapper json;

  CallPlans(Tasks tasks, Workers workers, Activities activities, ObjectMapper json) {
    this.tasks = tasks;
    this.workers = workers;
    this.activities = activities;
    this.json = json;
  }

  /**
   * Plans the calls for a reservation.
   *
   * @throws Refused with the wire format's code if something is missing
   */
  CallPlan of(Reservation reservation, ByTelephone directive) {
    var workspace = reservation.workspace();
    var task = tasks.get(workspace, reservation.task());
    if (task.isTransferred() && !(directive instanceof Conference)) {
      throw Refused.withCode(
          Refusal.INVALID,
          NOT_IN_TRANSFER,
          "Expected accept, reject or conference for a task that is being handed on, but got '%s'"
              .formatted(directive.instruction()));
    }
    var facts =
        new Facts(
            json.readTree(task.attributes()),
            json.readTree(workers.get(workspace, reservation.worker()).attributes()));
    return switch (directive) {
      case Call call -> dial(call, facts);
      case Redirect redirect -> redirect(redirect);
      case Dequeue dequeue -> bridge(reservation, dequeue, facts);
      case Conference conference -> confer(reservation, conference, facts);
    };
  }

  private static CallPlan dial(Call call, Facts facts) {
    var to = required("a number to call", 40110, call.callTo(), contact(facts));
    var from = required("a number to call from", 40111, call.callFrom());
    var url = required("the address of what the call is about", 40112, call.callUrl());
    var report = new Report(call.callStatusCallbackUrl(), Method.POST, List.of());
    var line = new Line(to, from, call.callTimeout(), isRecorded(call.callRecord()), report);
    var accepts = Boolean.TRUE.equals(call.callAccept());
    return new CallPlan(new Connection.Dial(line, url), accepts, null);
  }

  private static CallPlan redirect(Redirect redirect) {
    var call = required("the call to redirect", 40121, redirect.redirectCallSid());
    var url = required("the address to redirect the call to", 40120, redirect.redirectUrl());
    var accepts = Boolean.TRUE.equals(redirect.redirectAccept());
    return new CallPlan(new Connection.Redirect(call, url), accepts, null);
  }

  private CallPlan bridge(Reservation reservation, Dequeue dequeue, Facts facts) {
    var caller = required("a task with the attribute call_sid", 40140, callSid(facts));
    var to = required("a number of the worker", 40131, dequeue.dequeueTo(), contact(facts));
    var from = required("a number to call from", 40132, dequeue.dequeueFrom(), called(facts));
    var report =
        new Report(
            withCall(dequeue.dequeueStatusCallbackUrl(), caller),
            Method.GET,
            dequeue.dequeueStatusCallbackEvent());
    var recorded = isRecorded(dequeue.dequeueRecord());
    var ringsFor = Objects.requireNonNullElse(dequeue.dequeueTimeout(), RINGS_FOR);
    var line = new Line(to, from, ringsFor, recorded, report);
    return new CallPlan(
        new Connection.Bridge(line, caller, reservation.sid().value()),
        true,
        activity(reservation, dequeue.dequeuePostWorkActivitySid(), facts, 40130));
  }

  private CallPlan confer(Reservation reservation, Conference conference, Facts facts) {
    var participant = conference.participant();
    var to = required("a number of the worker", 40137, participant.to(), contact(facts));
    var from = required("a number to call from", 40138, participant.from(), called(facts));
    var report =
        new Report(
            participant.statusCallback(),
            Objects.requireNonNullElse(participant.statusCallbackMethod(), Method.POST),
            participant.statusCallbackEvent());
    var recorded = Boolean.TRUE.equals(conference.recording().record());
    return new CallPlan(
        new Connection.Conference(
            new Line(to, from, participant.timeout(), recorded, report),
            customer(facts),
            reservation.task().value(),
            participant,
            conference.room(),
            conference.recording()),
        true,
        activity(reservation, conference.postWorkActivitySid(), facts, 40139));
  }

  private static Customer customer(Facts facts) {
    var call = callSid(facts);
    return call == null
        ? new Customer.At(
            required(
                "a task with the attribute call_sid or outbound_to",
                40142,
                text(facts.task(), "outbound_to")))
        : new Customer.OnCall(call);
  }

  private @Nullable ActivitySid activity(
      Reservation reservation, @Nullable ActivitySid said, Facts facts, int code) {
    var sid = said == null ? text(facts.worker(), "post_work_activity_sid") : said.value();
    if (sid == null || sid.isEmpty()) {
      return null;
    }
    var activity = new ActivitySid(sid);
    if (activities.find(reservation.workspace(), activity).isEmpty()) {
      throw refused(
          code,
          "Expected the activity after the work to be one of this workspace, but there is no "
              + activity);
    }
    return activity;
  }

  /** The first that is there and not empty. */
  @SafeVarargs
  private static <T> T required(String what, int code, @Nullable T... candidates) {
    return Stream.of(candidates)
        .filter(candidate -> candidate != null && !candidate.toString().isEmpty())
        .findFirst()
        .orElseThrow(() -> refused(code, "Expected %s, but there is none".formatted(what)));
  }

  private static @Nullable String contact(Facts facts) {
    return text(facts.worker(), "contact_uri");
  }

  /** The number that the customer called. */
  private static @Nullable String called(Facts facts) {
    var called = text(facts.task(), "called");
    return called == null ? text(facts.task(), "to") : called;
  }

  private static @Nullable String callSid(Facts facts) {
    var sid = text(facts.task(), "call_sid");
    return sid != null && Sid.is("CA", sid) ? sid : null;
  }

  private static @Nullable String text(JsonNode attributes, String name) {
    var value = attributes.path(name);
    return value.isString() ? value.asString() : null;
  }

  private static boolean isRecorded(@Nullable String record) {
    return record != null && RECORDED.contains(record);
  }

  /** The caller's call, for a report that is about the worker's. */
  private static @Nullable URI withCall(@Nullable URI url, String callSid) {
    if (url == null) {
      return null;
    }
    var address = url.toString().replaceFirst("#.*", "");
    var separator = url.getRawQuery() == null ? "?" : "&";
    return URI.create(address + separator + "taskCallSid=" + callSid);
  }

  private static Refused refused(int code, String message) {
    return Refused.withCode(Refusal.INVALID, code, message);
  }
}
