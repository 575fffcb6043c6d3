package io.memlake.testdata.trace;

/** Expands AES keys as FIPS 197 says, byte by byte. */
public final class ExpandedKey {
  private ExpandedKey() {}

  /** The round keys of a key of 16 or 32 bytes, one behind the other. */
  public static byte[] of(byte[] key) {
    int words = key.length / 4;
    byte[] all = new byte[(words + 7) * 16];
    System.arraycopy(key, 0, all, 0, key.length);
    int constant = 1;
    for (int at = key.length; at < all.length; at += 4) {
      byte[] word = {all[at - 4], all[at - 3], all[at - 2], all[at - 1]};
      int number = at / 4;
      if (number % words == 0) {
        word =
            new byte[] {(byte) (box(word[1]) ^ constant), box(word[2]), box(word[3]), box(word[0])};
        constant = times(constant, 2);
      } else if (words == 8 && number % 8 == 4) {
        word = new byte[] {box(word[0]), box(word[1]), box(word[2]), box(word[3])};
      }
      for (int i = 0; i < 4; i++) {
        all[at + i] = (byte) (all[at + i - key.length] ^ word[i]);
      }
    }
    return all;
  }

  /** The substitution of a byte: the number that it gives 1 with, then each bit of five. */
  private static byte box(byte value) {
    int inverse = 0;
    for (int candidate = 1; candidate < 256; candidate++) {
      if (times(candidate, value & 0xFF) == 1) {
        inverse = candidate;
      }
    }
    int result = 0;
    for (int bit = 0; bit < 8; bit++) {
      int sum = 0x63 >> bit;
      for (int offset : new int[] {0, 4, 5, 6, 7}) {
        sum ^= inverse >> (bit + offset) % 8;
      }
      result |= (sum & 1) << bit;
    }
    return (byte) result;
  }

  private static int times(int one, int other) {
    int product = 0;
    int factor = one;
    for (int rest = other; rest > 0; rest >>= 1) {
      product ^= (rest & 1) == 1 ? factor : 0;
      factor <<= 1;
      factor ^= factor > 0xFF ? 0x11B : 0;
    }
    return product;
  }
}
