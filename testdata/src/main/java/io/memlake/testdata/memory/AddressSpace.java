package io.memlake.testdata.memory;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * One virtual address space: pages that are mapped to frames, and writing by virtual address. The
 * kernel's space stands alone; a process' space holds its user half and sees the kernel's behind
 * it.
 *
 * <p>Page tables do not exist while the machine is put together. {@link PageTables} makes them from
 * the finished spaces.
 */
public final class AddressSpace {

  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_SIZE = 1 << PAGE_SHIFT;
  private static final int LARGE_PAGE_FRAMES = 512;

  private final Frames frames;
  private final AddressSpace kernel;
  private final long dtb;
  private final Map<Long, Mapping> pages = new TreeMap<>();
  private final Map<Long, Mapping> largePages = new TreeMap<>();

  /** A page and what it allows. */
  record Mapping(long pfn, Access access) {}

  private AddressSpace(Frames frames, AddressSpace kernel, long dtb) {
    this.frames = frames;
    this.kernel = kernel;
    this.dtb = dtb;
  }

  /**
   * The kernel's space.
   *
   * @param dtb physical address of the top page table of the System process; its frame is taken
   */
  public static AddressSpace kernel(Frames frames, long dtb) {
    frames.takeAt(dtb >>> PAGE_SHIFT);
    return new AddressSpace(frames, null, dtb);
  }

  /** The space of a new process, with a top page table in a frame of its own. */
  public AddressSpace forProcess() {
    return new AddressSpace(frames, this, frames.take() << PAGE_SHIFT);
  }

  /** Physical address of the top page table. */
  public long dtb() {
    return dtb;
  }

  /** Maps a page to a new frame and returns the frame's number. */
  public long map(long virtualAddress, Access access) {
    long pfn = frames.take();
    mapFrame(virtualAddress, pfn, access);
    return pfn;
  }

  /** Maps every page that the range touches and that is not mapped yet. */
  public void mapRange(long virtualAddress, long length, Access access) {
    long last = virtualAddress + length - 1;
    for (long page = pageOf(virtualAddress); page <= pageOf(last); page += PAGE_SIZE) {
      if (!isMapped(page)) {
        map(page, access);
      }
    }
  }

  /** Maps a page to a frame that others may map, too. */
  public void mapFrame(long virtualAddress, long pfn, Access access) {
    if (pages.put(pageOf(virtualAddress), new Mapping(pfn, access)) != null) {
      throw new IllegalStateException("Mapped twice: " + hex(virtualAddress));
    }
  }

  /** Maps 2 MiB, aligned, to 512 adjacent frames. */
  public void mapLarge(long virtualAddress, long firstPfn, Access access) {
    if ((virtualAddress & (LARGE_PAGE_FRAMES * (long) PAGE_SIZE - 1)) != 0
        || firstPfn % LARGE_PAGE_FRAMES != 0) {
      throw new IllegalArgumentException("Not aligned to 2 MiB: " + hex(virtualAddress));
    }
    largePages.put(virtualAddress, new Mapping(firstPfn, access));
  }

  /** Removes a page; its frame keeps its bytes. */
  public void unmap(long virtualAddress) {
    pages.remove(pageOf(virtualAddress));
  }

  /** Whether the page of this address is mapped here or in the kernel's space behind. */
  public boolean isMapped(long virtualAddress) {
    return find(virtualAddress) >= 0;
  }

  /**
   * Where a virtual address lies in RAM.
   *
   * @throws IllegalStateException when it is not mapped
   */
  public long physical(long virtualAddress) {
    long found = find(virtualAddress);
    if (found < 0) {
      throw new IllegalStateException("Not mapped: " + hex(virtualAddress));
    }
    return found;
  }

  private long find(long virtualAddress) {
    Mapping page = pages.get(pageOf(virtualAddress));
    if (page != null) {
      return (page.pfn() << PAGE_SHIFT) + (virtualAddress & (PAGE_SIZE - 1));
    }
    long largeMask = LARGE_PAGE_FRAMES * (long) PAGE_SIZE - 1;
    Mapping large = largePages.get(virtualAddress & ~largeMask);
    if (large != null) {
      return (large.pfn() << PAGE_SHIFT) + (virtualAddress & largeMask);
    }
    return kernel == null ? -1 : kernel.find(virtualAddress);
  }

  /** Writes bytes; every page must be mapped. */
  public void write(long virtualAddress, byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      long physical = physical(virtualAddress + done);
      int inFrame = (int) (physical & (PAGE_SIZE - 1));
      int length = Math.min(PAGE_SIZE - inFrame, bytes.length - done);
      System.arraycopy(bytes, done, frames.content(physical >>> PAGE_SHIFT), inFrame, length);
      done += length;
    }
  }

  /** Reads bytes; every page must be mapped. */
  public byte[] read(long virtualAddress, int length) {
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      long physical = physical(virtualAddress + done);
      int inFrame = (int) (physical & (PAGE_SIZE - 1));
      int part = Math.min(PAGE_SIZE - inFrame, length - done);
      System.arraycopy(frames.content(physical >>> PAGE_SHIFT), inFrame, bytes, done, part);
      done += part;
    }
    return bytes;
  }

  /** Writes the low {@code size} bytes of a number, little-endian. */
  public void writeNumber(long virtualAddress, int size, long value) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size && i < Long.BYTES; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    write(virtualAddress, bytes);
  }

  /** Reads a little-endian number of up to 8 bytes. */
  public long readNumber(long virtualAddress, int size) {
    byte[] bytes = read(virtualAddress, size);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[i] & 0xFF);
    }
    return value;
  }

  /** Writes 8 bytes. */
  public void writeLong(long virtualAddress, long value) {
    writeNumber(virtualAddress, Long.BYTES, value);
  }

  /** Writes 4 bytes. */
  public void writeInt(long virtualAddress, long value) {
    writeNumber(virtualAddress, Integer.BYTES, value);
  }

  /** Writes 7-bit text without an end mark. */
  public void writeAscii(long virtualAddress, String text) {
    write(virtualAddress, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Writes UTF-16 text without an end mark. */
  public void writeUtf16(long virtualAddress, String text) {
    write(virtualAddress, text.getBytes(StandardCharsets.UTF_16LE));
  }

  /** Pages of this space alone, by virtual address. */
  Map<Long, Mapping> pages() {
    return pages;
  }

  /** Large pages of this space alone, by virtual address. */
  Map<Long, Mapping> largePages() {
    return largePages;
  }

  private static long pageOf(long virtualAddress) {
    return virtualAddress & -PAGE_SIZE;
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
