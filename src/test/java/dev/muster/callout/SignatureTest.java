package dev.muster.callout;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import dev.muster.account.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SignatureTest {

  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final Secret KEY = new Secret(TOKEN);

  @Test
  void isWhatTheOfficialValidatorExpects() {
    var seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (var i = 0; i < 200; i++) {
      var form = new TreeMap<String, String>();
      for (var field = random.nextInt(8); field > 0; field--) {
        form.put(text(random), text(random));
      }
      var url = URI.create("https://example.org/" + random.nextInt(100) + "?a=%20b&c=" + i);

      var signature = Signature.of(url, fields(form), KEY);

      assertThat(new RequestValidator(TOKEN).validate(url.toString(), form, signature))
          .as("%s of seed %d", form, seed)
          .isTrue();
      assertThat(new RequestValidator("f" + TOKEN).validate(url.toString(), form, signature))
          .isFalse();
    }
  }

  @Test
  void isOfTheAddressAsItWasConfiguredButForItsFragment() {
    var form = Map.of("TaskSid", "WT1");

    var signature =
        Signature.of(
            URI.create("https://user:secret@example.org:8443/a?b=c#rt=1"), fields(form), KEY);

    var signed = "https://user:secret@example.org:8443/a?b=c";
    assertThat(new RequestValidator(TOKEN).validate(signed, form, signature)).isTrue();
  }

  @Test
  void countsEqualValuesOfARepeatedNameOnceAndSortsTheOthers() {
    var url = URI.create("https://example.org/");
    var repeated =
        List.of(new FormField("b", "2"), new FormField("b", "1"), new FormField("b", "2"));

    assertThat(Signature.of(url, repeated, KEY))
        .isEqualTo(Signature.of(url, List.of(new FormField("b", "1b2")), KEY));
  }

  private static List<FormField> fields(Map<String, String> form) {
    var fields = new ArrayList<FormField>();
    form.forEach((name, value) -> fields.addFirst(new FormField(name, value)));
    return fields;
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (var i = random.nextInt(1, 12); i > 0; i--) {
      text.appendCodePoint(
          random.nextBoolean() ? random.nextInt(32, 127) : random.nextInt(0x100, 0x2000));
    }
    return text.toString();
  }
}
