package dev.muster.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param firstSid sid of the first item if there are items before it, else null
 * @param lastSid sid of the last item if there are items after it, else null
 */
public record Page<T>(
    List<T> items, PageRequest request, @Nullable String firstSid, @Nullable String lastSid) {

  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return with(items.stream().<R>map(change).toList());
  }

  /** The same page with what stands for each of its items, in their order. */
  public <R> Page<R> with(List<R> others) {
    return new Page<>(others, request, firstSid, lastSid);
  }
}
