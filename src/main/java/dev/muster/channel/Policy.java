package dev.muster.channel;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy of a capability token.
 *
 * @param url of resources; {@code *} stands for one segment of the path, {@code **} at the end for
 *     all that follow, and for reading for none as well: by no other policy do the libraries let
 *     workers list their reservations
 * @param queryFilter parameters of reading: true for those that must be there; when it is empty any
 *     may be
 * @param postFilter parameters of writing: those not named must not be there
 */
record Policy(
    String url,
    String method,
    Map<String, Boolean> queryFilter,
    Map<String, Boolean> postFilter,
    boolean allow) {

  /** Parameters that only say which part of a list is wanted. */
  private static final Set<String> PAGING =
      Set.of("PageSize", "AfterSid", "NextToken", "Ordering", "Active");

  /** As it stands in a token. */
  record Claim(
      @Nullable String url,
      @Nullable String method,
      @Nullable Map<String, @Nullable Filter> queryFilter,
      @Nullable Map<String, @Nullable Filter> postFilter,
      boolean allow) {

    record Filter(boolean required) {}

    /** Nothing without an address or a method. */
    Optional<Policy> policy() {
      return url == null || method == null
          ? Optional.empty()
          : Optional.of(
              new Policy(url, method, required(queryFilter), required(postFilter), allow));
    }

    private static Map<String, Boolean> required(@Nullable Map<String, @Nullable Filter> filters) {
      var required = new HashMap<String, Boolean>();
      if (filters != null) {
        filters.forEach((name, filter) -> required.put(name, filter != null && filter.required()));
      }
      return Map.copyOf(required);
    }
  }

  /**
   * Whether it is about the request.
   *
   * @param path from {@code /v1} on
   * @param parameters the names of what comes with it
   */
  boolean covers(String requested, String path, List<String> parameters) {
    return method.equals(requested)
        && matches(segments(withoutHost(url)), segments(path), requested.equals("GET") ? 0 : 1)
        && (requested.equals("POST")
            ? admits(postFilter, parameters)
            : queryFilter.isEmpty() || admits(queryFilter, withoutPaging(parameters)));
  }

  private static boolean admits(Map<String, Boolean> filter, Collection<String> parameters) {
    return filter.keySet().containsAll(parameters)
        && filter.entrySet().stream()
            .allMatch(entry -> !entry.getValue() || parameters.contains(entry.getKey()));
  }

  private static List<String> withoutPaging(List<String> parameters) {
    return parameters.stream().filter(name -> !PAGING.contains(name)).toList();
  }

  private static boolean matches(List<String> pattern, List<String> path, int least) {
    var open = pattern.getLast().equals("**");
    var fixed = open ? pattern.subList(0, pattern.size() - 1) : pattern;
    if (open ? path.size() < fixed.size() + least : path.size() != fixed.size()) {
      return false;
    }
    for (var i = 0; i < fixed.size(); i++) {
      if (!fixed.get(i).equals("*") && !fixed.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/"));
  }

  /** The libraries name Twilio's own hosts, whatever host they are used with. */
  private static String withoutHost(String url) {
    return url.replaceFirst("^https?://[^/]*", "");
  }
}
