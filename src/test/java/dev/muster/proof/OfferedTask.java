package dev.muster.proof;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the specification says of one task and its offers, whatever clients ask for: the register
 * like object of the linearizability check. When it waits again it is offered again, as often as it
 * was in truth; that is nobody's call and so no part of the history.
 *
 * @param rounds the reservations that were made at the same moment, first to last
 */
record OfferedTask(List<List<String>> rounds)
    implements Linearizability.Specification<OfferedTask.State, OfferedTask.Call> {

  /**
   * @param round which offer it has come to
   * @param reservations the status of each that was made so far
   */
  record State(String task, int round, Map<String, String> reservations) {}

  /**
   * One call of one client.
   *
   * @param reservation null for a call on the task itself
   * @param wanted the status that it asks for
   */
  record Call(
      int client,
      int node,
      String task,
      @Nullable String reservation,
      String wanted,
      long invokedAt,
      long answeredAt,
      Reply reply)
      implements Linearizability.Timed {

    boolean accepts() {
      return reservation != null && wanted.equals("accepted");
    }
  }

  @Override
  public State initial() {
    return waiting(new State("pending", -1, Map.of()));
  }

  @Override
  public Optional<State> after(State state, Call call) {
    var due = reply(state, call);
    if (!due.equals(call.reply())) {
      return Optional.empty();
    }
    return Optional.of(due.successful() ? changed(state, call) : state);
  }

  private static Reply reply(State state, Call call) {
    if (call.reservation() == null) {
      return isAllowed(state.task(), call.wanted()) ? Reply.OK : Reply.REFUSED;
    }
    var status = state.reservations().getOrDefault(call.reservation(), "unheard of");
    return switch (call.wanted()) {
      case "accepted", "rejected" -> answer(status);
      case "wrapping" -> status.equals("accepted") ? Reply.OK : Reply.REFUSED;
      case "completed" -> isTaken(status) ? Reply.OK : Reply.REFUSED;
      default -> throw new IllegalArgumentException(call.wanted());
    };
  }

  private static Reply answer(String status) {
    return switch (status) {
      case "pending" -> Reply.OK;
      case "rescinded" -> Reply.GONE;
      case "unheard of" -> Reply.NOT_FOUND;
      default -> Reply.REFUSED;
    };
  }

  private static boolean isAllowed(String task, String wanted) {
    return switch (wanted) {
      case "canceled" -> task.equals("pending") || task.equals("reserved");
      case "wrapping" -> task.equals("assigned");
      case "completed" -> task.equals("assigned") || task.equals("wrapping");
      default -> throw new IllegalArgumentException(wanted);
    };
  }

  private State changed(State state, Call call) {
    var statuses = new TreeMap<>(state.reservations());
    return switch (call.wanted()) {
      case "accepted" -> {
        replace(statuses, "pending", "rescinded");
        statuses.put(String.valueOf(call.reservation()), "accepted");
        yield new State("assigned", state.round(), statuses);
      }
      case "rejected" -> {
        statuses.put(String.valueOf(call.reservation()), "rejected");
        yield statuses.containsValue("pending")
            ? new State(state.task(), state.round(), statuses)
            : waiting(new State("pending", state.round(), statuses));
      }
      case "canceled" -> {
        replace(statuses, "pending", "canceled");
        yield new State("canceled", state.round(), statuses);
      }
      default -> {
        replace(statuses, "accepted", call.wanted());
        replace(statuses, "wrapping", call.wanted());
        yield new State(call.wanted(), state.round(), statuses);
      }
    };
  }

  /** A task that waits is offered next; nothing that a client asks for can tell how soon. */
  private State waiting(State state) {
    var next = state.round() + 1;
    if (next == rounds.size()) {
      return state;
    }
    var statuses = new TreeMap<>(state.reservations());
    rounds.get(next).forEach(reservation -> statuses.put(reservation, "pending"));
    return new State("reserved", next, statuses);
  }

  private static void replace(Map<String, String> statuses, String from, String to) {
    statuses.replaceAll((reservation, status) -> status.equals(from) ? to : status);
  }

  private static boolean isTaken(String status) {
    return status.equals("accepted") || status.equals("wrapping");
  }
}
