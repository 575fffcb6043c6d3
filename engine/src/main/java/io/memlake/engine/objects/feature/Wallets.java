package io.memlake.engine.objects.feature;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Addresses of wallets. Bitcoin's prove themselves: Base58Check (version, 20 bytes, four bytes of a
 * double SHA-256) and Bech32 (BIP 173, BIP 350). Ethereum's is 0x and 40 hex digits; its check by
 * upper and lower case needs Keccak, which Java lacks, so it is only believed by its form.
 */
final class Wallets {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int BECH32M = 0x2bc830a3;
  private static final int PAYLOAD = 25;
  private static final int CHECK = 4;
  private static final int MIN_BASE58 = 26;
  private static final int MAX_BASE58 = 35;
  private static final int ETHEREUM = 42;
  private static final int MIN_BECH32 = 42;
  private static final int MAX_BECH32 = 62;
  private static final int MIN_DISTINCT = 6;

  private Wallets() {}

  /** Whether a text proves to be the address of a Bitcoin wallet. */
  static boolean isBitcoin(String text) {
    int length = text.length();
    if (text.startsWith("bc1") && length >= MIN_BECH32 && length <= MAX_BECH32) {
      return bech32(text);
    }
    boolean legacy = text.startsWith("1") || text.startsWith("3");
    return legacy && length >= MIN_BASE58 && length <= MAX_BASE58 && base58(text);
  }

  /** Whether a text has the form of an Ethereum address and is not made of few digits. */
  static boolean isEthereum(String text) {
    return text.length() == ETHEREUM
        && text.startsWith("0x")
        && text.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0)
        && text.toLowerCase(Locale.ROOT).chars().skip(2).distinct().count() >= MIN_DISTINCT;
  }

  private static boolean base58(String text) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = BASE58.indexOf(text.charAt(i));
      if (digit < 0) {
        return false;
      }
      number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
    }
    byte[] bytes = number.toByteArray();
    int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    if (bytes.length - from > PAYLOAD) {
      return false;
    }
    byte[] payload = new byte[PAYLOAD];
    System.arraycopy(bytes, from, payload, PAYLOAD - (bytes.length - from), bytes.length - from);
    byte[] once = sha256(Arrays.copyOf(payload, PAYLOAD - CHECK));
    byte[] twice = sha256(once);
    return Arrays.equals(payload, PAYLOAD - CHECK, PAYLOAD, twice, 0, CHECK);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static boolean bech32(String text) {
    int check = 1;
    // The human-readable part "bc", expanded: high bits, zero, low bits.
    for (int value : new int[] {3, 3, 0, 2, 3}) {
      check = step(check, value);
    }
    for (int i = 3; i < text.length(); i++) {
      int value = BECH32.indexOf(text.charAt(i));
      if (value < 0) {
        return false;
      }
      check = step(check, value);
    }
    return check == 1 || check == BECH32M;
  }

  private static int step(int check, int value) {
    int top = check >>> 25;
    int next = (check & 0x1ffffff) << 5 ^ value;
    for (int i = 0; i < GENERATOR.length; i++) {
      next ^= (top >>> i & 1) * GENERATOR[i];
    }
    return next;
  }
}
