package io.memlake.engine.paging.pagefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PteLayout;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagedOutEntriesTest {
  private static final long MASK = 1L << 45;
  private static final long PROTOTYPE_ENTRY = 0xFFFF_A000_1234_5678L;
  private final byte[] page = new byte[4096];
  private final PageFiles files =
      new PageFiles(List.of(new PageFile(1, PageFilesTest.numbered("pagefile.sys", 9, 0x40))));

  @Test
  void anEntryLeadsToItsPageInBothServicingLevels() throws IOException {
    PagedOutEntries swizzled = entries(PteLayout.x64(MASK));
    assertThat(swizzled.readPage(space(Map.of()), 0x1000, 5L << 32 | 1 << 12 | 0x90, page, 0))
        .isTrue();
    assertThat(page[0]).isEqualTo((byte) 0x45);
    // Swizzle bit clear: the mask is inverted in the stored entry.
    assertThat(
            swizzled.readPage(space(Map.of()), 0x1000, (6L << 32 | 1 << 12 | 0x80) ^ MASK, page, 0))
        .isTrue();
    assertThat(page[0]).isEqualTo((byte) 0x46);

    PagedOutEntries old = entries(PteLayout.x64BeforeSwizzle());
    assertThat(old.readPage(space(Map.of()), 0x1000, 7L << 32 | 1 << 1 | 0x80, page, 0)).isTrue();
    assertThat(page[0]).isEqualTo((byte) 0x47);
  }

  @Test
  void aPrototypeEntryIsFollowed() throws IOException {
    long pte = PROTOTYPE_ENTRY << 16 | 1 << 10 | 0x90;
    AddressSpace space = space(Map.of(PROTOTYPE_ENTRY, 3L << 32 | 1 << 12 | 0x90));
    assertThat(entries(PteLayout.x64(MASK)).readPage(space, 0x1000, pte, page, 0)).isTrue();
    assertThat(page[0]).isEqualTo((byte) 0x43);
    assertThat(entries(PteLayout.x64(MASK)).readPage(space(Map.of()), 0x1000, pte, page, 0))
        .isFalse();

    AddressSpace untouched = space(Map.of(PROTOTYPE_ENTRY, 0x80L));
    assertThat(entries(PteLayout.x64(MASK)).readPage(untouched, 0x1000, pte, page, 0)).isTrue();
    assertThat(page).containsOnly(0);
  }

  @Test
  void whatCannotBeHadIsCountedByReason() throws IOException {
    PagedOutEntries entries = entries(PteLayout.x64(0));
    entries.readPage(space(Map.of()), 0, 5L << 32 | 1 << 12 | 0x80, page, 0);
    entries.readPage(space(Map.of()), 0, 50L << 32 | 1 << 12 | 0x80, page, 0);
    entries.readPage(space(Map.of()), 0, 5L << 32 | 2 << 12 | 0x80, page, 0);
    entries.readPage(space(Map.of()), 0, 5L << 32 | 3 << 12 | 0x80, page, 0);
    assertThat(entries.count(SlotState.PRESENT)).isEqualTo(1);
    assertThat(entries.count(SlotState.TRUNCATED)).isEqualTo(1);
    assertThat(entries.count(SlotState.NO_FILE)).isEqualTo(2);
  }

  @Test
  void whatIsNotInAPageFileIsLeftToTheRest() throws IOException {
    PagedOutEntries entries =
        new PagedOutEntries(
            PteLayout.x64(0),
            files,
            (space, address, pte, target, offset) -> {
              target[offset] = 0x77;
              return true;
            });
    assertThat(entries.readPage(space(Map.of()), 0x1000, 0, page, 0)).isTrue();
    assertThat(page[0]).isEqualTo((byte) 0x77);
  }

  private PagedOutEntries entries(PteLayout layout) {
    return new PagedOutEntries(layout, files, (space, address, pte, target, offset) -> false);
  }

  /** Kernel memory that holds nothing but the given numbers. */
  private static AddressSpace space(Map<Long, Long> numbers) {
    return new AddressSpace() {
      @Override
      public long dtb() {
        return 0;
      }

      @Override
      public int pointerSize() {
        return 8;
      }

      @Override
      public long translate(long virtualAddress) {
        return ABSENT;
      }

      @Override
      public boolean read(long virtualAddress, byte[] target, int offset, int length) {
        Long number = numbers.get(virtualAddress);
        if (number == null) {
          return false;
        }
        LittleEndian.putI64(target, offset, number);
        return true;
      }

      @Override
      public int readSparse(
          long virtualAddress, byte[] target, int offset, int length, boolean[] present) {
        return 0;
      }
    };
  }
}
