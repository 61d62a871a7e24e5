package dev.muster.account;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account as the 2010 API shows it. */
record AccountBody(
    String sid,
    String ownerAccountSid,
    String friendlyName,
    AccountStatus status,
    String type,
    @Nullable String authToken,
    String dateCreated,
    String dateUpdated,
    String uri,
    Map<String, String> subresourceUris) {

  static AccountBody of(Account account) {
    return of(account, null);
  }

  static AccountBody of(IssuedAccount issued) {
    return of(issued.account(), issued.authToken().value());
  }

  private static AccountBody of(Account account, @Nullable String authToken) {
    var path = "/2010-04-01/Accounts/" + account.sid();
    return new AccountBody(
        account.sid().value(),
        account.owner().value(),
        account.friendlyName(),
        account.status(),
        "Full",
        authToken,
        MailDate.of(account.createdAt()),
        MailDate.of(account.updatedAt()),
        path + ".json",
        Map.of("keys", path + "/Keys.json"));
  }
}
