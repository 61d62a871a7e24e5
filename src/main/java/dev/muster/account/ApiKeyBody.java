package dev.muster.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** An API key as the 2010 API shows it; {@code secret} only when it is new. */
record ApiKeyBody(
    String sid,
    String friendlyName,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret,
    String dateCreated,
    String dateUpdated) {

  static ApiKeyBody of(ApiKey key) {
    return of(key, null);
  }

  static ApiKeyBody of(IssuedKey issued) {
    return of(issued.key(), issued.secret().value());
  }

  private static ApiKeyBody of(ApiKey key, @Nullable String secret) {
    return new ApiKeyBody(
        key.sid().value(),
        key.friendlyName(),
        secret,
        MailDate.of(key.createdAt()),
        MailDate.of(key.updatedAt()));
  }
}
