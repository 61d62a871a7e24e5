package dev.muster.account;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** Reads the calling account from an authenticated request. */
public final class Caller {

  private Caller() {}

  /**
   * The account behind the request's principal.
   *
   * @throws IllegalStateException if the request was let in without one, which only a mistake in
   *     the security configuration can do
   */
  public static AccountSid of(@Nullable Principal principal) {
    if (principal instanceof Authentication known
        && known.getPrincipal() instanceof AccountSid account) {
      return account;
    }
    throw new IllegalStateException(
        "Expected an account to call, but it was %s".formatted(principal));
  }
}
