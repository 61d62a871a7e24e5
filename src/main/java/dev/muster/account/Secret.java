package dev.muster.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** An auth token or the secret of an API key. Its text never reaches a log. */
public record Secret(String value) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** 128 random bits, as 32 hexadecimal digits. */
  static Secret nextToken() {
    var bits = new byte[16];
    RANDOM.nextBytes(bits);
    return new Secret(HexFormat.of().formatHex(bits));
  }

  /** 192 random bits, as 32 characters. */
  static Secret nextKey() {
    var bits = new byte[24];
    RANDOM.nextBytes(bits);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  /**
   * What is stored to recognise the secret. A fast hash is enough, because the secret is random: no
   * one can try 2^128 of them, as they could the words that people choose.
   */
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Compares in constant time. */
  boolean hasHash(byte[] expected) {
    return MessageDigest.isEqual(hash(), expected);
  }

  @Override
  public String toString() {
    return "Secret[…]";
  }
}
