package dev.muster.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Remembers for a few seconds what was found, so that a busy caller costs no query. What was not
 * found is asked again each time. A change on this node is seen at once after {@link #forget}, one
 * on another node after the seconds.
 */
public final class ShortMemory<K, V> {

  private final AtomicLong changes = new AtomicLong();
  private final Cache<K, V> found;

  public ShortMemory(Duration lifetime, int size) {
    this.found = Caffeine.newBuilder().expireAfterWrite(lifetime).maximumSize(size).build();
  }

  /** The remembered value, or what {@code load} finds. */
  public Optional<V> get(K key, Function<K, Optional<V>> load) {
    var remembered = found.getIfPresent(key);
    if (remembered != null) {
      return Optional.of(remembered);
    }
    // Not Cache.get(key, load): it would hold a lock, and so a carrier thread, during the query.
    var before = changes.get();
    var loaded = load.apply(key);
    loaded.ifPresent(
        value -> {
          found.put(key, value);
          if (changes.get() != before) {
            found.invalidate(key);
          }
        });
    return loaded;
  }

  /** Call it after the commit of a change. */
  public void forget(K key) {
    changes.incrementAndGet();
    found.invalidate(key);
  }
}
