package io.memlake.engine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class X64AddressSpaceTest {
  private static final long USER = 0x7FF6_1234_5000L;
  private static final long KERNEL = 0xFFFF_F804_7BA0_0000L;
  private static final long MASK = 1L << 45;

  private final TableWriter tables = new TableWriter(4, 0x1AD);

  private PagedAddressSpace space() {
    return space(PagedOutPages.NONE);
  }

  private PagedAddressSpace space(PagedOutPages pagedOut) {
    return AddressSpaces.x64(tables.frames, tables.root, PteLayout.x64(MASK), pagedOut);
  }

  @Test
  void everyMappedPageTranslatesToItsFrameAndEveryOtherToNone() throws IOException {
    Random random = new Random(20260101);
    Map<Long, Long> truth = new HashMap<>();
    for (int i = 0; i < 4000; i++) {
      long page = random.nextInt(1 << 20);
      long virtualAddress =
          random.nextBoolean() ? page << 12 : 0xFFFF_8000_0000_0000L | (page << 22 | page << 12);
      long pfn = 0x100000L + random.nextInt(1 << 24);
      truth.put(virtualAddress, pfn);
      tables.map(virtualAddress, pfn);
    }
    PagedAddressSpace space = space();
    for (int round = 0; round < 2; round++) {
      for (Map.Entry<Long, Long> page : truth.entrySet()) {
        int inPage = random.nextInt(4096);
        assertThat(space.translate(page.getKey() + inPage))
            .isEqualTo((page.getValue() << 12) + inPage);
        long next = page.getKey() + 4096;
        assertThat(space.translate(next))
            .isEqualTo(truth.containsKey(next) ? truth.get(next) << 12 : AddressSpace.ABSENT);
      }
    }
  }

  @Test
  void largePagesKeepTheLowBitsAndIgnoreTheAttributeBit() throws IOException {
    tables.large(KERNEL, 2, 0x4020_0000L | 1 << 12);
    tables.large(0xFFFF_8080_0000_0000L, 3, 0x1_4000_0000L | 1 << 12);
    PagedAddressSpace space = space();
    assertThat(space.translate(KERNEL + 0x12_3456)).isEqualTo(0x4032_3456L);
    assertThat(space.translate(0xFFFF_8080_0000_0000L + 0x3456_789A)).isEqualTo(0x1_7456_789AL);
  }

  @Test
  void processContextBitsOfTheBaseAreIgnored() throws IOException {
    tables.map(USER, 0x777);
    PagedAddressSpace space =
        AddressSpaces.x64(
            tables.frames,
            tables.root | 0x8000_0000_0000_0002L,
            PteLayout.x64(0),
            PagedOutPages.NONE);
    assertThat(space.dtb()).isEqualTo(tables.root);
    assertThat(space.translate(USER)).isEqualTo(0x777000);
  }

  @Test
  void addressesThatAreNotCanonicalHaveNoFrame() throws IOException {
    tables.map(0x0000_7000_0000_0000L, 5);
    assertThat(space().translate(0x0001_7000_0000_0000L)).isEqualTo(AddressSpace.ABSENT);
    assertThat(space().translate(0xFFFF_7000_0000_0000L)).isEqualTo(AddressSpace.ABSENT);
  }

  @Test
  void aPageInTransitionIsInItsFrameInBothSwizzleStates() throws IOException {
    tables.entry(USER, (0x321L << 12) | 0x800 | 0x80 | 0x10);
    tables.entry(USER + 0x1000, ((0x322L << 12) | 0x800 | 0x80) ^ MASK);
    PagedAddressSpace space = space();
    assertThat(space.translate(USER + 7)).isEqualTo(0x321007);
    assertThat(space.translate(USER + 0x1008)).isEqualTo(0x322008);
  }

  @Test
  void aPageTableInTransitionIsFollowedAndItsBitSevenIsNoLargePage() throws IOException {
    tables.map(USER, 0x999);
    long directoryEntry = tables.slot(USER, 2);
    long table = tables.get(directoryEntry) & 0x000F_FFFF_FFFF_F000L;
    tables.frames.putLong(directoryEntry, (table | 0x800 | 0x80) ^ MASK);
    assertThat(space().translate(USER)).isEqualTo(0x999000);
  }

  @Test
  void aPageTableInAPageFileIsAskedForAndFollowed() throws IOException {
    tables.map(USER, 0x999);
    long directoryEntry = tables.slot(USER, 2);
    long pfn = tables.get(directoryEntry) >>> 12;
    byte[] table = tables.frames.frame(pfn).clone();
    tables.frames.remove(pfn);
    long pagedOut = 0x1234_0000_0000L | 2 << 12 | 0x80 | 0x10;
    tables.frames.putLong(directoryEntry, pagedOut);
    PagedOutPages store =
        (space, virtualAddress, pte, target, offset) -> {
          assertThat(virtualAddress).isEqualTo(USER & -(1L << 21));
          assertThat(pte).isEqualTo(pagedOut);
          System.arraycopy(table, 0, target, offset, 4096);
          return true;
        };
    assertThat(space(store).translate(USER)).isEqualTo(0x999000);
    assertThat(space().translate(USER)).isEqualTo(AddressSpace.ABSENT);
  }

  @Test
  void aPrototypeEntryIsReadThroughTheKernelHalf() throws IOException {
    long prototypes = 0xFFFF_C08B_E52E_2000L;
    tables.map(prototypes, 0x50);
    tables.frames.putLong(0x50008, (0x60L << 12) | 0x121);
    tables.frames.putLong(0x50010, ((0x61L << 12) | 0x8C0) ^ MASK);
    tables.entry(USER, ((prototypes + 8) << 16 | 0x400) ^ MASK);
    tables.entry(USER + 0x1000, (prototypes + 16) << 16 | 0x410);
    tables.entry(USER + 0x2000, (prototypes + 24) << 16 | 0x410);
    PagedAddressSpace space = space();
    assertThat(space.translate(USER + 1)).isEqualTo(0x60001);
    assertThat(space.translate(USER + 0x1001)).isEqualTo(0x61001);
    assertThat(space.translate(USER + 0x2001)).isEqualTo(AddressSpace.ABSENT);
  }

  @Test
  void readsCrossPagesAndAreAllOrNothing() throws IOException {
    tables.map(USER, 0x40).map(USER + 0x1000, 0x30).map(USER + 0x3000, 0x41);
    tables.frames.putLong(0x40FF8, 0x1111_1111_1111_1111L);
    tables.frames.putLong(0x30000, 0x2222_2222_2222_2222L);
    tables.frames.frame(0x41);
    PagedAddressSpace space = space();
    byte[] bytes = new byte[16];
    assertThat(space.read(USER + 0xFF8, bytes, 0, 16)).isTrue();
    assertThat(bytes).startsWith(0x11).endsWith(0x22);
    assertThat(space.read(USER + 0x1FF8, bytes, 0, 16)).isFalse();
    assertThat(space.map(USER + 0xFF8, 16)).isPresent();
    assertThat(space.map(USER + 0x2000, 1)).isEmpty();
  }

  @Test
  void sparseReadsSayWhichPagesAreThereAndZeroTheRest() throws IOException {
    tables.map(USER, 0x40).map(USER + 0x2000, 0x41);
    java.util.Arrays.fill(tables.frames.frame(0x40), (byte) 7);
    java.util.Arrays.fill(tables.frames.frame(0x41), (byte) 9);
    byte[] bytes = new byte[0x2010];
    java.util.Arrays.fill(bytes, (byte) -1);
    boolean[] present = new boolean[3];
    assertThat(space().readSparse(USER + 0xFF0, bytes, 0, 0x1020, present)).isEqualTo(2);
    assertThat(present).containsExactly(true, false, true);
    assertThat(bytes[0]).isEqualTo((byte) 7);
    assertThat(bytes[0x10]).isZero();
    assertThat(bytes[0x100F]).isZero();
    assertThat(bytes[0x1010]).isEqualTo((byte) 9);
    assertThat(bytes[0x1020]).isEqualTo((byte) -1);
  }

  @Test
  void committedPagesThatWereNeverTouchedAreZeroAndDecommittedOnesAbsent() throws IOException {
    tables.entry(USER, 0x80).entry(USER + 0x1000, 0x200);
    byte[] bytes = {1, 2, 3, 4};
    assertThat(space().read(USER, bytes, 0, 4)).isTrue();
    assertThat(bytes).containsExactly(0, 0, 0, 0);
    assertThat(space().read(USER + 0x1000, bytes, 0, 4)).isFalse();
  }

  @Test
  void pagesOutsideRamAreAskedForOnceAndThenRemembered() throws IOException {
    long pte = 0x777L << 32 | 1 << 12 | 0x80 | 0x10;
    tables.entry(USER, pte);
    int[] asked = new int[1];
    PagedAddressSpace space =
        space(
            (in, virtualAddress, entry, target, offset) -> {
              asked[0]++;
              assertThat(virtualAddress).isEqualTo(USER);
              assertThat(entry).isEqualTo(pte);
              java.util.Arrays.fill(target, offset, offset + 4096, (byte) 0x5A);
              return true;
            });
    byte[] bytes = new byte[4];
    assertThat(space.read(USER + 10, bytes, 0, 4)).isTrue();
    assertThat(space.read(USER + 900, bytes, 0, 4)).isTrue();
    assertThat(bytes).containsOnly(0x5A);
    assertThat(asked[0]).isEqualTo(1);
  }

  @Test
  void anAddressDescriptorIsAskedForEmptyEntriesButNeverForLostTables() throws IOException {
    tables.map(USER, 0x40);
    long lost = tables.get(tables.slot(USER, 2)) >>> 12;
    long[] seen = {-1};
    PagedOutPages vads =
        (in, virtualAddress, entry, target, offset) -> {
          seen[0] = entry;
          return true;
        };
    assertThat(space(vads).read(0x10000, new byte[1], 0, 1)).isTrue();
    assertThat(seen[0]).isZero();
    seen[0] = -1;
    assertThat(space(vads).read(0xFFFF_8000_0000_0000L, new byte[1], 0, 1)).isFalse();
    assertThat(seen[0]).isEqualTo(-1);
    tables.frames.remove(lost);
    assertThat(space(vads).read(USER, new byte[1], 0, 1)).isFalse();
    assertThat(seen[0]).isEqualTo(-1);
  }

  @Test
  void aReaderThatComesBackToTheSameSpaceEndsAndDisturbsNothing() throws IOException {
    tables.map(USER, 0x40);
    tables.frames.putLong(0x40000, 0x0102030405060708L);
    tables.entry(USER + 0x1000, 0x777L << 32 | 1 << 12 | 0x90);
    PagedAddressSpace space =
        space(
            (in, virtualAddress, entry, target, offset) -> {
              byte[] own = new byte[8];
              in.read(virtualAddress, own, 0, 8);
              boolean read = in.read(USER, own, 0, 8);
              System.arraycopy(own, 0, target, offset, 8);
              return read;
            });
    byte[] bytes = new byte[8];
    assertThat(space.read(USER + 0x1000, bytes, 0, 8)).isTrue();
    assertThat(bytes).containsExactly(8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void aDirectoryOfOneRepeatedEntryIsFillAndNotATable() throws IOException {
    tables.map(USER, 0x40);
    long directory = tables.slot(USER, 2) & -4096L;
    for (int i = 0; i < 512; i++) {
      tables.frames.putLong(directory + i * 8L, (0x1AEL << 12) | 0x67);
    }
    assertThat(space().translate(USER)).isEqualTo(AddressSpace.ABSENT);
  }

  @Test
  void fiveLevelsAreWalkedAndTold() throws IOException {
    TableWriter five = new TableWriter(5, 0x200);
    five.map(0x00FF_7FF6_1234_5000L, 0x40).map(0xFF12_F804_7BA0_0000L, 0x41);
    PagedAddressSpace space =
        AddressSpaces.open(
            PagingMode.of(1L << 12 | 1L << 5, true),
            five.frames,
            five.root,
            PteLayout.x64(0),
            PagedOutPages.NONE);
    assertThat(space.mode()).isEqualTo(PagingMode.X64_LA57);
    assertThat(space.translate(0x00FF_7FF6_1234_5000L)).isEqualTo(0x40000);
    assertThat(space.translate(0xFF12_F804_7BA0_0000L)).isEqualTo(0x41000);
    assertThat(space.translate(0x01FF_7FF6_1234_5000L)).isEqualTo(AddressSpace.ABSENT);
  }
}
