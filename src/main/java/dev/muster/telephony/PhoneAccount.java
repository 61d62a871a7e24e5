package dev.muster.telephony;

import dev.muster.account.AccountSid;
import dev.muster.account.Secret;
import java.net.URI;
import java.time.Instant;

/**
 * The account at a telephone company by which a tenant's calls are made.
 *
 * @param account the tenant
 * @param sid at the telephone company
 * @param baseUrl of its API, without a slash at the end
 */
record PhoneAccount(
    AccountSid account,
    AccountSid sid,
    Secret authToken,
    URI baseUrl,
    Instant createdAt,
    Instant updatedAt) {}
