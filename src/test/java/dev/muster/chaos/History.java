package dev.muster.chaos;

import dev.muster.chaos.Call.Act;
import dev.muster.chaos.Call.Reply;
import dev.muster.local.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every call that was to change something, and every answer that took an acknowledgement back. */
final class History {

  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<String> takenBack = new ConcurrentLinkedQueue<>();

  private final Map<String, Long> refusals = new ConcurrentHashMap<>();

  /** Makes a call and notes what came of it. */
  Call make(Act act, String subject, String by, Supplier<Caller.Answer> request) {
    var began = Instant.now();
    var call = made(act, subject, by, request, began);
    note(call);
    return call;
  }

  void note(Call call) {
    calls.add(call);
  }

  private Call made(
      Act act, String subject, String by, Supplier<Caller.Answer> request, Instant began) {
    try {
      var answer = request.get();
      var other = act == Act.CREATE ? answer.text("sid").orElseThrow() : by;
      return new Call(act, subject, other, Reply.DONE, began, Instant.now());
    } catch (Caller.Failed failure) {
      var reply = failure.isRefusal() ? Reply.REFUSED : Reply.UNKNOWN;
      if (reply == Reply.REFUSED) {
        refusals.merge(withoutNames(act, failure), 1L, Long::sum);
      }
      return new Call(act, subject, act == Act.CREATE ? "" : by, reply, began, Instant.now());
    }
  }

  private static String withoutNames(Act act, Caller.Failed refusal) {
    var sentence = refusal.getMessage().replaceAll("(?s).*\"message\":\"(.*?)\".*", "$1");
    return "%s: %s"
        .formatted(
            act,
            sentence.replaceAll("[A-Z]{2}[0-9a-f]{32}", "…").replaceAll("\\d{4}-[-:.0-9TZ]+", "…"));
  }

  /** How often which call was refused, in which words; sids and instants are left out. */
  Map<String, Long> refusals() {
    return Map.copyOf(refusals);
  }

  /** A later answer said otherwise than an acknowledgement before it. */
  void tookBack(String what) {
    takenBack.add(what);
  }

  List<String> takenBack() {
    return List.copyOf(takenBack);
  }

  Stream<Call> calls() {
    return calls.stream();
  }

  Stream<Call> calls(Act act, Reply reply) {
    return calls.stream().filter(call -> call.act() == act && call.reply() == reply);
  }
}
