package io.memlake.engine.scan;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PhysicalMemory;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Gives the kind of a page, its hash and the pool headers in it while its 4096 bytes are in the
 * first-level cache.
 *
 * <p>The hash tells equal pages apart over a fleet; it is not cryptographic. Definition: the page
 * is 512 little-endian words; word {@code i} goes into lane {@code i mod 8} by {@code lane =
 * rotateLeft(lane ^ word, 29) * PRIME}; lane {@code n} starts at {@code rotateLeft(SEED, 7 * n)}.
 * Both 64-bit results fold the eight final lanes and then the CRC-32C of the page, each with its
 * own constant and direction. The CRC is what keeps small differences honest: in a lane alone, a
 * change of bit 34 in one word is undone by a change of bit 63 in the next. Pages of zeros get the
 * hash that this definition gives them, without being hashed again.
 *
 * <p>Not for several threads: results of the last page are kept in fields so that no page
 * allocates.
 */
public final class PageDigest {
  private static final long PRIME = 0x9E3779B185EBCA87L;
  private static final long SEED = 0xC2B2AE3D27D4EB4FL;
  private static final long FOLD_1 = 0x165667B19E3779F9L;
  private static final long FOLD_2 = 0xD6E8FEB86659FD93L;
  private static final int LANES = 8;
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;
  private static final int MAX_PE_OFFSET = 4 * PAGE;

  private final PoolTagFilter filter;
  private final CRC32C crc = new CRC32C();
  private final byte[] zeros = new byte[PAGE];
  private final long zeroHash;
  private final long zeroHash2;
  private final int[] hits = new int[PAGE / 8];
  private final boolean wide;
  private int hitCount;
  private long hash;
  private long hash2;
  private PageKind kind = PageKind.ZERO;

  /** A digest that looks for {@code wanted} pool tags of 64-bit kernels. */
  public PageDigest(List<PoolTag> wanted) {
    this(wanted, Long.BYTES);
  }

  /**
   * A digest that looks for {@code wanted} pool tags.
   *
   * @param pointerSize bytes of an address in the kernel: 8 or 4
   */
  public PageDigest(List<PoolTag> wanted, int pointerSize) {
    wide = pointerSize == Long.BYTES;
    filter = new PoolTagFilter(wanted, wide);
    hashPage(zeros, 0);
    zeroHash = hash;
    zeroHash2 = hash2;
  }

  /** Looks at the page at {@code offset}; the results stay valid until the next call. */
  public void scan(byte[] bytes, int offset) {
    if (identify(bytes, offset)) {
      findTags(bytes, offset);
    }
  }

  /** Kind and hash of a page alone; false when it is all zero and holds nothing else. */
  boolean identify(byte[] bytes, int offset) {
    hitCount = 0;
    if (LittleEndian.i64(bytes, offset) == 0
        && Arrays.equals(bytes, offset, offset + PAGE, zeros, 0, PAGE)) {
      kind = PageKind.ZERO;
      hash = zeroHash;
      hash2 = zeroHash2;
      return false;
    }
    kind = classify(bytes, offset);
    hashPage(bytes, offset);
    return true;
  }

  /** Pool headers of a page that was identified. */
  void findTags(byte[] bytes, int offset) {
    if (wide) {
      findPoolHeaders(bytes, offset);
    } else {
      findNarrowPoolHeaders(bytes, offset);
    }
  }

  /** 32-bit kernels have their pool headers on borders of 8 bytes. */
  private void findNarrowPoolHeaders(byte[] bytes, int offset) {
    int found = 0;
    for (int at = offset, end = offset + PAGE; at < end; at += 8) {
      if (filter.wants(LittleEndian.i32(bytes, at + 4))) {
        found = hit(bytes, at, offset, found);
      }
    }
    hitCount = found;
  }

  private static PageKind classify(byte[] bytes, int offset) {
    long first = LittleEndian.i64(bytes, offset);
    if (first == LittleEndian.i64(bytes, offset + 8)
        && Arrays.equals(bytes, offset + 8, offset + PAGE, bytes, offset, offset + PAGE - 8)) {
      return PageKind.FILL;
    }
    return (first & 0xFFFF) == 0x5A4D && hasPeHeader(bytes, offset)
        ? PageKind.PE_HEADER
        : PageKind.DATA;
  }

  /** An MZ page whose e_lfanew leads to "PE\0\0", or to one of the next pages (not seen here). */
  private static boolean hasPeHeader(byte[] bytes, int offset) {
    int header = LittleEndian.i32(bytes, offset + 0x3C);
    if (header < 4 || header >= MAX_PE_OFFSET || (header & 3) != 0) {
      return false;
    }
    return header > PAGE - 4 || LittleEndian.i32(bytes, offset + header) == 0x00004550;
  }

  private void hashPage(byte[] bytes, int offset) {
    long a = SEED;
    long b = Long.rotateLeft(SEED, 7);
    long c = Long.rotateLeft(SEED, 14);
    long d = Long.rotateLeft(SEED, 21);
    long e = Long.rotateLeft(SEED, 28);
    long f = Long.rotateLeft(SEED, 35);
    long g = Long.rotateLeft(SEED, 42);
    long h = Long.rotateLeft(SEED, 49);
    for (int at = offset, end = offset + PAGE; at < end; at += LANES * Long.BYTES) {
      a = Long.rotateLeft(a ^ LittleEndian.i64(bytes, at), 29) * PRIME;
      b = Long.rotateLeft(b ^ LittleEndian.i64(bytes, at + 8), 29) * PRIME;
      c = Long.rotateLeft(c ^ LittleEndian.i64(bytes, at + 16), 29) * PRIME;
      d = Long.rotateLeft(d ^ LittleEndian.i64(bytes, at + 24), 29) * PRIME;
      e = Long.rotateLeft(e ^ LittleEndian.i64(bytes, at + 32), 29) * PRIME;
      f = Long.rotateLeft(f ^ LittleEndian.i64(bytes, at + 40), 29) * PRIME;
      g = Long.rotateLeft(g ^ LittleEndian.i64(bytes, at + 48), 29) * PRIME;
      h = Long.rotateLeft(h ^ LittleEndian.i64(bytes, at + 56), 29) * PRIME;
    }
    crc.reset();
    crc.update(bytes, offset, PAGE);
    long check = crc.getValue();
    hash = mix(fold(a, b, c, d, e, f, g, h, FOLD_1) ^ check, FOLD_1);
    hash2 = mix(fold(h, g, f, e, d, c, b, a, FOLD_2) ^ check, FOLD_2);
  }

  /**
   * Looks at the tag of each 16-byte unit. A loop of its own: together with the hash it needs more
   * registers than there are and runs at two thirds of the speed of both loops in turn.
   */
  private void findPoolHeaders(byte[] bytes, int offset) {
    final int[] tags = filter.tags;
    final int multiplier = filter.multiplier;
    int found = 0;
    for (int at = offset, end = offset + PAGE; at < end; at += 64) {
      int first = LittleEndian.i32(bytes, at + 4);
      int second = LittleEndian.i32(bytes, at + 20);
      int third = LittleEndian.i32(bytes, at + 36);
      int fourth = LittleEndian.i32(bytes, at + 52);
      if (tags[PoolTagFilter.slot(first, multiplier)] == first) {
        found = hit(bytes, at, offset, found);
      }
      if (tags[PoolTagFilter.slot(second, multiplier)] == second) {
        found = hit(bytes, at + 16, offset, found);
      }
      if (tags[PoolTagFilter.slot(third, multiplier)] == third) {
        found = hit(bytes, at + 32, offset, found);
      }
      if (tags[PoolTagFilter.slot(fourth, multiplier)] == fourth) {
        found = hit(bytes, at + 48, offset, found);
      }
    }
    hitCount = found;
  }

  private int hit(byte[] bytes, int header, int page, int found) {
    if (!filter.plausible(bytes, header)) {
      return found;
    }
    hits[found] = header - page;
    return found + 1;
  }

  private static long fold(
      long a, long b, long c, long d, long e, long f, long g, long h, long by) {
    long x = mix(a, by);
    x = mix(x ^ b, by);
    x = mix(x ^ c, by);
    x = mix(x ^ d, by);
    x = mix(x ^ e, by);
    x = mix(x ^ f, by);
    x = mix(x ^ g, by);
    return mix(x ^ h, by);
  }

  private static long mix(long value, long by) {
    long x = (value ^ value >>> 31) * by;
    return x ^ x >>> 29;
  }

  /** What the page looks like. */
  public PageKind kind() {
    return kind;
  }

  /** First half of the hash. */
  public long hash() {
    return hash;
  }

  /** Second half of the hash. */
  public long hash2() {
    return hash2;
  }

  /** How many pool headers with a wanted tag and enough room the page holds. */
  public int hitCount() {
    return hitCount;
  }

  /** Offset in the page of the pool header number {@code index}, in rising order. */
  public int hitOffset(int index) {
    return hits[index];
  }
}
