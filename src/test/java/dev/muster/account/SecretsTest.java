package dev.muster.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretsTest {

  private static final String SID = "AC" + "0".repeat(32);
  private static final String TOKEN = Secret.nextToken().value();

  @Test
  void areReadOnlyWithTheMasterKeyAndOnlyForTheirOwner() {
    var seal = new Seal(settings('a'));
    var secret = Secret.nextKey();

    var sealed = seal.close(secret, "SK1");

    assertThat(seal.open(sealed, "SK1")).contains(secret);
    assertThat(seal.open(sealed, "SK2")).isEmpty();
    assertThat(new Seal(settings('b')).open(sealed, "SK1")).isEmpty();
    assertThat(seal.close(secret, "SK1")).isNotEqualTo(sealed);
  }

  @Test
  void areRecognisedByTheirHash() {
    var secret = Secret.nextToken();

    assertThat(secret.hasHash(new Secret(secret.value()).hash())).isTrue();
    assertThat(secret.hasHash(Secret.nextToken().hash())).isFalse();
  }

  @Test
  void stayOutOfLogs() {
    assertThat(new Secret(TOKEN).toString()).doesNotContain(TOKEN);
    assertThat(settings('a').toString()).contains(SID).doesNotContain(TOKEN);
  }

  @Test
  void areAskedForByTheNameOfTheirEnvironmentVariable() {
    assertThatThrownBy(() -> new AccountSettings("", TOKEN, masterKey('a')))
        .hasMessageContaining("MUSTER_ACCOUNT_SID")
        .hasMessageContaining("openssl rand -hex 16");
    assertThatThrownBy(() -> new AccountSettings(SID, "short", masterKey('a')))
        .hasMessageContaining("MUSTER_AUTH_TOKEN")
        .hasMessageNotContaining("'short'");
    assertThatThrownBy(() -> new AccountSettings(SID, TOKEN, "c2hvcnQ="))
        .hasMessageContaining("MUSTER_MASTER_KEY")
        .hasMessageNotContaining("c2hvcnQ=");
    assertThatThrownBy(() -> new AccountSettings(SID, TOKEN, "no base64!"))
        .hasMessageContaining("MUSTER_MASTER_KEY");
  }

  private static AccountSettings settings(char filler) {
    return new AccountSettings(SID, TOKEN, masterKey(filler));
  }

  private static String masterKey(char filler) {
    return Base64.getEncoder().encodeToString(String.valueOf(filler).repeat(32).getBytes());
  }
}
