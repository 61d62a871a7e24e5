package dev.muster.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Keeps secrets readable for this service alone, because they sign callbacks and worker tokens or
 * are shown to others: AES-256-GCM under the master key, bound to their owner, such as a sid, so
 * that a sealed secret cannot be moved to another row. Shape: 12 bytes nonce, then the ciphertext
 * with its 16 bytes tag.
 */
@Component
public class Seal {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  Seal(AccountSettings settings) {
    this.key = new SecretKeySpec(settings.masterKeyBytes(), "AES");
  }

  public byte[] close(Secret secret, String owner) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var text = secret.value().getBytes(StandardCharsets.UTF_8);
      var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(text);
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The secret, or nothing if it was sealed under another master key or for another owner. */
  public Optional<Secret> open(byte[] sealed, String owner) {
    var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    try {
      var text =
          cipher(Cipher.DECRYPT_MODE, nonce, owner)
              .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
      return Optional.of(new Secret(new String(text, StandardCharsets.UTF_8)));
    } catch (AEADBadTagException anotherKey) {
      return Optional.empty();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
