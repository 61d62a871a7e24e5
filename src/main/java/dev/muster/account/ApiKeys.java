package dev.muster.account;

import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refused;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The API keys of accounts. */
@Repository
public class ApiKeys {

  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

  private static final String OF_ACCOUNT =
      """
      SELECT sid, friendly_name, created_at, updated_at FROM api_key WHERE account_sid = :account
      """;
  private static final String INSERT =
      """
      INSERT INTO api_key (sid, account_sid, friendly_name, secret_hash, secret_sealed, created_at, updated_at)
      VALUES (:sid, :account, :name, :hash, :sealed, :now, :now)
      """;
  private static final String RENAME =
      """
      UPDATE api_key SET friendly_name = coalesce(:name, friendly_name), updated_at = :now
      WHERE account_sid = :account AND sid = :sid
      """;

  private static final RowMapper<ApiKey> ROW =
      (row, number) ->
          new ApiKey(
              new KeySid(row.getString("sid")),
              row.getString("friendly_name"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private final JdbcClient jdbc;
  private final Seal seal;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  ApiKeys(JdbcClient jdbc, Seal seal, Clock clock, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.seal = seal;
    this.clock = clock;
    this.events = events;
  }

  /** The secret of the account's key, for checking what it signed; nothing without such a key. */
  public Optional<Secret> secret(AccountSid account, KeySid sid) {
    var stored =
        jdbc.sql("SELECT secret_sealed FROM api_key WHERE account_sid = :account AND sid = :sid")
            .param("account", account.value())
            .param("sid", sid.value())
            .query((row, number) -> row.getBytes("secret_sealed"))
            .optional();
    return stored.flatMap(bytes -> seal.open(bytes, sid.value()));
  }

  @Transactional
  IssuedKey create(AccountSid account, @Nullable String friendlyName) {
    var sid = KeySid.next();
    var secret = Secret.nextKey();
    jdbc.sql(INSERT)
        .param("sid", sid.value())
        .param("account", account.value())
        .param("name", friendlyName == null ? "" : friendlyName)
        .param("hash", secret.hash())
        .param("sealed", seal.close(secret, sid.value()))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    LOG.info("key.created {} of account {}", sid, account);
    return new IssuedKey(get(account, sid), secret);
  }

  Page<ApiKey> list(AccountSid account, PageRequest page) {
    return Listing.of(jdbc, OF_ACCOUNT, "sid", ROW)
        .with("account", account.value())
        .page(page, key -> key.sid().value());
  }

  ApiKey get(AccountSid account, KeySid sid) {
    return jdbc.sql(OF_ACCOUNT + "AND sid = :sid")
        .param("account", account.value())
        .param("sid", sid.value())
        .query(ROW)
        .optional()
        .orElseThrow(Refused::notFound);
  }

  @Transactional
  ApiKey rename(AccountSid account, KeySid sid, @Nullable String friendlyName) {
    jdbc.sql(RENAME)
        .param("name", friendlyName)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("account", account.value())
        .param("sid", sid.value())
        .update();
    return get(account, sid);
  }

  @Transactional
  void delete(AccountSid account, KeySid sid) {
    var deleted =
        jdbc.sql("DELETE FROM api_key WHERE account_sid = :account AND sid = :sid")
            .param("account", account.value())
            .param("sid", sid.value())
            .update();
    if (deleted == 0) {
      throw Refused.notFound();
    }
    events.publishEvent(new KeyDeleted(sid));
    LOG.info("key.deleted {} of account {}", sid, account);
  }
}
