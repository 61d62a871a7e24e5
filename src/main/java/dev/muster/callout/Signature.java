package dev.muster.callout;

import dev.muster.account.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to the receiver that a request comes from somebody who knows the account's auth token, in
 * the way that the official SDKs validate: HMAC-SHA1 over the address as it was configured and the
 * fields in the order of their names, each name followed by its value; values of a repeated name
 * are sorted, and equal ones count once. Base64.
 */
public final class Signature {

  public static final String HEADER = "X-Twilio-Signature";

  private static final String ALGORITHM = "HmacSHA1";

  private Signature() {}

  public static String of(URI url, List<FormField> form, Secret key) {
    var signed =
        form.stream()
            .map(field -> field.name() + '\0' + field.value())
            .distinct()
            .sorted()
            .map(field -> field.replaceFirst("\0", ""))
            .collect(Collectors.joining("", withoutFragment(url), ""));
    return Base64.getEncoder().encodeToString(mac(signed, key));
  }

  /** The receiver never sees a fragment. */
  private static String withoutFragment(URI url) {
    var text = url.toString();
    var fragment = text.indexOf('#');
    return fragment < 0 ? text : text.substring(0, fragment);
  }

  private static byte[] mac(String text, Secret key) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
