package dev.muster.rules;

import dev.muster.rules.Policy.Effect.Ceiling;
import dev.muster.rules.Policy.Effect.CloseQueue;
import dev.muster.rules.Ruling.Enter;
import dev.muster.rules.Ruling.Skip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator's policies, in order. Immutable; to go live with others one exchanges the reference.
 *
 * <p>They are tested on the tree and not compiled into the rule engine's filters: they are asked
 * for every step that a task enters, also where no filter is searched for (the next target, a step
 * after a time-out), all that hold apply and not only the first, and a change of a policy must not
 * compile every tenant's versions anew.
 */
public final class Policies {

  public static final Policies NONE = new Policies(List.of());

  private final List<Policy> policies;

  private Policies(List<Policy> policies) {
    this.policies = List.copyOf(policies);
  }

  /**
   * Reads a file of policies.
   *
   * @param file its name, for messages
   * @throws PolicyError if the text is not YAML of the right shape, names something unknown or
   *     twice, has an expression that does not parse, or one that reads something else than {@code
   *     task.…}, {@code account.sid} and {@code workspace.sid}
   */
  public static Policies parse(String file, String text) {
    return NONE.and(file, text);
  }

  /**
   * These policies, and after them those of another file.
   *
   * @throws PolicyError as {@link #parse} does; also if one of them has the name of one of these
   */
  public Policies and(String file, String text) {
    var taken = policies.stream().map(Policy::name).collect(Collectors.toSet());
    var more = PolicyReader.read(file, text, taken);
    return new Policies(Stream.concat(policies.stream(), more.stream()).toList());
  }

  /** Those of these policies that can take effect: not the ones that FALSE switches off. */
  public Policies switchedOn() {
    var off = new Expression.Constant(false);
    return new Policies(
        policies.stream()
            .filter(policy -> !policy.when().given(Scope.NOTHING).equals(off))
            .toList());
  }

  public List<Policy> list() {
    return policies;
  }

  public boolean isEmpty() {
    return policies.isEmpty();
  }

  /**
   * What becomes of a step that the tenant's instruction decided. First the queue: while a policy
   * closes it, the task goes to the queue instead; if there is none, if the task may not go there,
   * or if it has been there, the step is skipped. Then the priority: each ceiling that holds lowers
   * it, and reads what the ones before it left.
   */
  public Ruling apply(Entry entry) {
    var closedBy = new ArrayList<String>();
    var entered = redirected(entry, closedBy);
    return entered == null ? new Skip(closedBy) : limited(entered, closedBy);
  }

  /**
   * What becomes of the priority of a task that stays in its queue, closed or not: each ceiling
   * that holds lowers it.
   */
  public Enter limit(Entry entry) {
    return limited(entry, List.of());
  }

  /**
   * What these policies may make of a workspace's steps, whatever its tasks are: by queue, only of
   * queues that they may close.
   *
   * @param mayRedirectTo whether tasks of the workspace may be sent to a queue
   */
  public Map<String, Outlook> outlooks(
      String accountSid, String workspaceSid, Predicate<String> mayRedirectTo) {
    return new Closings(policies, accountSid, workspaceSid, mayRedirectTo).outlooks();
  }

  private @Nullable Entry redirected(Entry entry, List<String> closedBy) {
    var closed = new HashSet<String>();
    var present = entry;
    for (var policy = closing(present); policy != null; policy = closing(present)) {
      closedBy.add(policy.name());
      closed.add(present.queue());
      var next = instead(policy, present, closed);
      if (next == null) {
        return null;
      }
      present = present.in(next);
    }
    return present;
  }

  private @Nullable Policy closing(Entry entry) {
    for (var policy : policies) {
      if (policy.effect() instanceof CloseQueue close
          && close.queue().equals(entry.queue())
          && policy.when().test(entry)) {
        return policy;
      }
    }
    return null;
  }

  private static @Nullable String instead(Policy policy, Entry entry, Set<String> closed) {
    return policy.effect() instanceof CloseQueue close
            && close.instead() instanceof String queue
            && !closed.contains(queue)
            && entry.mayRedirectTo().test(queue)
        ? queue
        : null;
  }

  private Enter limited(Entry entry, List<String> closedBy) {
    var loweredBy = new ArrayList<String>();
    var present = entry;
    for (var policy : policies) {
      if (policy.effect() instanceof Ceiling ceiling
          && ceiling.priority() < present.priority()
          && policy.when().test(present)) {
        loweredBy.add(policy.name());
        present = present.with(ceiling.priority());
      }
    }
    return new Enter(present.queue(), present.priority(), closedBy, loweredBy);
  }
}
