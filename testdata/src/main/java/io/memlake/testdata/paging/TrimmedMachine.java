package io.memlake.testdata.paging;

import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.store.StoreMemory;
import io.memlake.testdata.truth.HostTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A finished machine whose memory manager takes pages away. The machine's own bytes stay the truth:
 * {@link #intended} still tells what every page held.
 */
public final class TrimmedMachine implements FrameSource {
  /** Where no number is. */
  public static final int NO_FILE = -1;

  private static final int PAGE = FrameSource.FRAME;
  private static final int PAGE_SHIFT = 12;
  private static final int PTE_LEVEL = 3;
  private static final int PDE_LEVEL = 2;
  private static final int READ_ONLY = 1;
  private static final int EXECUTE_READ = 3;
  private static final int READ_WRITE = 4;
  private static final int EXECUTE_READ_WRITE = 6;
  private static final long WRITABLE = 2;

  /** Where {@code _MMPFN.u3} has the list that a frame is on: the low bits of its third byte. */
  private static final int PAGE_LOCATION = 2;

  private static final int STANDBY_LIST = 2;
  private static final byte REUSED = (byte) 0xDD;
  private static final long KERNEL_READ_WRITE = (1L << 63) | 0x963;
  private static final long USER_READ_WRITE = (1L << 63) | 0x867;

  /** Kernel addresses for new structures: far into the top-level entry of the process objects. */
  private static final long NEW_KERNEL_MEMORY = 0x7000000000L;

  private static final long TOP_ENTRY_MASK = (1L << 39) - 1;

  private final SyntheticMachine machine;
  private final KernelLayout layout;
  final PteFormat format;
  final ChangedFrames frames;
  private final SplittableRandom random;
  private final Map<Integer, PageFileContent> pageFiles = new TreeMap<>();
  private long nextKernel;

  /** How the entry of a process leads to a prototype entry. */
  public enum SharedEntry {
    /** It names the prototype entry. */
    POINTER,
    /** It says that the descriptor knows. */
    LOOKUP,
    /** It is zero: the process has not touched the page yet. */
    EMPTY
  }

  /** Begins with everything in its frame. */
  public TrimmedMachine(SyntheticMachine machine, PteFormat format, long seed) {
    this.machine = machine;
    this.layout = machine.layout();
    this.format = format;
    this.frames = new ChangedFrames(machine);
    this.random = new SplittableRandom(seed);
    this.nextKernel =
        (machine.truth().host().systemProcess() & ~TOP_ENTRY_MASK) + NEW_KERNEL_MEMORY;
    frames.addUsed(host().dtb());
    machine.truth().processes().stream()
        .filter(process -> process.presence().isRunning())
        .forEach(process -> frames.addUsed(process.dtb()));
  }

  private HostTruth host() {
    return machine.truth().host();
  }

  private ProcessTruth process(long pid) {
    return machine.truth().process(pid);
  }

  @Override
  public List<FrameRun> runs() {
    return frames.runs();
  }

  @Override
  public byte[] frame(long pfn) {
    return frames.frame(pfn);
  }

  @Override
  public boolean isZero(long pfn) {
    return frames.isZero(pfn);
  }

  /** The machine as it was. */
  public SyntheticMachine machine() {
    return machine;
  }

  /** The page files that pages went to, by number. */
  public Map<Integer, PageFileContent> pageFiles() {
    return pageFiles;
  }

  /** What a page held before anything moved; empty when no frame was mapped there. */
  public Optional<byte[]> intended(long pid, long virtualAddress) {
    long at = new ChangedFrames(machine).physical(process(pid).dtb(), virtualAddress & -PAGE);
    return at < 0 ? Optional.empty() : Optional.of(machine.frame(at >>> PAGE_SHIFT));
  }

  /** Pages of a range that had frames in the machine as it was. */
  public List<Long> mappedPages(long pid, VadTruth range) {
    ChangedFrames before = new ChangedFrames(machine);
    List<Long> pages = new ArrayList<>();
    for (long page = range.start(); page < range.end(); page += PAGE) {
      if (before.physical(process(pid).dtb(), page) >= 0) {
        pages.add(page);
      }
    }
    return pages;
  }

  /** Frame of a page in the machine as it is now. */
  public long frameOf(long pid, long virtualAddress) {
    return pfn(pte(pid, virtualAddress));
  }

  /**
   * Fills the frame database by the page tables as they are now.
   *
   * @return the frames that it gives to one space
   */
  public List<Long> fillFrameDatabase() {
    FrameDatabaseWriter writer = new FrameDatabaseWriter(frames);
    writer.add(host().dtb(), true);
    machine.truth().processes().stream()
        .filter(process -> process.presence().isRunning() && process.dtb() != host().dtb())
        .forEach(process -> writer.add(process.dtb(), false));
    return writer.write(this::kernelWrite, layout.struct("_MMPFN"), host().pfnDatabase());
  }

  /** Fills the frame database of the lowest frames with noise. */
  public void fillFrameDatabaseWithNoise() {
    byte[] noise = new byte[1 << 16];
    random.nextBytes(noise);
    kernelWrite(host().pfnDatabase(), noise);
  }

  /** Loses the table of the 2 MiB around an address, as smear does. */
  public void loseTable(long pid, long virtualAddress) {
    frames.write(frames.entryAt(process(pid).dtb(), virtualAddress, PDE_LEVEL), 0);
  }

  /** Exchanges the entries of two pages. */
  public void exchange(long pid, long one, long other) {
    long first = pte(pid, one);
    long second = pte(pid, other);
    long entry = frames.read(first);
    frames.write(first, frames.read(second));
    frames.write(second, entry);
  }

  /** The raw entry of a page as it is now; -1 when its table is gone. */
  public long entry(long pid, long virtualAddress) {
    long at = frames.entryAt(process(pid).dtb(), virtualAddress, PTE_LEVEL);
    return at < 0 ? -1 : frames.read(at);
  }

  /** Moves a private page into a page file; its frame is used by somebody else from then on. */
  public void toPageFile(long pid, long virtualAddress, int number) {
    long at = pte(pid, virtualAddress);
    long pfn = pfn(at);
    frames.write(at, pagedOut(pfn, number));
    reuse(pfn);
  }

  /** Puts a private page on the standby list: it stays in its frame. */
  public void toTransition(long pid, long virtualAddress) {
    long at = pte(pid, virtualAddress);
    frames.write(at, format.transition(pfn(at), READ_WRITE, random.nextBoolean()));
  }

  /**
   * Puts a private page on the standby list after it was written to a page file: the frame database
   * says so, and both copies are equal.
   */
  public void toStandbyWithCopy(long pid, long virtualAddress, int number) {
    long at = pte(pid, virtualAddress);
    long pfn = pfn(at);
    long copy = pagedOut(pfn, number);
    frames.write(at, format.transition(pfn, READ_WRITE, random.nextBoolean()));
    StructLayout struct = layout.struct("_MMPFN");
    long entry = host().pfnDatabase() + pfn * struct.size();
    kernelNumber(entry + struct.offset("OriginalPte"), Long.BYTES, copy);
    kernelNumber(entry + struct.offset("u3") + PAGE_LOCATION, Byte.BYTES, STANDBY_LIST);
  }

  /** Makes a private page one that was committed and never touched. */
  public void toDemandZero(long pid, long virtualAddress) {
    long at = pte(pid, virtualAddress);
    reuse(pfn(at));
    frames.write(at, format.demandZero(READ_WRITE));
  }

  /** Moves the table of the 2 MiB around an address into a page file. */
  public void tableToPageFile(long pid, long virtualAddress, int number) {
    long at = frames.entryAt(process(pid).dtb(), virtualAddress, PDE_LEVEL);
    long pfn = pfn(at);
    frames.write(at, pagedOut(pfn, number));
    reuse(pfn);
  }

  /** Moves a page of a shared view: into a page file, or with {@link #NO_FILE} to standby. */
  public void sharedPage(long pid, VadTruth view, long virtualAddress, int number) {
    long at = prototypeAt(pid, view, virtualAddress);
    long pfn = pfn(at);
    if (number == NO_FILE) {
      frames.write(at, format.transition(pfn, READ_WRITE, random.nextBoolean()));
    } else {
      frames.write(at, pagedOut(pfn, number));
      reuse(pfn);
    }
  }

  /**
   * Moves a page of the image section of a file into a page file.
   *
   * @param fileObject address of the file object
   * @param page number of the page over all sections of the program; it must have a frame
   */
  public void imagePage(long fileObject, int page, int number) {
    StructLayout object = layout.struct("_FILE_OBJECT");
    StructLayout pointers = layout.struct("_SECTION_OBJECT_POINTERS");
    long sections = kernelLong(fileObject + object.offset("SectionObjectPointer"));
    long control = kernelLong(sections + pointers.offset("ImageSectionObject"));
    long first = control + layout.struct("_CONTROL_AREA").size();
    long entries = kernelLong(first + layout.struct("_SUBSECTION").offset("SubsectionBase"));
    long at = frames.physical(host().dtb(), entries + (long) page * Long.BYTES);
    long pfn = pfn(at);
    frames.write(at, pagedOut(pfn, number));
    reuse(pfn);
  }

  /** Takes a page of a view out of the working set of one process. */
  public void sharedEntry(long pid, VadTruth view, long virtualAddress, SharedEntry kind) {
    long prototype = firstPrototype(view) + (virtualAddress - view.start()) / PAGE * Long.BYTES;
    long entry =
        switch (kind) {
          case POINTER -> format.prototype(prototype, random.nextBoolean());
          case LOOKUP -> format.lookup(READ_WRITE);
          case EMPTY -> 0;
        };
    frames.write(frames.entryAt(process(pid).dtb(), virtualAddress, PTE_LEVEL), entry);
  }

  /** Whether the prototype entry of a page is a valid one now. */
  public boolean isShared(long pid, VadTruth view, long virtualAddress) {
    return firstPrototype(view) != 0
        && (frames.read(prototypeAt(pid, view, virtualAddress)) & 1) != 0;
  }

  private long prototypeAt(long pid, VadTruth view, long virtualAddress) {
    long address = firstPrototype(view) + (virtualAddress - view.start()) / PAGE * Long.BYTES;
    return frames.physical(process(pid).dtb(), address);
  }

  private long firstPrototype(VadTruth view) {
    StructLayout node = layout.struct("_MMVAD");
    return view.privateMemory() ? 0 : kernelLong(view.node() + node.offset("FirstPrototypePte"));
  }

  long pagedOut(long pfn, int number) {
    long slot =
        pageFiles.computeIfAbsent(number, PageFileContent::new).add(frames.frame(pfn), random);
    return format.pageFile(number, slot, READ_WRITE, random.nextBoolean());
  }

  /** What the software entry of a page says of its protection: the same as the hardware's did. */
  private int protection(long at) {
    long entry = frames.read(at);
    boolean executable = entry >= 0;
    boolean writable = (entry & WRITABLE) != 0;
    return executable
        ? writable ? EXECUTE_READ_WRITE : EXECUTE_READ
        : writable ? READ_WRITE : READ_ONLY;
  }

  void reuse(long pfn) {
    Arrays.fill(frames.writable(pfn), REUSED);
  }

  private long pte(long pid, long virtualAddress) {
    long at = frames.entryAt(process(pid).dtb(), virtualAddress, PTE_LEVEL);
    if (at < 0 || (frames.read(at) & 1) == 0) {
      throw new IllegalStateException("Has no frame: 0x" + Long.toHexString(virtualAddress));
    }
    return at;
  }

  long pfn(long entryAt) {
    return (frames.read(entryAt) & 0x000F_FFFF_FFFF_F000L) >>> PAGE_SHIFT;
  }

  /** Writes the kernel's list of page files: which number is which file. */
  public void listPageFiles(List<ListedPageFile> files) {
    PageFileListWriter.write(machine, files, this::newKernel, this::kernelWrite);
  }

  private long newKernel(int size) {
    long at = nextKernel;
    nextKernel += (size + 15L) & -16;
    return at;
  }

  private long kernelLong(long virtualAddress) {
    return frames.read(frames.physical(host().dtb(), virtualAddress));
  }

  private void kernelNumber(long virtualAddress, int size, long value) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >>> (Byte.SIZE * i));
    }
    kernelWrite(virtualAddress, bytes);
  }

  private void kernelWrite(long virtualAddress, byte[] bytes) {
    write(host().dtb(), KERNEL_READ_WRITE, virtualAddress, bytes);
  }

  /** Kernel memory, for writers of further structures. */
  public StoreMemory kernelMemory() {
    return this::kernelWrite;
  }

  /** User memory of a process, for writers of further structures. */
  public StoreMemory userMemory(long pid) {
    return (address, bytes) -> write(process(pid).dtb(), USER_READ_WRITE, address, bytes);
  }

  /** Kernel addresses that nothing uses, page-aligned. */
  public long newKernelMemory(long size) {
    long at = (nextKernel + PAGE - 1) & -PAGE;
    nextKernel = at + size;
    return at;
  }

  /** An entry for a page in a page file that this machine does not keep: the compressed store. */
  public void toStore(long pid, long virtualAddress, int storeNumber, long slot) {
    long at = pte(pid, virtualAddress);
    reuse(pfn(at));
    frames.write(at, format.pageFile(storeNumber, slot, protection(at), random.nextBoolean()));
  }

  private void write(long dtb, long bits, long virtualAddress, byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      long address = virtualAddress + done;
      long at = frames.physical(dtb, address);
      if (at < 0) {
        frames.map(dtb, address & -PAGE, bits);
        at = frames.physical(dtb, address);
      }
      int inPage = (int) (at & (PAGE - 1));
      int length = Math.min(PAGE - inPage, bytes.length - done);
      System.arraycopy(bytes, done, frames.writable(at >>> PAGE_SHIFT), inPage, length);
      done += length;
    }
  }
}
