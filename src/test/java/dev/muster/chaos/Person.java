package dev.muster.chaos;

import dev.muster.chaos.Call.Act;
import dev.muster.chaos.Call.Reply;
import dev.muster.local.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A worker at a desk: looks for offers again and again, answers them as their {@link Kind} wants
 * it, and works a while at what was accepted, so that the engine has every move to be told. After a
 * call that was not answered, the lists say what has become of it.
 */
final class Person implements Runnable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final JsonMapper JSON = new JsonMapper();

  private static final Duration WORKING_TIME = Duration.ofSeconds(2);

  private record Work(String reservation, String task, Instant seen) {

    static Work of(JsonNode reservation) {
      return new Work(
          reservation.get("sid").asString(), reservation.get("task_sid").asString(), Instant.now());
    }

    boolean isDone() {
      return seen.plus(WORKING_TIME).isBefore(Instant.now());
    }
  }

  private final String sid;
  private final Caller caller;
  private final Office office;
  private final Creators creators;
  private final History history;
  private final Map<String, String> firstOffers;
  private final Set<String> acknowledged = new HashSet<>();
  private final Map<String, Work> accepted = new HashMap<>();
  private final Map<String, Work> wrapping = new HashMap<>();
  private volatile boolean gone;
  private boolean unsure;

  /**
   * @param firstOffers by task the reservation that anybody saw first; shared by all
   */
  Person(
      String sid,
      Caller caller,
      Office office,
      Creators creators,
      History history,
      Map<String, String> firstOffers) {
    this.sid = sid;
    this.caller = caller;
    this.office = office;
    this.creators = creators;
    this.history = history;
    this.firstOffers = firstOffers;
  }

  void leave() {
    gone = true;
  }

  @Override
  public void run() {
    while (!gone) {
      try {
        look();
      } catch (Caller.Failed away) {
        unsure = true;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private void look() {
    if (unsure) {
      take(accepted, "accepted");
      take(wrapping, "wrapping");
      unsure = false;
    }
    done(wrapping).forEach(this::finish);
    done(accepted).forEach(this::workAt);
    list("pending").forEach(this::answer);
  }

  private static List<Work> done(Map<String, Work> works) {
    return works.values().stream().filter(Work::isDone).toList();
  }

  private void take(Map<String, Work> works, String status) {
    works.clear();
    list(status).forEach(work -> works.put(work.reservation(), work));
  }

  private List<Work> list(String status) {
    var answer =
        caller.get(
            "%s/Workers/%s/Reservations?PageSize=200&ReservationStatus=%s"
                .formatted(office.path(), sid, status));
    return JSON.readTree(answer.body()).get("reservations").valueStream().map(Work::of).toList();
  }

  private void answer(Work offer) {
    if (acknowledged.contains(offer.reservation())) {
      history.tookBack(
          "Reservation %s is pending again after its answer".formatted(offer.reservation()));
      return;
    }
    var first =
        firstOffers
            .computeIfAbsent(offer.task(), task -> offer.reservation())
            .equals(offer.reservation());
    switch (creators.kindOf(offer.task())) {
      case OFFERED -> {}
      case LAPSES -> {
        if (!first) {
          accept(offer);
        }
      }
      case DECLINED -> {
        if (first) {
          reply(Act.REJECT, offer, "rejected");
        } else {
          accept(offer);
        }
      }
      default -> accept(offer);
    }
  }

  private void accept(Work offer) {
    if (reply(Act.ACCEPT, offer, "accepted")) {
      accepted.put(offer.reservation(), offer);
    }
  }

  private boolean reply(Act act, Work offer, String status) {
    var path = "%s/Workers/%s/Reservations/%s".formatted(office.path(), sid, offer.reservation());
    var reply =
        history
            .make(
                act, offer.reservation(), sid, () -> caller.post(path, "ReservationStatus", status))
            .reply();
    if (reply == Reply.DONE) {
      acknowledged.add(offer.reservation());
    }
    unsure |= reply == Reply.UNKNOWN;
    return reply == Reply.DONE;
  }

  private void workAt(Work work) {
    switch (creators.kindOf(work.task())) {
      case KEPT -> accepted.remove(work.reservation());
      case WRAPS, WRITTEN_UP -> {
        if (move(Act.WRAP, work, "wrapping")) {
          wrapping.put(work.reservation(), work);
        }
        accepted.remove(work.reservation());
      }
      default -> {
        move(Act.COMPLETE, work, "completed");
        accepted.remove(work.reservation());
      }
    }
  }

  private void finish(Work work) {
    if (creators.kindOf(work.task()) == Kind.WRAPS) {
      move(Act.COMPLETE, work, "completed");
    }
    wrapping.remove(work.reservation());
  }

  private boolean move(Act act, Work work, String status) {
    var path = office.path() + "/Tasks/" + work.task();
    var reply =
        history
            .make(act, work.task(), sid, () -> caller.post(path, "AssignmentStatus", status))
            .reply();
    unsure |= reply == Reply.UNKNOWN;
    return reply == Reply.DONE;
  }
}
