package io.memlake.engine.artifacts.secret;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The ciphers that Windows protects secrets with. All are old and decided by Windows. */
final class Ciphers {
  private static final int DES_KEY = 7;

  private Ciphers() {}

  static byte[] md5(byte[]... parts) {
    return digest("MD5", 1, parts);
  }

  /** SHA-256 of the first part and {@code rounds} times the second. */
  static byte[] sha256(byte[] first, byte[] second, int rounds) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      for (int i = 0; i < rounds; i++) {
        digest.update(second);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] digest(String algorithm, int rounds, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (int i = 0; i < rounds; i++) {
        for (byte[] part : parts) {
          digest.update(part);
        }
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] rc4(byte[] key, byte[] data) {
    return decrypt("ARCFOUR", new SecretKeySpec(key, "ARCFOUR"), null, data);
  }

  static byte[] aesCbc(byte[] key, byte[] vector, byte[] data) {
    byte[] blocks = java.util.Arrays.copyOf(data, data.length & -16);
    return decrypt(
        "AES/CBC/NoPadding", new SecretKeySpec(key, "AES"), new IvParameterSpec(vector), blocks);
  }

  /** Every block by itself, as the authority does with a vector of zeros for each. */
  static byte[] aesBlocks(byte[] key, byte[] data) {
    byte[] blocks = java.util.Arrays.copyOf(data, data.length & -16);
    return decrypt("AES/ECB/NoPadding", new SecretKeySpec(key, "AES"), null, blocks);
  }

  /** DES with a key of 56 bits, which is spread over eight bytes. */
  static byte[] des(byte[] key, byte[] data) {
    return decrypt("DES/ECB/NoPadding", new SecretKeySpec(spread(key), "DES"), null, data);
  }

  private static byte[] spread(byte[] key) {
    byte[] spread = new byte[Long.BYTES];
    long bits = 0;
    for (int i = 0; i < DES_KEY; i++) {
      bits = bits << 8 | (key[i] & 0xFF);
    }
    for (int i = 0; i < Long.BYTES; i++) {
      int seven = (int) (bits >>> (49 - 7 * i)) & 0x7F;
      // The lowest bit makes the parity odd.
      spread[i] = (byte) (seven << 1 | ((Integer.bitCount(seven) & 1) ^ 1));
    }
    return spread;
  }

  private static byte[] decrypt(
      String transformation, SecretKeySpec key, IvParameterSpec vector, byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance(transformation);
      if (vector == null) {
        cipher.init(Cipher.DECRYPT_MODE, key);
      } else {
        cipher.init(Cipher.DECRYPT_MODE, key, vector);
      }
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java lacks " + transformation, e);
    }
  }
}
