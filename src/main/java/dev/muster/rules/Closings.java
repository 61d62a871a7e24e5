package dev.muster.rules;

import dev.muster.rules.Expression.Constant;
import dev.muster.rules.Policy.Effect.CloseQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks ahead to the queues that policies may close to one workspace, before there is a task. */
final class Closings {

  private record Closing(Expression when, CloseQueue effect) {}

  private final Map<String, List<Closing>> byQueue = new HashMap<>();
  private final Predicate<String> mayRedirectTo;

  Closings(
      List<Policy> policies,
      String accountSid,
      String workspaceSid,
      Predicate<String> mayRedirectTo) {
    this.mayRedirectTo = mayRedirectTo;
    for (var policy : policies) {
      if (policy.effect() instanceof CloseQueue close) {
        var known = new Known(accountSid, workspaceSid, close.queue());
        var when = policy.when().given(known);
        if (!when.equals(new Constant(false))) {
          byQueue
              .computeIfAbsent(close.queue(), sid -> new ArrayList<>())
              .add(new Closing(when, close));
        }
      }
    }
  }

  Map<String, Outlook> outlooks() {
    var outlooks = new HashMap<String, Outlook>();
    byQueue.keySet().forEach(queue -> outlooks.put(queue, outlook(queue)));
    return outlooks;
  }

  /** Follows the queues in place of closed ones; one that is come to again may be a circle. */
  private Outlook outlook(String start) {
    var reached = new HashSet<>(List.of(start));
    var open = new HashSet<String>();
    var maySkip = false;
    var next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      var queue = next.remove();
      var closings = untilCertain(queue);
      if (closings.isEmpty() || !isCertain(closings.getLast())) {
        open.add(queue);
      }
      for (var closing : closings) {
        var instead = closing.effect().instead();
        if (instead != null && mayRedirectTo.test(instead) && reached.add(instead)) {
          next.add(instead);
        } else {
          maySkip = true;
        }
      }
    }
    return new Outlook(open, maySkip);
  }

  /** What may close the queue, in order, up to the first that does so to every task. */
  private List<Closing> untilCertain(String queue) {
    var closings = byQueue.getOrDefault(queue, List.of());
    for (int at = 0; at < closings.size(); at++) {
      if (isCertain(closings.get(at))) {
        return closings.subList(0, at + 1);
      }
    }
    return closings;
  }

  private static boolean isCertain(Closing closing) {
    return closing.when().equals(new Constant(true));
  }

  /** All that a policy reads but the task itself. */
  private record Known(String accountSid, String workspaceSid, String queue) implements Scope {

    @Override
    public @Nullable Object value(Path path) {
      return switch (path.text()) {
        case "account.sid" -> accountSid;
        case "workspace.sid" -> workspaceSid;
        case "task.queue" -> queue;
        default -> null;
      };
    }

    @Override
    public boolean knows(Path path) {
      return switch (path.text()) {
        case "account.sid", "workspace.sid", "task.queue" -> true;
        default -> false;
      };
    }
  }
}
