package dev.muster.callout;

import dev.muster.account.AccountSid;
import dev.muster.account.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form to be posted.
 *
 * @param account whose address it is
 * @param url absolute, http or https; a user and password in it are sent as HTTP Basic
 * @param within how long all of it may take, from the look-up of the name to the last byte
 */
public record Callout(
    AccountSid account,
    URI url,
    List<FormField> form,
    Map<String, String> headers,
    Duration within) {

  public static Callout post(AccountSid account, URI url, List<FormField> form, Duration within) {
    return new Callout(account, url, form, Map.of(), within);
  }

  /** The same, with the {@link Signature} that the key makes. */
  public Callout signedBy(Secret key) {
    return with(Signature.HEADER, Signature.of(url, form, key));
  }

  /** The same, from this user with this password. */
  public Callout from(String user, Secret password) {
    return with("Authorization", basic(user + ":" + password.value()));
  }

  static String basic(String userAndPassword) {
    var bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private Callout with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Callout(account, url, form, more, within);
  }

  /** Without headers and fields, which hold secrets and personal data. */
  @Override
  public String toString() {
    return "Callout[%s]".formatted(url.getHost());
  }
}
