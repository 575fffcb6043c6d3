package io.memlake.engine.paging;

import static io.memlake.engine.paging.MappingFlags.EXECUTABLE;
import static io.memlake.engine.paging.MappingFlags.LARGE;
import static io.memlake.engine.paging.MappingFlags.NOT_IN_EVIDENCE;
import static io.memlake.engine.paging.MappingFlags.NOT_VALID;
import static io.memlake.engine.paging.MappingFlags.PRIVATE;
import static io.memlake.engine.paging.MappingFlags.PROTOTYPE;
import static io.memlake.engine.paging.MappingFlags.USER;
import static io.memlake.engine.paging.MappingFlags.WRITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.paging.RecordedMappings.Page;
import io.memlake.engine.physical.FrameMap;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PageTableWalkerTest {
  private static final long USER_PAGE = 0x7FF6_1234_5000L;
  private static final long KERNEL_PAGE = 0xFFFF_F804_7BA0_0000L;
  private static final long MASK = 1L << 45;

  private final TableWriter tables = new TableWriter(4, 0x1AD);
  private final RecordedMappings seen = new RecordedMappings();

  private PagedAddressSpace space(TableWriter of, PagedOutPages pagedOut) {
    return AddressSpaces.x64(of.frames, of.root, PteLayout.x64(MASK), pagedOut);
  }

  private PageTableCounts walk() throws IOException {
    return PageTableWalker.walk(space(tables, PagedOutPages.NONE), seen);
  }

  @Test
  void everythingThatIsMappedIsToldOnceAndNothingElse() throws IOException {
    Random random = new Random(11);
    Map<Long, Long> truth = new TreeMap<>();
    for (int i = 0; i < 3000; i++) {
      long page = random.nextInt(1 << 18);
      long address = random.nextBoolean() ? page << 12 : 0xFFFF_A000_0000_0000L | page << 20;
      long pfn = 0x100000L + random.nextInt(1 << 20);
      tables.frames.frame(pfn);
      tables.map(address, pfn);
      truth.put(address, pfn);
    }
    PageTableCounts counts = walk();
    Map<Long, Long> told = new TreeMap<>();
    seen.frames.forEach((address, page) -> told.put(address, page.place()));
    assertThat(told).isEqualTo(truth);
    assertThat(counts.validPtes()).isEqualTo(truth.size());
    assertThat(counts.missingPfns()).isZero();
    assertThat(counts.complete()).isTrue();
    assertThat(counts.tablesRead()).isEqualTo(seen.tables.size());
    assertThat(seen.tables).doesNotHaveDuplicates();
  }

  @Test
  void whatIsToldIsWhatTranslates() throws IOException {
    Random random = new Random(12);
    for (int i = 0; i < 500; i++) {
      long address = (long) random.nextInt(1 << 16) << 12;
      long pfn = 0x1000L + random.nextInt(1 << 10);
      tables.frames.frame(pfn);
      long bits = new long[] {0x67, 0x65, 0x880, 0x8C0}[random.nextInt(4)];
      tables.entry(address, (bits & 1) == 1 ? pfn << 12 | bits : (pfn << 12 | bits) ^ MASK);
    }
    walk();
    PagedAddressSpace space = space(tables, PagedOutPages.NONE);
    assertThat(seen.frames).hasSizeGreaterThan(400);
    for (Map.Entry<Long, Page> page : seen.frames.entrySet()) {
      assertThat(space.translate(page.getKey())).isEqualTo(page.getValue().place() << 12);
    }
  }

  @Test
  void rightsAreThoseThatEveryLevelGrants() throws IOException {
    tables.frames.frame(0x40);
    tables.map(USER_PAGE, 0x40).entry(USER_PAGE + 0x1000, 0x40L << 12 | 5);
    tables.map(0x10000, 0x40);
    long directory = tables.slot(0x10000, 2);
    tables.frames.putLong(directory, (tables.get(directory) & ~2L) | TableWriter.NO_EXECUTE);
    walk();
    assertThat(seen.frames.get(USER_PAGE).flags()).isEqualTo(USER | WRITABLE | EXECUTABLE);
    assertThat(seen.frames.get(USER_PAGE + 0x1000).flags()).isEqualTo(USER | EXECUTABLE);
    assertThat(seen.frames.get(0x10000L).flags()).isEqualTo(USER);
  }

  @Test
  void pagesThatFollowEachOtherAreOneRun() throws IOException {
    for (int i = 0; i < 600; i++) {
      tables.frames.frame(0x5000 + i);
      tables.map(0x1F_0000L + i * 4096L, 0x5000 + i);
    }
    walk();
    assertThat(seen.frames).hasSize(600);
    assertThat(seen.runs).isEqualTo(1);
  }

  @Test
  void largePagesAreToldWithThePartsThatTheEvidenceHolds() throws IOException {
    tables.large(KERNEL_PAGE, 2, 0x4000_0000L);
    for (int pfn = 0x40000; pfn < 0x40100; pfn++) {
      tables.frames.frame(pfn);
    }
    PageTableCounts counts = walk();
    assertThat(counts.largePages()).isEqualTo(1);
    assertThat(counts.missingPfns()).isEqualTo(1);
    assertThat(seen.frames).hasSize(512);
    int flags = LARGE | USER | WRITABLE | EXECUTABLE;
    assertThat(seen.frames.get(KERNEL_PAGE + 0xFF000)).isEqualTo(new Page(0x400FF, flags));
    assertThat(seen.frames.get(KERNEL_PAGE + 0x100000))
        .isEqualTo(new Page(0x40100, flags | NOT_IN_EVIDENCE));
  }

  @Test
  void entriesThatAreNotValidAreCountedByKind() throws IOException {
    long prototypes = 0xFFFF_C08B_E52E_2000L;
    tables.map(prototypes, 0x50);
    tables.frames.frame(0x60);
    tables.frames.frame(0x61);
    tables.frames.putLong(0x50000, 0x60L << 12 | 0x8000_0000_0000_0121L);
    tables.frames.putLong(0x50008, 0x99L << 32 | 2 << 12 | 0x90);
    tables.entry(USER_PAGE, prototypes << 16 | 0x410);
    tables.entry(USER_PAGE + 0x1000, (prototypes + 8) << 16 | 0x410);
    tables.entry(USER_PAGE + 0x2000, 0xFFFF_FFFF_0000_0480L);
    tables.entry(USER_PAGE + 0x3000, (0x61L << 12 | 0x880) ^ MASK);
    tables.entry(USER_PAGE + 0x4000, 0x1234L << 32 | 1 << 12 | 0xD0);
    tables.entry(USER_PAGE + 0x5000, 0x1235L << 32 | 1 << 12 | 0xD0);
    tables.entry(USER_PAGE + 0x6000, 0x80);
    tables.entry(USER_PAGE + 0x7000, 0x200);
    tables.entry(USER_PAGE + 0x8000, 0x7FF6_0000_0000L << 16 | 0x410);
    tables.map(USER_PAGE + 0x9000, 0x7777);
    PageTableCounts counts = walk();

    assertThat(counts.prototype()).isEqualTo(3);
    assertThat(counts.transition()).isEqualTo(1);
    assertThat(counts.pageFile(1)).isEqualTo(2);
    assertThat(counts.swapped(1)).isZero();
    assertThat(counts.swapped(2)).isEqualTo(2);
    assertThat(counts.demandZero()).isEqualTo(1);
    assertThat(counts.decommitted()).isEqualTo(1);
    assertThat(counts.unknown()).isEqualTo(1);
    assertThat(counts.missingPfns()).isEqualTo(1);
    assertThat(seen.frames.get(USER_PAGE)).isEqualTo(new Page(0x60, USER | NOT_VALID | PROTOTYPE));
    assertThat(seen.frames.get(USER_PAGE + 0x3000))
        .isEqualTo(new Page(0x61, USER | WRITABLE | NOT_VALID | PRIVATE));
    assertThat(seen.pageFiles)
        .containsEntry(USER_PAGE + 0x1000, "2:153")
        .containsEntry(USER_PAGE + 0x4000, "1:4660")
        .containsEntry(USER_PAGE + 0x5000, "1:4661")
        .hasSize(3);
  }

  @Test
  void theSelfMapIsNoMappingAndALoopIsRefused() throws IOException {
    tables.frames.frame(0x40);
    tables.map(USER_PAGE, 0x40);
    tables.frames.putLong(tables.root + 0x1ED * 8, tables.root | 0x63);
    PageTableCounts sound = walk();
    assertThat(sound.tablesRefused()).isZero();
    assertThat(seen.frames).containsOnlyKeys(USER_PAGE);

    long directory = tables.get(tables.slot(USER_PAGE, 3)) & -4096L;
    tables.frames.putLong(directory, directory | 0x67);
    assertThat(walk().tablesRefused()).isEqualTo(1);
    assertThat(seen.frames).containsOnlyKeys(USER_PAGE);
  }

  @Test
  void aTableOfOneRepeatedEntryIsRefused() throws IOException {
    tables.frames.frame(0x40);
    for (int i = 0; i < 512; i++) {
      tables.map(0x20_0000L + i * 4096L, 0x40);
    }
    assertThat(walk().tablesRefused()).isEqualTo(1);
    assertThat(seen.frames).isEmpty();
  }

  @Test
  void tablesThatLeftTheWorkingSetAreFollowedAndLostOnesCounted() throws IOException {
    tables.frames.frame(0x40);
    tables.map(0x10000, 0x40).map(0x4000_0000L, 0x40).map(0x8000_0000L, 0x40);
    long inTransition = tables.slot(0x10000, 2);
    tables.frames.putLong(inTransition, ((tables.get(inTransition) & -4096L) | 0x880) ^ MASK);
    long pagedOut = tables.slot(0x4000_0000L, 2);
    byte[] table = tables.frames.frame(tables.get(pagedOut) >>> 12);
    tables.frames.remove(tables.get(pagedOut) >>> 12);
    tables.frames.putLong(pagedOut, 0x77L << 32 | 0x90);
    tables.frames.remove(tables.get(tables.slot(0x8000_0000L, 2)) >>> 12);
    PagedOutPages store =
        (in, virtualAddress, entry, target, offset) -> {
          assertThat(virtualAddress).isEqualTo(0x4000_0000L);
          System.arraycopy(table, 0, target, offset, 4096);
          return true;
        };
    PageTableCounts counts = PageTableWalker.walk(space(tables, store), seen);
    assertThat(seen.frames).containsOnlyKeys(0x10000L, 0x4000_0000L);
    assertThat(counts.tablesMissing()).isEqualTo(1);
  }

  @Test
  void aProcessIsToldWithoutTheTablesThatItSharesWithTheKernel() throws IOException {
    long session = 0xFFFF_9080_0000_0000L;
    tables.frames.frame(0x40);
    tables.map(KERNEL_PAGE, 0x40).map(KERNEL_PAGE + 0x4000_0000L, 0x40);
    TableWriter process = new TableWriter(4, 0x500, tables.frames);
    process.map(USER_PAGE, 0x40).map(session, 0x40);
    int kernelIndex = (int) (KERNEL_PAGE >>> 39) & 511;
    tables.frames.putLong(
        process.root + kernelIndex * 8L, tables.get(tables.root + kernelIndex * 8L) ^ 0x20);
    PageTableWalker.walkOwn(
        space(process, PagedOutPages.NONE), space(tables, PagedOutPages.NONE), seen);
    assertThat(seen.frames).containsOnlyKeys(USER_PAGE, session);
  }

  @Test
  void aDirectoryOfItsOwnInTheKernelHalfIsComparedEntryByEntry() throws IOException {
    tables.frames.frame(0x40);
    tables.map(KERNEL_PAGE, 0x40);
    TableWriter process = new TableWriter(4, 0x500, tables.frames);
    process.map(KERNEL_PAGE + 0x1000, 0x40);
    process.frames.putLong(process.slot(KERNEL_PAGE, 1), tables.get(tables.slot(KERNEL_PAGE, 1)));
    PageTableWalker.walkOwn(
        space(process, PagedOutPages.NONE), space(tables, PagedOutPages.NONE), seen);
    assertThat(seen.frames).containsOnlyKeys(KERNEL_PAGE + 0x1000);
  }

  @Test
  void theFourDirectoriesOfPaeMapThemselvesAndAreNotTold() throws IOException {
    FrameMap frames = new FrameMap();
    for (int i = 0; i < 4; i++) {
      frames.putLong(0x100C0 + i * 8L, (0x20 + i) << 12 | 1);
      frames.putLong(0x23000 + i * 8L, (0x20 + i) << 12 | 0x63);
    }
    frames.frame(0x20);
    frames.frame(0x21);
    frames.frame(0x22);
    frames.frame(0x40);
    frames.putLong(0x20000, 0x30 << 12 | 0x67);
    frames.putLong(0x30008, TableWriter.NO_EXECUTE | 0x40 << 12 | 0x67);
    frames.putLong(0x22008, 0x4020_0000L | 0xE3);
    PagedAddressSpace space =
        AddressSpaces.open(
            PagingMode.PAE, frames, 0x100C0, PteLayout.paeBeforeSwizzle(), PagedOutPages.NONE);
    PageTableCounts counts = PageTableWalker.walk(space, seen);
    assertThat(counts.tablesRefused()).isZero();
    assertThat(counts.tablesRead()).isEqualTo(6);
    assertThat(seen.frames).hasSize(513);
    assertThat(seen.frames.get(0x1000L)).isEqualTo(new Page(0x40, USER | WRITABLE));
    assertThat(space.translate(0x1234)).isEqualTo(0x40234);
    assertThat(space.translate(0x8020_1234L)).isEqualTo(0x4020_1234L);
    assertThat(space.translate(0xFFFF_FFFF_8020_1234L)).isEqualTo(0x4020_1234L);
    assertThat(space.translate(0x1_0000_1234L)).isEqualTo(AddressSpace.ABSENT);
  }

  @Test
  void tablesOf32BitPagingAreWalked() throws IOException {
    FrameMap frames = new FrameMap();
    frames.putInt(0x39000, 0x50 << 12 | 0x67);
    frames.putInt(0x39000 + 0x300 * 4, 0x39 << 12 | 0x63);
    frames.putInt(0x39000 + 0x200 * 4, 0x0080_0000 | 3 << 13 | 0xE3);
    frames.putInt(0x50000 + 5 * 4, 0x77 << 12 | 0x65);
    frames.putInt(0x50000 + 6 * 4, 0x78 << 12 | 0x880);
    frames.putInt(0x50000 + 7 * 4, 0x1234_5084);
    frames.frame(0x77);
    frames.frame(0x78);
    PagedAddressSpace space =
        AddressSpaces.open(PagingMode.X86, frames, 0x39018, PteLayout.x86(), PagedOutPages.NONE);
    PageTableCounts counts = PageTableWalker.walk(space, seen);
    assertThat(space.pointerSize()).isEqualTo(4);
    assertThat(space.dtb()).isEqualTo(0x39000);
    assertThat(space.translate(0x5008)).isEqualTo(0x77008);
    assertThat(space.translate(0x6008)).isEqualTo(0x78008);
    assertThat(space.translate(0x8000_1234L)).isEqualTo(0x3_0080_1234L);
    assertThat(space.explain(0x7000)).isEqualTo(new PteState.PageFile(2, 0x12345));
    assertThat(counts.largePages()).isEqualTo(1);
    assertThat(counts.pageFile(2)).isEqualTo(1);
    assertThat(seen.frames.get(0x5000L)).isEqualTo(new Page(0x77, USER | EXECUTABLE));
  }

  @Test
  void spacesOfDifferentModesAreNotCompared() {
    PagedAddressSpace pae =
        AddressSpaces.open(PagingMode.PAE, tables.frames, 0, PteLayout.pae(0), PagedOutPages.NONE);
    assertThatThrownBy(() -> PageTableWalker.walkOwn(pae, space(tables, PagedOutPages.NONE), seen))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PAE")
        .hasMessageContaining("X64");
  }

  @Test
  void aWalkThatIsLedAstrayEndsAtItsLimitsAndSaysSo() throws IOException {
    for (int i = 0; i < 40; i++) {
      tables.frames.frame(0x5000 + 2 * i);
      tables.map(i * 0x20_0000L, 0x5000 + 2 * i);
    }
    PagedAddressSpace space = space(tables, PagedOutPages.NONE);
    PageTableCounts fewTables = new PageTableWalker(space, null, seen, 10, 1000).run();
    assertThat(fewTables.complete()).isFalse();
    assertThat(fewTables.tablesRead()).isEqualTo(10);
    seen.frames.clear();
    PageTableCounts fewRuns = new PageTableWalker(space, null, seen, 1000, 7).run();
    assertThat(fewRuns.complete()).isFalse();
    assertThat(seen.frames).hasSize(7);

    for (int i = 0; i < 100; i++) {
      tables.large(KERNEL_PAGE + ((long) i << 30), 3, 0);
    }
    PageTableCounts scattered = new PageTableWalker(space, null, seen, 1000, 500).run();
    assertThat(scattered.complete()).isFalse();
  }

  @Test
  void randomBytesAsTablesEndInBoundedWork() throws IOException {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      FrameMap frames = new FrameMap();
      int count = 64;
      for (int pfn = 0; pfn < count; pfn++) {
        random.nextBytes(frames.frame(pfn));
        for (int at = 0; at < 4096; at += 8) {
          if (random.nextInt(3) > 0) {
            // Frames that exist, so that the walk goes deep; some of them name large pages.
            long flags = random.nextInt(256) | (random.nextInt(4) > 0 ? 1 : 0);
            frames.putLong(((long) pfn << 12) + at, (long) random.nextInt(count) << 12 | flags);
          }
        }
      }
      for (PagingMode mode : PagingMode.values()) {
        PteLayout layout =
            switch (mode) {
              case X86 -> PteLayout.x86();
              case PAE -> PteLayout.pae(MASK);
              default -> PteLayout.x64(MASK).forBuild(22621);
            };
        PagedAddressSpace space =
            AddressSpaces.open(mode, frames, seed << 12, layout, PagedOutPages.NONE);
        long[] pages = new long[1];
        PageTableCounts counts =
            PageTableWalker.walk(
                space,
                new MappingVisitor() {
                  @Override
                  public void frames(long virtualAddress, long pfn, long length, int flags) {
                    assertThat(length).isPositive();
                    pages[0]++;
                  }

                  @Override
                  public void pageFile(
                      long virtualAddress, int number, long page, long length, int flags) {
                    assertThat(number).isBetween(0, 15);
                  }
                });
        assertThat(counts.tablesRead()).isLessThanOrEqualTo(count);
        assertThat(pages[0]).isLessThan(512L * 64 * 3);
        byte[] target = new byte[300];
        for (int i = 0; i < 500; i++) {
          long address = random.nextLong() >> random.nextInt(40);
          space.read(address, target, 0, 300);
          space.explain(address);
        }
      }
    }
  }
}
