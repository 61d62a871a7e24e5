package dev.muster.telephony;

import dev.muster.account.AccountSid;
import dev.muster.account.Seal;
import dev.muster.account.Secret;
import dev.muster.web.Refused;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Which account at a telephone company makes the calls of which tenant. */
@Repository
public class PhoneAccounts {

  private static final Logger LOG = LoggerFactory.getLogger(PhoneAccounts.class);

  private static final String SET =
      """
      INSERT INTO phone_account (account_sid, provider_sid, auth_token_sealed, base_url, created_at, updated_at)
      VALUES (:account, :provider, :sealed, :baseUrl, :now, :now)
      ON CONFLICT (account_sid) DO UPDATE
      SET provider_sid = EXCLUDED.provider_sid, auth_token_sealed = EXCLUDED.auth_token_sealed,
          base_url = EXCLUDED.base_url, updated_at = EXCLUDED.updated_at
      """;

  private final JdbcClient jdbc;
  private final Seal seal;
  private final Clock clock;

  PhoneAccounts(JdbcClient jdbc, Seal seal, Clock clock) {
    this.jdbc = jdbc;
    this.seal = seal;
    this.clock = clock;
  }

  /** Makes this the one by which the tenant's calls are made, in place of a former one. */
  @Transactional
  PhoneAccount set(AccountSid account, AccountSid sid, Secret authToken, URI baseUrl) {
    jdbc.sql(SET)
        .param("account", account.value())
        .param("provider", sid.value())
        .param("sealed", seal.close(authToken, owner(account)))
        .param("baseUrl", baseUrl.toString())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    LOG.info("Account {} has its calls made by {} at {}", account, sid, baseUrl.getHost());
    return get(account);
  }

  boolean exists(AccountSid account) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM phone_account WHERE account_sid = :account)")
        .param("account", account.value())
        .query(Boolean.class)
        .single();
  }

  Optional<PhoneAccount> find(AccountSid account) {
    return jdbc.sql("SELECT * FROM phone_account WHERE account_sid = :account")
        .param("account", account.value())
        .query(this::phoneAccount)
        .optional();
  }

  /**
   * The tenant's one.
   *
   * @throws Refused as not found
   */
  PhoneAccount get(AccountSid account) {
    return find(account).orElseThrow(Refused::notFound);
  }

  /**
   * No calls are made for the tenant from now on.
   *
   * @throws Refused as not found
   */
  @Transactional
  void delete(AccountSid account) {
    var deleted =
        jdbc.sql("DELETE FROM phone_account WHERE account_sid = :account")
            .param("account", account.value())
            .update();
    if (deleted == 0) {
      throw Refused.notFound();
    }
    LOG.info("Account {} has no calls made any more", account);
  }

  private PhoneAccount phoneAccount(ResultSet row, int number) throws SQLException {
    var account = new AccountSid(row.getString("account_sid"));
    return new PhoneAccount(
        account,
        new AccountSid(row.getString("provider_sid")),
        open(row.getBytes("auth_token_sealed"), account),
        URI.create(row.getString("base_url")),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private Secret open(byte[] sealed, AccountSid account) {
    return seal.open(sealed, owner(account))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Expected MUSTER_MASTER_KEY to be the key that sealed the telephony token of account %s, but it is another: set it to the former one"
                        .formatted(account)));
  }

  /** Another owner than that of the account's own token, so that neither can stand in for it. */
  private static String owner(AccountSid account) {
    return account + " telephony";
  }
}
