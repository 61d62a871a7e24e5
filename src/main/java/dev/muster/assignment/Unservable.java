package dev.muster.assignment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.assignment.Floor.Place;
import dev.muster.rules.Scope;
import dev.muster.task.Demand;
import dev.muster.workspace.WorkspaceSid;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Remembers from round to round the demand classes that nobody who is ready fits. A round reads
 * them no more, and tests for them only the workers who became ready since, so that thousands of
 * different tasks that nobody can serve hold up no other.
 *
 * <p>Neither what a class asks for nor what a scope says ever changes, so what is remembered stays
 * true; what is forgotten is read and tested again.
 */
@Component
class Unservable {

  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int ROUNDS_KEPT = 100;

  private final Cache<WorkspaceSid, Memory> memories =
      Caffeine.newBuilder().expireAfterAccess(KEPT).build();

  /** What the rounds of a workspace know, of which one runs at a time. */
  Memory of(WorkspaceSid workspace) {
    return memories.get(workspace, sid -> new Memory());
  }

  static final class Memory {

    /**
     * @param last the round until which nobody who was ready fitted
     * @param end the round from which it is forgotten, lest it outlives its tasks
     */
    private record Tested(Demand demand, long last, long end) {}

    private record Newcomers(Place place, long since) {}

    private final Map<UUID, Tested> tested = new HashMap<>();

    /** The round since which each one who is ready has been it, without a break. */
    private final Map<Place, Map<Scope, Long>> ready = new HashMap<>();

    private final Map<Newcomers, List<Scope>> newcomers = new HashMap<>();
    private long round;

    private Memory() {}

    /** The classes that nobody fitted in the last round, and what they ask for. */
    Map<UUID, Demand> classes() {
      return tested.entrySet().stream()
          .filter(each -> each.getValue().last() == round)
          .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().demand()));
    }

    /**
     * Begins a round.
     *
     * @param now all who are ready, whatever the round will use of them
     * @return those of the classes that somebody fits who became ready since the last one
     */
    Set<UUID> begin(Map<Place, Collection<Scope>> now) {
      var before = classes();
      round++;
      newcomers.clear();
      ready.keySet().retainAll(now.keySet());
      now.forEach(
          (place, scopes) -> ready.put(place, since(scopes, ready.getOrDefault(place, Map.of()))));
      before.entrySet().removeIf(each -> nobodyFits(each.getKey(), each.getValue()));
      tested.values().removeIf(each -> each.end() <= round);
      return before.keySet();
    }

    private Map<Scope, Long> since(Collection<Scope> scopes, Map<Scope, Long> before) {
      var since = new IdentityHashMap<Scope, Long>();
      scopes.forEach(scope -> since.put(scope, before.getOrDefault(scope, round)));
      return since;
    }

    /** Whether no member of the queue who was ready when the round began could ever be chosen. */
    boolean nobodyFits(UUID demandClass, Demand demand) {
      var known = tested.get(demandClass);
      var since = known == null ? 0 : known.last();
      var came = newcomers.computeIfAbsent(new Newcomers(Place.of(demand), since), this::those);
      var someone = !came.isEmpty() && came.stream().anyMatch(demand.profiles());
      if (!someone) {
        var end = known == null ? round + ROUNDS_KEPT + spread(demandClass) : known.end();
        tested.put(demandClass, new Tested(demand, round, end));
      }
      return !someone;
    }

    private List<Scope> those(Newcomers wanted) {
      return ready.getOrDefault(wanted.place(), Map.of()).entrySet().stream()
          .filter(each -> each.getValue() > wanted.since())
          .map(Map.Entry::getKey)
          .toList();
    }

    /** Lets classes that were found together be forgotten one after the other. */
    private static long spread(UUID demandClass) {
      return Math.floorMod(demandClass.hashCode(), ROUNDS_KEPT);
    }
  }
}
