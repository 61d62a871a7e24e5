package dev.muster.account;

import dev.muster.web.ShortMemory;
import dev.muster.web.Sid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells who calls: an account by its sid and token, or by one of its API keys and its secret. The
 * principal is the {@link Caller}.
 */
@Component
class Authenticator implements AuthenticationProvider {

  /** May do everything, credentials included; an API key may not. */
  static final String OWNS_ACCOUNT = "owns-account";

  /** May see how Muster fares as a whole: the configured first account, by its token or a key. */
  static final String OPERATOR = "operator";

  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int REMEMBERED_SIDS = 20_000;

  private record StoredAccount(AccountStatus status, byte[] hash) {}

  private record StoredKey(AccountSid account, byte[] hash) {}

  private final ShortMemory<AccountSid, StoredAccount> accounts =
      new ShortMemory<>(REMEMBERED, REMEMBERED_SIDS);
  private final ShortMemory<KeySid, StoredKey> keys =
      new ShortMemory<>(REMEMBERED, REMEMBERED_SIDS);
  private final JdbcClient jdbc;
  private final AccountSid operator;

  Authenticator(JdbcClient jdbc, AccountSettings settings) {
    this.jdbc = jdbc;
    this.operator = settings.firstAccount();
  }

  @Override
  public Authentication authenticate(Authentication request) {
    var user = request.getName();
    var password = new Secret(String.valueOf(request.getCredentials()));
    return Sid.is("SK", user)
        ? byKey(new KeySid(user), password)
        : byToken(new AccountSid(user), password);
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }

  private Authentication byToken(AccountSid sid, Secret token) {
    var stored = stored(sid).filter(account -> token.hasHash(account.hash));
    return authenticated(
        new Caller(sid, sid.value()), stored.orElseThrow(Authenticator::unknown), OWNS_ACCOUNT);
  }

  private Authentication byKey(KeySid sid, Secret secret) {
    var key = stored(sid).filter(stored -> secret.hasHash(stored.hash));
    var account = key.orElseThrow(Authenticator::unknown).account;
    return authenticated(
        new Caller(account, sid.value()),
        stored(account).orElseThrow(Authenticator::unknown),
        "key");
  }

  private Authentication authenticated(Caller caller, StoredAccount stored, String authority) {
    if (stored.status != AccountStatus.ACTIVE) {
      throw new DisabledException(
          "Expected account %s to be active, but it is %s"
              .formatted(caller.account(), stored.status));
    }
    var granted =
        caller.account().equals(operator) ? List.of(authority, OPERATOR) : List.of(authority);
    var authorities = granted.stream().map(SimpleGrantedAuthority::new).toList();
    return UsernamePasswordAuthenticationToken.authenticated(caller, null, authorities);
  }

  private static BadCredentialsException unknown() {
    return new BadCredentialsException("unknown sid or wrong secret");
  }

  private Optional<StoredAccount> stored(AccountSid sid) {
    return Sid.is("AC", sid.value()) ? accounts.get(sid, this::read) : Optional.empty();
  }

  private Optional<StoredAccount> read(AccountSid sid) {
    return jdbc.sql("SELECT status, auth_token_hash FROM account WHERE sid = :sid")
        .param("sid", sid.value())
        .query(
            (row, number) ->
                new StoredAccount(
                    AccountStatus.ofColumn(row.getString("status")),
                    row.getBytes("auth_token_hash")))
        .optional();
  }

  private Optional<StoredKey> stored(KeySid sid) {
    return keys.get(sid, this::read);
  }

  private Optional<StoredKey> read(KeySid sid) {
    return jdbc.sql("SELECT account_sid, secret_hash FROM api_key WHERE sid = :sid")
        .param("sid", sid.value())
        .query(
            (row, number) ->
                new StoredKey(
                    new AccountSid(row.getString("account_sid")), row.getBytes("secret_hash")))
        .optional();
  }

  @TransactionalEventListener
  void forget(AccountChanged change) {
    accounts.forget(change.account());
  }

  @TransactionalEventListener
  void forget(KeyDeleted deletion) {
    keys.forget(deletion.key());
  }
}
