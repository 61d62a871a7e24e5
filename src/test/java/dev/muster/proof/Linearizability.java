package dev.muster.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides whether a history of overlapping calls on one object could have come of doing them one
 * after the other: whether each call can be given a moment between its invocation and its answer
 * such that the specification, taken through the calls in the order of these moments, gives every
 * one of them the answer that it got.
 *
 * <p>The search is that of Wing and Gong, with the moments given just in time as Lowe does: the
 * history is read from its beginning, and only when a call is answered is it asked in which ways it
 * may have happened by then, after which of the calls that were under way. States that were reached
 * with the same calls done are looked at once. A call that changes nothing, and whose answer fits
 * the state, is done at once: no later moment could allow more. So only calls that change something
 * make the search branch.
 *
 * @param <S> states of the object; equal if no call can tell them apart
 * @param <C> calls with the answers that they got
 */
final class Linearizability<S, C extends Linearizability.Timed> {

  /** When a call was under way, on one clock for all. */
  interface Timed {

    long invokedAt();

    long answeredAt();
  }

  interface Specification<S, C> {

    S initial();

    /** The state after the call; empty if it would have been answered otherwise in this one. */
    Optional<S> after(S state, C call);
  }

  private record Moment<C>(long at, boolean invocation, int number, C call) {}

  /** A state, and which of the calls that are not answered yet have already been done. */
  private record Configuration<S>(S state, Set<Integer> done) {

    Configuration<S> with(int call, S newState) {
      var more = new TreeSet<>(done);
      more.add(call);
      return new Configuration<>(newState, more);
    }

    Configuration<S> without(int call) {
      var fewer = new TreeSet<>(done);
      fewer.remove(call);
      return new Configuration<>(state, fewer);
    }
  }

  private final Specification<S, C> specification;
  private final List<C> history;
  private final Set<Integer> underWay = new TreeSet<>();

  private Linearizability(Specification<S, C> specification, List<C> history) {
    this.specification = specification;
    this.history = history;
  }

  /**
   * The first call, by the time of the answers, that cannot have been answered as it was after all
   * that was answered before; empty if the history is linearizable.
   */
  static <S, C extends Timed> Optional<C> refutation(
      List<C> history, Specification<S, C> specification) {
    return new Linearizability<>(specification, history).refutation();
  }

  private Optional<C> refutation() {
    var possible = Set.of(new Configuration<>(specification.initial(), Set.of()));
    for (var moment : moments()) {
      if (moment.invocation()) {
        underWay.add(moment.number());
        continue;
      }
      var next = new HashSet<Configuration<S>>();
      possible.forEach(each -> next.addAll(doneUpTo(moment.number(), each)));
      underWay.remove(moment.number());
      if (next.isEmpty()) {
        return Optional.of(moment.call());
      }
      possible = next;
    }
    return Optional.empty();
  }

  /** Calls that touch at one instant overlap. */
  private List<Moment<C>> moments() {
    var moments = new ArrayList<Moment<C>>();
    for (var i = 0; i < history.size(); i++) {
      var call = history.get(i);
      moments.add(new Moment<>(call.invokedAt(), true, i, call));
      moments.add(new Moment<>(call.answeredAt(), false, i, call));
    }
    moments.sort(
        Comparator.comparingLong((Moment<C> moment) -> moment.at())
            .thenComparing(moment -> !moment.invocation()));
    return moments;
  }

  /** All the ways to have done the call by now. */
  private Set<Configuration<S>> doneUpTo(int call, Configuration<S> from) {
    var found = new HashSet<Configuration<S>>();
    var seen = new HashSet<Configuration<S>>();
    var open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      var present = withAllThatChangesNothing(open.pop());
      if (!seen.add(present)) {
        continue;
      }
      if (present.done().contains(call)) {
        found.add(present.without(call));
      } else {
        open.addAll(oneFurther(present));
      }
    }
    return found;
  }

  private Configuration<S> withAllThatChangesNothing(Configuration<S> configuration) {
    var present = configuration;
    for (var call : underWay) {
      var after = specification.after(present.state(), history.get(call));
      if (!present.done().contains(call) && after.filter(present.state()::equals).isPresent()) {
        present = present.with(call, present.state());
      }
    }
    return present;
  }

  private List<Configuration<S>> oneFurther(Configuration<S> present) {
    return underWay.stream()
        .filter(call -> !present.done().contains(call))
        .flatMap(
            call ->
                specification.after(present.state(), history.get(call)).stream()
                    .map(state -> present.with(call, state)))
        .toList();
  }
}
