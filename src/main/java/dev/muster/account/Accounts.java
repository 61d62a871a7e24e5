package dev.muster.account;

import dev.muster.web.Listing;
import dev.muster.web.Page;
import dev.muster.web.PageRequest;
import dev.muster.web.Refusal;
import dev.muster.web.Refused;
import java.time.Clock;
import java.time.Instant;
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

/** The accounts. A caller sees its own and those that it created. */
@Repository
public class Accounts {

  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  private static final String VISIBLE =
      """
      SELECT sid, owner_account_sid, friendly_name, status, created_at, updated_at
      FROM account
      WHERE (sid = :caller OR owner_account_sid = :caller)
      """;
  private static final String INSERT =
      """
      INSERT INTO account (sid, owner_account_sid, friendly_name, status,
                           auth_token_hash, auth_token_sealed, created_at, updated_at)
      VALUES (:sid, :owner, :name, 'active', :hash, :sealed, :now, :now)
      ON CONFLICT (sid) DO NOTHING
      """;
  private static final String UPDATE =
      """
      UPDATE account SET friendly_name = :name, status = :status, updated_at = :now
      WHERE sid = :sid AND (sid = :caller OR owner_account_sid = :caller)
      """;
  private static final String SET_TOKEN =
      """
      UPDATE account SET auth_token_hash = :hash, auth_token_sealed = :sealed, updated_at = :now
      WHERE sid = :sid AND auth_token_hash <> :hash
      """;

  private static final RowMapper<Account> ROW =
      (row, number) ->
          new Account(
              new AccountSid(row.getString("sid")),
              new AccountSid(row.getString("owner_account_sid")),
              row.getString("friendly_name"),
              AccountStatus.ofColumn(row.getString("status")),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("updated_at").toInstant());

  private final JdbcClient jdbc;
  private final Seal seal;
  private final AccountSettings settings;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  Accounts(
      JdbcClient jdbc,
      Seal seal,
      AccountSettings settings,
      Clock clock,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.seal = seal;
    this.settings = settings;
    this.clock = clock;
    this.events = events;
  }

  /**
   * The account's token, for signing.
   *
   * @throws IllegalStateException if the account does not exist or the master key is another
   */
  public Secret authToken(AccountSid sid) {
    var sealed =
        jdbc.sql("SELECT auth_token_sealed FROM account WHERE sid = :sid")
            .param("sid", sid.value())
            .query((row, number) -> row.getBytes("auth_token_sealed"))
            .single();
    return seal.open(sealed, sid.value())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Expected MUSTER_MASTER_KEY to be the key that sealed the token of account %s, but it is another: set it to the former one"
                        .formatted(sid)));
  }

  /** Whether there is such an account and it may do anything. */
  public boolean isActive(AccountSid sid) {
    return jdbc.sql("SELECT EXISTS (SELECT 1 FROM account WHERE sid = :sid AND status = 'active')")
        .param("sid", sid.value())
        .query(Boolean.class)
        .single();
  }

  /**
   * Creates an account that {@code caller} owns.
   *
   * @throws Refused as forbidden if the caller is not the first account
   */
  @Transactional
  IssuedAccount create(AccountSid caller, @Nullable String friendlyName) {
    if (!caller.equals(settings.firstAccount())) {
      throw new Refused(
          Refusal.FORBIDDEN,
          "Expected the first account to create accounts, but %s asked".formatted(caller));
    }
    var now = clock.instant();
    var name =
        friendlyName == null || friendlyName.isEmpty()
            ? "SubAccount Created at " + now
            : friendlyName;
    var sid = AccountSid.next();
    var token = Secret.nextToken();
    insert(sid, caller, name, token, now);
    LOG.info("account.created {} by account {}", sid, caller);
    return new IssuedAccount(get(caller, sid), token);
  }

  Page<Account> list(
      AccountSid caller,
      @Nullable String friendlyName,
      @Nullable AccountStatus status,
      PageRequest page) {
    return Listing.of(jdbc, VISIBLE, "sid", ROW)
        .with("caller", caller.value())
        .filter("friendly_name = :name", "name", friendlyName)
        .filter("status = :status", "status", status == null ? null : status.toString())
        .page(page, account -> account.sid().value());
  }

  Account get(AccountSid caller, AccountSid sid) {
    return find(caller, sid, "").orElseThrow(Refused::notFound);
  }

  /**
   * Renames an account or changes its status; {@code null} leaves as it is.
   *
   * @throws Refused as forbidden if another than the owner changes the status; as invalid if the
   *     account is the first, or closed
   */
  @Transactional
  Account update(
      AccountSid caller,
      AccountSid sid,
      @Nullable String friendlyName,
      @Nullable AccountStatus status) {
    var before = find(caller, sid, "FOR UPDATE").orElseThrow(Refused::notFound);
    var wanted = status == null ? before.status() : status;
    if (wanted != before.status()) {
      checkStatusChange(caller, before);
    }
    jdbc.sql(UPDATE)
        .param("name", friendlyName == null ? before.friendlyName() : friendlyName)
        .param("status", wanted.toString())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("sid", sid.value())
        .param("caller", caller.value())
        .update();
    events.publishEvent(new AccountChanged(sid));
    LOG.info("account.updated {} to {} by account {}", sid, wanted, caller);
    return get(caller, sid);
  }

  /**
   * Makes the configured first account exist with the configured token.
   *
   * @throws IllegalStateException if the stored token was sealed under another master key
   */
  @Transactional
  void establishFirst() {
    var sid = settings.firstAccount();
    var token = settings.firstToken();
    var now = clock.instant();
    if (find(sid, sid, "FOR UPDATE").isEmpty()) {
      insert(sid, sid, "First account", token, now);
      return;
    }
    authToken(sid);
    jdbc.sql(SET_TOKEN)
        .param("hash", token.hash())
        .param("sealed", seal.close(token, sid.value()))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("sid", sid.value())
        .update();
  }

  private void insert(AccountSid sid, AccountSid owner, String name, Secret token, Instant now) {
    jdbc.sql(INSERT)
        .param("sid", sid.value())
        .param("owner", owner.value())
        .param("name", name)
        .param("hash", token.hash())
        .param("sealed", seal.close(token, sid.value()))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private Optional<Account> find(AccountSid caller, AccountSid sid, String lock) {
    return jdbc.sql(VISIBLE + "AND sid = :sid " + lock)
        .param("caller", caller.value())
        .param("sid", sid.value())
        .query(ROW)
        .optional();
  }

  private void checkStatusChange(AccountSid caller, Account account) {
    if (account.sid().equals(settings.firstAccount())) {
      throw Refused.invalid(
          "Expected another account than %s, but the first account always stays active",
          account.sid());
    }
    if (!caller.equals(account.owner())) {
      throw new Refused(
          Refusal.FORBIDDEN,
          "Expected the owner of account %s to change its status, but %s asked"
              .formatted(account.sid(), caller));
    }
    if (account.status() == AccountStatus.CLOSED) {
      throw Refused.invalid(
          "Expected account %s to be active or suspended, but it is closed for good",
          account.sid());
    }
  }
}
