package io.memlake.engine.objects.diskkey;

import io.memlake.engine.bytes.LittleEndian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Expanded AES keys in bytes. Whoever encrypts keeps the round keys beside the key, and each of
 * them follows from the one before (FIPS 197), so an expanded key proves itself whatever structure
 * it is part of.
 */
public final class AesSchedule {
  private static final int[] BOX = box();
  private static final int WORD = Integer.BYTES;

  private final int offset;
  private final byte[] key;

  private AesSchedule(int offset, byte[] key) {
    this.offset = offset;
    this.key = key;
  }

  /** Expanded keys in {@code bytes}, in their order; they do not overlap. */
  public static List<AesSchedule> find(byte[] bytes) {
    List<AesSchedule> found = new ArrayList<>();
    int at = 0;
    while (at + size(16) <= bytes.length) {
      // 256 bits first: no such key is one of 128 bits, whose test looks at fewer bytes.
      int length = isSchedule(bytes, at, 32) ? 32 : isSchedule(bytes, at, 16) ? 16 : 0;
      if (length > 0) {
        found.add(new AesSchedule(at, Arrays.copyOfRange(bytes, at, at + length)));
        at += size(length);
      } else {
        at += WORD;
      }
    }
    return found;
  }

  /** Bytes of all round keys. */
  private static int size(int keyLength) {
    return (keyLength / WORD + 7) * 16;
  }

  private static boolean isSchedule(byte[] bytes, int at, int keyLength) {
    int words = keyLength / WORD;
    if (at + size(keyLength) > bytes.length || isMonotone(bytes, at, keyLength)) {
      return false;
    }
    int constant = 1;
    for (int i = words; i < size(keyLength) / WORD; i++) {
      int word = LittleEndian.i32(bytes, at + (i - 1) * WORD);
      if (i % words == 0) {
        word = substitute(Integer.rotateRight(word, 8)) ^ constant;
        constant = constant << 1 ^ (constant >= 0x80 ? 0x11B : 0);
      } else if (words > 6 && i % words == 4) {
        word = substitute(word);
      }
      word ^= LittleEndian.i32(bytes, at + (i - words) * WORD);
      if (word != LittleEndian.i32(bytes, at + i * WORD)) {
        return false;
      }
    }
    return true;
  }

  /** No key is one byte repeated. */
  private static boolean isMonotone(byte[] bytes, int at, int length) {
    for (int i = 1; i < length; i++) {
      if (bytes[at + i] != bytes[at]) {
        return false;
      }
    }
    return true;
  }

  private static int substitute(int word) {
    return BOX[word & 0xFF]
        | BOX[word >>> 8 & 0xFF] << 8
        | BOX[word >>> 16 & 0xFF] << 16
        | BOX[word >>> 24] << 24;
  }

  /** The substitution box: inverse in GF(2^8), then an affine map. */
  private static int[] box() {
    int[] box = new int[256];
    int p = 1;
    int q = 1;
    do {
      p = (p ^ p << 1 ^ (p >= 0x80 ? 0x11B : 0)) & 0xFF;
      q ^= q << 1;
      q ^= q << 2;
      q ^= q << 4;
      q &= 0xFF;
      q ^= q >= 0x80 ? 0x09 : 0;
      int rotated = q | q << 8;
      int mixed = q ^ rotated >>> 7 ^ rotated >>> 6 ^ rotated >>> 5 ^ rotated >>> 4;
      box[p] = (mixed & 0xFF) ^ 0x63;
    } while (p != 1);
    box[0] = 0x63;
    return box;
  }

  /** Where the key begins. */
  public int offset() {
    return offset;
  }

  /** Its 16 or 32 bytes. Not copied. */
  public byte[] key() {
    return key;
  }
}
