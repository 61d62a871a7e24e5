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
    return new Page<>(items.stream().<R>map(change).toList(), request, firstSid, lastSid);
  }

  /**
   * The page of {@code all} that is asked for, where the whole list is already at hand in its
   * order.
   */
  public static <T> Page<T> of(List<T> all, PageRequest request, Function<T, String> sid) {
    var sids = all.stream().map(sid).toList();
    int from = 0;
    int to = all.size();
    if (request.after() != null) {
      from = sids.indexOf(request.after()) + 1;
    }
    if (request.before() != null) {
      var end = sids.indexOf(request.before());
      to = end < 0 ? to : end;
      from = Math.max(0, to - request.size());
    }
    to = Math.min(to, from + request.size());
    var items = all.subList(from, to);
    return new Page<>(
        items,
        request,
        from > 0 && !items.isEmpty() ? sids.get(from) : null,
        to < all.size() && !items.isEmpty() ? sids.get(to - 1) : null);
  }
}
