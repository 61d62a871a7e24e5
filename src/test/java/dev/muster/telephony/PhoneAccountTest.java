package dev.muster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.given.TwoTenantsTest;
import dev.muster.web.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Every tenant has its calls made by an account of its own, or none. */
class PhoneAccountTest extends TwoTenantsTest {

  private static final String PATH = "/muster/v1/Telephony";
  private static final String SID = "AC" + "0123456789abcdef".repeat(2);
  private static final String TOKEN = "the token of the telephone company";

  @Test
  void isSetShownWithoutItsTokenAndDeleted() {
    assertThat(ours.get(PATH).status()).isEqualTo(404);

    var set = set(ours.wire(), "https://example.org/api/");

    assertThat(set.status()).as(set.body()).isEqualTo(200);
    assertThat(ours.get(PATH).json()).isEqualTo(set.json());
    assertThat(set.text("provider_account_sid")).isEqualTo(SID);
    assertThat(set.text("account_sid")).isEqualTo(ours.wire().user());
    assertThat(set.text("base_url")).isEqualTo("https://example.org/api");
    assertThat(set.body()).doesNotContain(TOKEN);
    assertThat(ours.wire().delete(PATH).status()).isEqualTo(204);
    assertThat(ours.wire().delete(PATH).status()).isEqualTo(404);
    assertThat(ours.get(PATH).status()).isEqualTo(404);
  }

  @Test
  void isTwiliosUnlessItSaysOtherwise() {
    var set = ours.wire().post(PATH, "AccountSid", SID, "AuthToken", TOKEN);

    assertThat(set.text("base_url")).isEqualTo("https://api.twilio.com");
  }

  @Test
  void isItsTenantsAlone() {
    set(ours.wire(), "https://example.org");

    assertThat(theirs.get(PATH).status()).isEqualTo(404);
    assertThat(theirs.wire().delete(PATH).status()).isEqualTo(404);
    assertThat(ours.get(PATH).status()).isEqualTo(200);
  }

  @Test
  void isNotForApiKeys() {
    var key = ours.wire().post("/2010-04-01/Accounts/" + ours.wire().user() + "/Keys.json");
    var byKey = ours.wire().as(key.text("sid"), key.text("secret"));

    assertThat(set(byKey, "https://example.org").status()).isEqualTo(403);
    assertThat(byKey.get(PATH).status()).isEqualTo(403);
    assertThat(byKey.delete(PATH).status()).isEqualTo(403);
  }

  @Test
  void keepsItsTokenSealed() {
    set(ours.wire(), "https://example.org");

    var stored =
        jdbc.sql("SELECT auth_token_sealed FROM phone_account WHERE account_sid = ?")
            .param(ours.wire().user())
            .query((row, number) -> row.getBytes(1))
            .single();

    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(TOKEN);
  }

  @Test
  void refusesHostileInputAndWritesNothing() {
    refused(ours.wire().post(PATH, "AuthToken", TOKEN), "Expected AccountSid");
    refused(ours.wire().post(PATH, "AccountSid", SID), "Expected AuthToken");
    refused(ours.wire().post(PATH, "AccountSid", "AC1", "AuthToken", "x"), "Expected AccountSid");
    refused(
        ours.wire().post(PATH, "AccountSid", SID, "AuthToken", "x".repeat(257)),
        "Expected AuthToken");
    refused(set(ours.wire(), "ftp://example.org"), "Expected BaseUrl");
    refused(set(ours.wire(), "https://a:b@example.org"), "Expected BaseUrl");
    refused(set(ours.wire(), "https://example.org/?a"), "Expected BaseUrl");
    refused(set(ours.wire(), "https://example.org/#a"), "Expected BaseUrl");
    assertThat(ours.get(PATH).status()).isEqualTo(404);
  }

  private static Wire.Answer set(Wire tenant, String baseUrl) {
    return tenant.post(PATH, "AccountSid", SID, "AuthToken", TOKEN, "BaseUrl", baseUrl);
  }
}
