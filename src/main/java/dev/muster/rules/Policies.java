package dev.muster.rules;

import dev.muster.rules.Policy.Effect.Ceiling;
import dev.muster.rules.Policy.Effect.CloseQueue;
import dev.muster.rules.Ruling.Enter;
import dev.muster.rules.Ruling.Skip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    return new Policies(PolicyReader.read(file, text));
  }

  /**
   * These policies, and after them the others.
   *
   * @throws IllegalArgumentException if a name is in both
   */
  public Policies and(Policies others) {
    var names = new HashSet<String>();
    var all = Stream.concat(policies.stream(), others.policies.stream()).toList();
    for (var policy : all) {
      if (!names.add(policy.name())) {
        throw new IllegalArgumentException(
            "Expected every policy to have a name of its own, but two are named \"%s\""
                .formatted(policy.name()));
      }
    }
    return new Policies(all);
  }

  public List<Policy> list() {
    return policies;
  }

  /**
   * What becomes of a step that the tenant's instruction decided. First the queue: while a policy
   * closes it, the task goes to the queue instead; if there is none, if the task may not go there,
   * or if it has been there, the step is skipped. Then the priority: each ceiling that holds lowers
   * it, and reads what the ones before it left.
   */
  public Ruling apply(Entry entry) {
    var fired = new ArrayList<String>();
    var entered = redirected(entry, fired);
    return entered == null ? new Skip(fired) : limited(entered, fired);
  }

  private @Nullable Entry redirected(Entry entry, List<String> fired) {
    var closed = new HashSet<String>();
    var present = entry;
    for (var policy = closing(present); policy != null; policy = closing(present)) {
      fired.add(policy.name());
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

  private Ruling limited(Entry entry, List<String> fired) {
    var present = entry;
    for (var policy : policies) {
      if (policy.effect() instanceof Ceiling ceiling
          && ceiling.priority() < present.priority()
          && policy.when().test(present)) {
        fired.add(policy.name());
        present = present.with(ceiling.priority());
      }
    }
    return new Enter(present.queue(), present.priority(), fired);
  }
}
