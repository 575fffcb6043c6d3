package io.memlake.engine.objects.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.compression.Samples;
import io.memlake.engine.paging.AddressSpaces;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.paging.pagefile.BytesSource;
import io.memlake.engine.paging.pagefile.PageFile;
import io.memlake.engine.paging.pagefile.PageFiles;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.paging.pagefile.PagedOutEntries;
import io.memlake.engine.physical.FrameMap;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Frames;
import io.memlake.testdata.memory.PageTables;
import io.memlake.testdata.memory.RamMap;
import io.memlake.testdata.store.CompressedStoreWriter;
import io.memlake.testdata.store.StoreFormat;
import io.memlake.testdata.store.StoreMemory;
import io.memlake.testdata.store.StoreTruth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A program whose pages are in the store, whose bytes are in MemCompression, half of whose pages
 * are in a page file; and whose table of pages is in the store itself.
 */
class StoreBehindPageTablesTest {
  private static final long KERNEL_DTB = 0x1AD000;
  private static final long PROGRAM = 0x7FF6_0000_0000L;
  private static final long REGIONS = 0x1A0_0000_0000L;
  private static final int PAGES = 60;
  private static final int TABLE_SLOT = 900;
  private static final long MASK = 1L << 45;

  private final Frames frames = new Frames(RamMap.contiguous(64 << 20), new SplittableRandom(4));
  private final AddressSpace kernel = AddressSpace.kernel(frames, KERNEL_DTB);
  private final AddressSpace memCompression = kernel.forProcess();
  private final AddressSpace program = kernel.forProcess();
  private final ByteArrayOutputStream pageFile = new ByteArrayOutputStream();
  private final PteLayout layout = PteLayout.x64(MASK);

  @ParameterizedTest
  @EnumSource(
      value = StoreFormat.class,
      names = {"BUILD_19041", "BUILD_26100"})
  void everyByteIsReadWithThePageFileAndTheRestWithout(StoreFormat format) throws IOException {
    StoreTruth truth = pageOut(format);
    FrameMap memory = memory();
    PagedAddressSpace kernelSpace =
        AddressSpaces.x64(memory, KERNEL_DTB, layout, PagedOutPages.NONE);

    PageFiles files =
        new PageFiles(
            List.of(new PageFile(0, new BytesSource("pagefile.sys", pageFile.toByteArray()))));
    StorePages withFile = pages(format, truth, memory, kernelSpace, files);
    PagedAddressSpace space = space(memory, withFile);
    byte[] page = new byte[4096];
    for (int i = 0; i < PAGES; i++) {
      assertThat(space.read(PROGRAM + i * 4096L, page, 0, 4096)).as("page " + i).isTrue();
      assertThat(page).isEqualTo(Samples.page(i));
    }

    StorePages withoutFile = pages(format, truth, memory, kernelSpace, PageSlots.NONE);
    PagedAddressSpace incomplete = space(memory, withoutFile);
    int read = 0;
    for (int i = 0; i < PAGES; i++) {
      if (incomplete.read(PROGRAM + i * 4096L, page, 0, 4096)) {
        assertThat(page).isEqualTo(Samples.page(i));
        read++;
      }
    }
    assertThat(read).isBetween(5, PAGES - 5);
    assertThat(withoutFile.count(StoredPageStatus.ABSENT_REGION)).isEqualTo(PAGES - read);
    assertThat(withoutFile.count(StoredPageStatus.BAD_DATA)).isZero();
  }

  private PagedAddressSpace space(FrameMap memory, StorePages pages) {
    return AddressSpaces.x64(
        memory, program.dtb(), layout, pages.pagedOut(layout, PagedOutPages.NONE));
  }

  private StorePages pages(
      StoreFormat format,
      StoreTruth truth,
      FrameMap memory,
      PagedAddressSpace kernelSpace,
      PageSlots files)
      throws IOException {
    PagedAddressSpace owner =
        AddressSpaces.x64(
            memory,
            memCompression.dtb(),
            layout,
            new PagedOutEntries(layout, files, PagedOutPages.NONE));
    StoreChoice choice =
        StoreSelection.choose(
                kernelSpace,
                owner,
                format.ntBuild(),
                List.of(new SmGlobals(truth.smGlobals(), "symbol")),
                OptionalInt.of(2))
            .choice()
            .orElseThrow();
    CompressedStore store = CompressedStore.open(kernelSpace, owner, choice).orElseThrow();
    return new StorePages(store, choice.pageFileNumber(), files, StorePages.USUAL_CACHE);
  }

  private StoreTruth pageOut(StoreFormat format) {
    CompressedStoreWriter writer =
        new CompressedStoreWriter(
                format,
                into(kernel, Access.KERNEL_READ_WRITE),
                into(memCompression, Access.USER_READ_WRITE))
            .fanOut(7);
    for (int i = 0; i < PAGES; i++) {
      program.map(PROGRAM + i * 4096L, Access.USER_READ_WRITE);
      writer.add(0, slot(i), Samples.page(i));
    }
    // The table of the program's pages is known only when the entries are, so it is made up here.
    byte[] table = new byte[4096];
    for (int i = 0; i < PAGES; i++) {
      LittleEndian.putI64(table, i * 8, pageFileEntry(2, slot(i), i % 2 == 0));
    }
    writer.add(0, TABLE_SLOT, table);
    StoreTruth truth = writer.write(0xFFFF_F800_4000_1000L, 0xFFFF_A000_0000_0000L, REGIONS);
    PageTables.write(frames, kernel, List.of(memCompression, program), 0x1ED);

    byte[] directory = frames.content(tableOf(program.dtb(), PROGRAM, 2));
    LittleEndian.putI64(directory, index(PROGRAM, 21) * 8, pageFileEntry(2, TABLE_SLOT, true));

    int slots = 0;
    pageFile.writeBytes(new byte[4096]);
    for (long at = REGIONS; memCompression.isMapped(at); at += 4096) {
      // The first page holds the table of the program's pages or other pages that all need it.
      boolean holdsTable = isOn(truth, at, TABLE_SLOT);
      if (slots++ % 2 == 1 && !holdsTable) {
        byte[] leaf = frames.content(tableOf(memCompression.dtb(), at, 3));
        pageFile.writeBytes(memCompression.read(at, 4096));
        LittleEndian.putI64(
            leaf, index(at, 12) * 8, pageFileEntry(0, pageFile.size() / 4096 - 1, slots % 4 == 0));
      }
    }
    return truth;
  }

  private static boolean isOn(StoreTruth truth, long pageAddress, long slot) {
    return truth.pages().stream()
        .filter(page -> page.page() == slot)
        .anyMatch(
            page ->
                page.address() < pageAddress + 4096 && page.address() + page.size() > pageAddress);
  }

  private static long slot(int page) {
    return 0x1000 + page * 5L;
  }

  /** An entry with the swizzle bit set, or with it clear and the mask inverted. */
  private static long pageFileEntry(int number, long slot, boolean swizzled) {
    long entry = slot << 32 | (long) number << 12 | 4 << 5;
    return swizzled ? entry | 0x10 : entry ^ MASK;
  }

  /** Frame of the table at a depth below the top table. */
  private long tableOf(long dtb, long address, int depth) {
    long pfn = dtb >>> 12;
    for (int i = 0; i < depth; i++) {
      long entry = LittleEndian.i64(frames.content(pfn), index(address, 39 - 9 * i) * 8);
      pfn = (entry & 0x000F_FFFF_FFFF_F000L) >>> 12;
    }
    return pfn;
  }

  private static int index(long address, int shift) {
    return (int) (address >>> shift) & 511;
  }

  private static StoreMemory into(AddressSpace space, Access access) {
    return (address, bytes) -> {
      if (bytes.length > 0) {
        space.mapRange(address, bytes.length, access);
        space.write(address, bytes);
      }
    };
  }

  private FrameMap memory() {
    FrameMap memory = new FrameMap();
    for (long pfn = 0; pfn < frames.ram().endAddress() >>> 12; pfn++) {
      if (frames.isWritten(pfn)) {
        System.arraycopy(frames.content(pfn), 0, memory.frame(pfn), 0, 4096);
      }
    }
    return memory;
  }
}
