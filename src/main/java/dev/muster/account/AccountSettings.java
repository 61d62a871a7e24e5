package dev.muster.account;

import dev.muster.web.Sid;
import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The first account, which creates all others, and the key that seals every secret. Checked here
 * and not by annotations, because a failed annotation shows the value in the log.
 *
 * @param sid of the first account
 * @param authToken of the first account; it follows this setting at every start
 * @param masterKey 32 bytes in base64
 */
@ConfigurationProperties("muster.account")
public record AccountSettings(
    @DefaultValue("") String sid,
    @DefaultValue("") String authToken,
    @DefaultValue("") String masterKey) {

  private static final int TOKEN_CHARACTERS = 32;
  private static final int KEY_BYTES = 32;

  public AccountSettings {
    if (!Sid.is("AC", sid)) {
      throw new IllegalArgumentException(
          "Expected MUSTER_ACCOUNT_SID to be AC followed by 32 hexadecimal digits, but it is %s: set it, for example to the output of: echo AC$(openssl rand -hex 16)"
              .formatted(sid.isEmpty() ? "missing" : "'" + sid + "'"));
    }
    if (authToken.length() < TOKEN_CHARACTERS) {
      throw new IllegalArgumentException(
          "Expected MUSTER_AUTH_TOKEN to be a random text of at least %d characters, but it has %d: set it, for example to the output of: openssl rand -hex 16"
              .formatted(TOKEN_CHARACTERS, authToken.length()));
    }
    if (decode(masterKey).length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "Expected MUSTER_MASTER_KEY to be %d random bytes in base64, but it is %s: set it, for example to the output of: openssl rand -base64 32 and keep it, secrets in the database can be read only with it"
              .formatted(KEY_BYTES, masterKey.isEmpty() ? "missing" : "something else"));
    }
  }

  AccountSid firstAccount() {
    return new AccountSid(sid);
  }

  Secret firstToken() {
    return new Secret(authToken);
  }

  byte[] masterKeyBytes() {
    return decode(masterKey);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  @Override
  public String toString() {
    return "AccountSettings[sid=%s, authToken=…, masterKey=…]".formatted(sid);
  }
}
