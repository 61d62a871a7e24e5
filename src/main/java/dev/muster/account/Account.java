package dev.muster.account;

import java.time.Instant;

/**
 * A tenant.
 *
 * @param owner the account that created it; the first account owns itself
 */
public record Account(
    AccountSid sid,
    AccountSid owner,
    String friendlyName,
    AccountStatus status,
    Instant createdAt,
    Instant updatedAt) {}
