package io.memlake.engine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tables of four and of five levels with entries of every kind, at addresses over the whole width:
 * each reads as its entry means, and what lies between them is absent.
 */
class AnyAddressTest {
  private static final long MASK = 1L << 45;
  private static final int PAGES = 1_500;
  private static final int PAGE = 4096;

  private final Random random = new Random(57);

  /** What an address was meant to hold: a byte that fills its page, or nothing. */
  private record Meant(byte fill, boolean present) {
    static final Meant ABSENT = new Meant((byte) 0, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = PagingMode.class,
      names = {"X64", "X64_LA57"})
  void anyAddressReadsAsItsEntryMeansOrIsAbsent(PagingMode mode) throws IOException {
    int bits = mode == PagingMode.X64 ? 48 : 57;
    TableWriter tables = new TableWriter(mode == PagingMode.X64 ? 4 : 5, 0x1AD);
    Map<Long, Meant> truth = new HashMap<>();
    for (int i = 0; i < PAGES; i++) {
      long at = random.nextLong() << (Long.SIZE - bits) >> (Long.SIZE - bits) & -PAGE;
      // Neighbours, too: they share their tables.
      for (int near = random.nextInt(3); near >= 0; near--) {
        long page = at + (long) near * PAGE;
        truth.put(page, write(tables, page, 0x10_0000L + truth.size()));
      }
    }
    PagedAddressSpace space =
        AddressSpaces.open(
            mode,
            tables.frames,
            tables.root,
            PteLayout.x64(MASK),
            (in, at, entry, target, offset) -> {
              if (PteDecoder.kindOf(entry, PteLayout.x64(MASK)) != PteKind.PAGE_FILE) {
                return false;
              }
              long slot = PteDecoder.pageFileOffset(entry, PteLayout.x64(MASK));
              Arrays.fill(target, offset, offset + PAGE, (byte) (slot * 7));
              return PteDecoder.pageFileNumber(entry, PteLayout.x64(MASK)) == 1;
            });
    byte[] read = new byte[1];
    for (Map.Entry<Long, Meant> page : truth.entrySet()) {
      long at = page.getKey() + random.nextInt(PAGE);
      assertThat(space.read(at, read, 0, 1))
          .as(Long.toHexString(at))
          .isEqualTo(page.getValue().present());
      if (page.getValue().present()) {
        assertThat(read[0]).as(Long.toHexString(at)).isEqualTo(page.getValue().fill());
      }
      long beside = page.getKey() - PAGE;
      assertThat(truth.containsKey(beside) || !space.read(beside, read, 0, 1)).isTrue();
      // The same low bits under upper bits that no address has.
      long noAddress = page.getKey() ^ 1L << bits;
      assertThat(space.read(noAddress, read, 0, 1)).isFalse();
    }
  }

  private Meant write(TableWriter tables, long at, long pfn) {
    byte fill = (byte) random.nextInt(256);
    switch (random.nextInt(6)) {
      case 0 -> {
        tables.map(at, pfn);
        Arrays.fill(tables.frames.frame(pfn), fill);
        return new Meant(fill, true);
      }
      case 1 -> {
        tables.entry(at, swizzled(pfn << 12 | 0x800 | 0x80));
        Arrays.fill(tables.frames.frame(pfn), fill);
        return new Meant(fill, true);
      }
      case 2 -> {
        tables.entry(at, swizzled(pfn << 32 | 1 << 12 | 0x80));
        return new Meant((byte) (pfn * 7), true);
      }
      case 3 -> {
        // A page file that was not given.
        tables.entry(at, swizzled(pfn << 32 | 3 << 12 | 0x80));
        return Meant.ABSENT;
      }
      case 4 -> {
        tables.entry(at, 0x80);
        return new Meant((byte) 0, true);
      }
      default -> {
        tables.entry(at, 0);
        return Meant.ABSENT;
      }
    }
  }

  /** What the memory manager does before it stores an entry that is not valid. */
  private static long swizzled(long entry) {
    return (entry & MASK) != 0 ? entry | 0x10 : entry ^ MASK;
  }
}
