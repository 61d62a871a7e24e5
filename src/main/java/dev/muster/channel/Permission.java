package dev.muster.channel;

import java.util.List;
import java.util.Locale;

/** What the bearer of a token may do, beyond being in the workspace. */
sealed interface Permission {

  /** What an access token grants. */
  enum Role {
    WORKER,
    SUPERVISOR,
    ADMIN;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A worker may do what is its own; supervisors and admins may do it for everybody. */
  record ByRole(Role role) implements Permission {}

  /** What a capability token lists: some policy must allow a request, and none forbid it. */
  record ByPolicies(List<Policy> policies) implements Permission {

    boolean allow(String method, String path, List<String> parameters) {
      var matching =
          policies.stream().filter(policy -> policy.covers(method, path, parameters)).toList();
      return !matching.isEmpty() && matching.stream().allMatch(Policy::allow);
    }
  }
}
