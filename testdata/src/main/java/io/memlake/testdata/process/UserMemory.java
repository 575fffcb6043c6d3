package io.memlake.testdata.process;

import io.memlake.testdata.kernel.SharedUserData;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.FileObjects;
import java.util.ArrayList;
import java.util.List;

/**
 * The user half of one process: maps pages, keeps the list of regions, and hands out private memory
 * and heap bytes.
 */
final class UserMemory {

  private static final int PAGE = 0x1000;
  private static final long GRANULARITY = 0x10000;
  private static final long HEAP_SIZE = 0x100000;

  private final Boot boot;
  private final AddressSpace space;
  private final List<Region> regions = new ArrayList<>();
  private long nextPrivate;
  private long heapStart;
  private long heapNext;

  UserMemory(Boot boot, AddressSpace space, long privateStart) {
    this.boot = boot;
    this.space = space;
    this.nextPrivate = privateStart;
    space.mapFrame(SharedUserData.USER_ADDRESS, boot.sharedDataPfn(), Access.USER_READ_ONLY);
    regions.add(Region.ofPrivate(SharedUserData.USER_ADDRESS, PAGE, Protection.READ_ONLY, 1));
  }

  AddressSpace space() {
    return space;
  }

  List<Region> regions() {
    return regions;
  }

  /** Reserves private memory and commits all of it; pages get frames when they are mapped. */
  long reserve(long size, Protection protection) {
    long start = nextPrivate;
    long gap = (1L + boot.random().nextInt(4)) * GRANULARITY;
    nextPrivate = (start + size + GRANULARITY - 1 & -GRANULARITY) + gap;
    return reserveAt(start, size, protection);
  }

  /** Reserves private memory at an address. */
  long reserveAt(long start, long size, Protection protection) {
    long pages = (size + PAGE - 1) / PAGE;
    regions.add(Region.ofPrivate(start, pages * PAGE, protection, pages));
    return start;
  }

  /** Bytes of the process' heap, aligned to 16, mapped. */
  long heap(int size) {
    long bytes = size + 15L & -16;
    if (heapStart == 0 || heapNext + bytes > heapStart + HEAP_SIZE) {
      heapStart = reserve(HEAP_SIZE, Protection.READ_WRITE);
      heapNext = heapStart + 0x740;
    }
    long address = heapNext;
    heapNext += bytes;
    space.mapRange(address, bytes, Access.USER_READ_WRITE);
    return address;
  }

  /** The start of the heap. */
  long heapStart() {
    heap(16);
    return heapStart;
  }

  /** Writes UTF-16 text with an end mark into the heap. */
  long text(String text) {
    long address = heap((text.length() + 1) * Character.BYTES);
    space.writeUtf16(address, text);
    return address;
  }

  /** Maps a view of an image. */
  void map(SharedImage image) {
    image
        .pages()
        .forEach(
            (rva, page) ->
                space.mapFrame(
                    image.base() + rva,
                    page.pfn(),
                    page.code() ? Access.USER_EXECUTE_READ : Access.USER_READ_ONLY));
    regions.add(
        new Region(
            image.base(),
            image.end(),
            Protection.EXECUTE_WRITE_COPY,
            1L + image.spec().size() / 0x40000,
            false,
            true,
            FileObjects.onVolume(image.spec().path()),
            image.subsection(),
            image.prototypePtes()));
  }

  /** Maps a view of a data file; none of its pages is resident. */
  void map(ImageCatalog.MappedFile file) {
    long start = nextPrivate;
    nextPrivate = (start + file.size() + GRANULARITY - 1 & -GRANULARITY) + GRANULARITY;
    regions.add(
        new Region(
            start,
            start + file.size() - 1,
            Protection.READ_ONLY,
            0,
            false,
            false,
            file.path(),
            file.subsection(),
            file.prototypePtes()));
  }
}
