package dev.muster.delivery;

import dev.muster.account.AccountSid;
import dev.muster.account.Accounts;
import dev.muster.account.Secret;
import dev.muster.web.ShortMemory;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What requests to tenants' systems are signed with. */
@Component
public class SigningKeys {

  private final ShortMemory<AccountSid, Secret> keys =
      new ShortMemory<>(Duration.ofSeconds(5), 10_000);
  private final Accounts accounts;

  SigningKeys(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The account's auth token; a new one is used within seconds. */
  public Secret of(AccountSid account) {
    return keys.get(account, sid -> Optional.of(accounts.authToken(sid))).orElseThrow();
  }
}
