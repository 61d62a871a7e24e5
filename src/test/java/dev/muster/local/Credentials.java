package dev.muster.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The first account of a Muster, and the key that seals what it keeps secret.
 *
 * @param accountSid AC and 32 hexadecimal digits
 * @param authToken the account's password
 * @param masterKey 32 bytes in Base64
 */
public record Credentials(String accountSid, String authToken, String masterKey) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** New ones; nobody else has them. */
  public static Credentials random() {
    return new Credentials(
        "AC" + HexFormat.of().formatHex(bytes(16)),
        HexFormat.of().formatHex(bytes(16)),
        Base64.getEncoder().encodeToString(bytes(32)));
  }

  /**
   * Those of the environment ({@code MUSTER_ACCOUNT_SID}, {@code MUSTER_AUTH_TOKEN}, {@code
   * MUSTER_MASTER_KEY}); what it lacks comes from the file, which is made at first with random ones
   * and which only its owner may read.
   */
  static Credentials load(Path file, Map<String, String> environment) {
    try {
      if (!Files.exists(file)) {
        random().save(file);
      }
      var kept = new Properties();
      try (var reader = Files.newBufferedReader(file)) {
        kept.load(reader);
      }
      environment.forEach(kept::setProperty);
      return new Credentials(
          kept.getProperty("MUSTER_ACCOUNT_SID"),
          kept.getProperty("MUSTER_AUTH_TOKEN"),
          kept.getProperty("MUSTER_MASTER_KEY"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void save(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var half = Files.createTempFile(file.getParent(), "credentials", null, ownerOnly);
    Files.writeString(
        half,
        """
        MUSTER_ACCOUNT_SID=%s
        MUSTER_AUTH_TOKEN=%s
        MUSTER_MASTER_KEY=%s
        """
            .formatted(accountSid, authToken, masterKey));
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** As Muster's own properties. */
  public Map<String, Object> properties() {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("muster.account.sid", accountSid);
    properties.put("muster.account.auth-token", authToken);
    properties.put("muster.account.master-key", masterKey);
    return properties;
  }

  /** Hides the secrets, so that a log may show it. */
  @Override
  public String toString() {
    return "Credentials[%s]".formatted(accountSid);
  }
}
