package dev.muster.telephony;

import dev.muster.account.AccountSid;
import dev.muster.web.BaseUrl;
import java.net.URI;
import java.time.Instant;

/** A phone account on the wire; its token never goes out. */
record PhoneAccountBody(
    AccountSid accountSid,
    AccountSid providerAccountSid,
    URI baseUrl,
    Instant dateCreated,
    Instant dateUpdated,
    String url) {

  static PhoneAccountBody of(PhoneAccount phone, BaseUrl base) {
    return new PhoneAccountBody(
        phone.account(),
        phone.sid(),
        phone.baseUrl(),
        phone.createdAt(),
        phone.updatedAt(),
        base + "/muster/v1/Telephony");
  }
}
