package dev.muster.chaos;

import dev.muster.chaos.Call.Act;
import dev.muster.chaos.Call.Reply;
import dev.muster.local.Caller;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Those who send tasks. A creation that was not answered is not tried again, since nobody could
 * tell its task from a second one; each task carries its number instead, by which it is found out
 * in the end whether it was made.
 */
final class Creators {

  static final String REASON = "Changed my mind";
  private static final Duration BEFORE_TRYING_AGAIN = Duration.ofMillis(300);

  private final Caller caller;
  private final Office office;
  private final History history;
  private final AtomicLong last = new AtomicLong();
  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

  Creators(Caller caller, Office office, History history) {
    this.caller = caller;
    this.office = office;
    this.history = history;
  }

  /** Sends the next task. */
  void create() {
    var number = last.incrementAndGet();
    var kind = Kind.of(number);
    var call =
        history.make(
            Act.CREATE,
            Long.toString(number),
            "",
            () ->
                caller.post(
                    office.path() + "/Tasks",
                    "WorkflowSid",
                    office.workflowOf(kind),
                    "Timeout",
                    Integer.toString(Office.lifeSeconds(kind)),
                    "Attributes",
                    "{\"number\":%d,\"kind\":\"%s\",\"rest\":\"%s\"}"
                        .formatted(number, kind, kind.rest())));
    if (call.reply() == Reply.DONE) {
      kinds.put(call.other(), kind);
      if (kind == Kind.CANCELED) {
        cancel(call.other());
      }
    }
  }

  private void cancel(String task) {
    var path = office.path() + "/Tasks/" + task;
    var reply = Reply.UNKNOWN;
    while (reply == Reply.UNKNOWN) {
      reply =
          history
              .make(
                  Act.CANCEL,
                  task,
                  "",
                  () -> caller.post(path, "AssignmentStatus", "canceled", "Reason", REASON))
              .reply();
      if (reply == Reply.UNKNOWN) {
        LockSupport.parkNanos(BEFORE_TRYING_AGAIN.toNanos());
      }
    }
  }

  /**
   * Of a task whose sid is known; asks Muster if its creation was not answered.
   *
   * @throws Caller.Failed if Muster is asked and does not answer
   */
  Kind kindOf(String task) {
    return kinds.computeIfAbsent(task, this::ask);
  }

  private Kind ask(String task) {
    var body = caller.get(office.path() + "/Tasks/" + task).body();
    var name = body.replaceAll("(?s).*kind\\\\\":\\\\\"(\\w+).*", "$1");
    return Kind.valueOf(name);
  }
}
