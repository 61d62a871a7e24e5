package dev.muster.account;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;

/**
 * Who calls: an account, and the sid that it called by, which is its own or that of one of its API
 * keys. Controllers ask for it as an argument.
 */
public record Caller(AccountSid account, String sid) implements AuthenticatedPrincipal {

  /**
   * The caller behind the request's principal.
   *
   * @throws IllegalStateException if the request was let in without one, which only a mistake in
   *     the security configuration can do
   */
  public static Caller of(@Nullable Principal principal) {
    if (principal instanceof Authentication known
        && known.getPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException(
        "Expected an account to call, but it was %s".formatted(principal));
  }

  /** The account's sid: what one account may do is the same by whatever key. */
  @Override
  public String getName() {
    return account.value();
  }
}
