package dev.muster.channel;

import dev.muster.web.Sid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What commands can be about, below their workspace. */
enum Route {
  ACTIVITIES("Activities"),
  WORKERS("Workers"),
  WORKER("Workers/WK"),
  WORKER_CHANNELS("Workers/WK/WorkerChannels"),
  WORKER_RESERVATIONS("Workers/WK/Reservations"),
  WORKER_RESERVATION("Workers/WK/Reservations/WR"),
  TRANSFERS("Workers/WK/Transfers"),
  TRANSFER("Workers/WK/Transfers/TT"),
  TASKS("Tasks"),
  TASK("Tasks/WT"),
  TASK_RESERVATION("Tasks/WT/Reservations/WR"),
  TASK_QUEUES("TaskQueues"),
  TASK_QUEUE("TaskQueues/WQ"),
  CUSTOMER_PARTICIPANT("Workers/WK/CustomerParticipant"),
  WORKER_PARTICIPANT("Workers/WK/WorkerParticipant"),
  HOLD_WORKER_PARTICIPANT("Workers/WK/HoldWorkerParticipant"),
  KICK_WORKER_PARTICIPANT("Workers/WK/KickWorkerParticipant");

  /** A route with the sids that stand in it. */
  record Target(Route route, List<String> sids) {

    /** Whom or what it is about: the first sid. */
    String first() {
      return sids.getFirst();
    }

    String last() {
      return sids.getLast();
    }
  }

  private final List<String> pattern;

  Route(String pattern) {
    this.pattern = List.of(pattern.split("/"));
  }

  /** The target that a path below the workspace names. */
  static Optional<Target> of(String path) {
    var segments = List.of(path.split("/"));
    for (var route : values()) {
      var sids = route.sids(segments);
      if (sids.isPresent()) {
        return sids.map(all -> new Target(route, all));
      }
    }
    return Optional.empty();
  }

  private Optional<List<String>> sids(List<String> segments) {
    if (segments.size() != pattern.size()) {
      return Optional.empty();
    }
    var sids = new ArrayList<String>();
    for (var i = 0; i < pattern.size(); i++) {
      var expected = pattern.get(i);
      var segment = segments.get(i);
      if (expected.length() == 2 && Sid.is(expected, segment)) {
        sids.add(segment);
      } else if (!expected.equals(segment)) {
        return Optional.empty();
      }
    }
    return Optional.of(sids);
  }
}
