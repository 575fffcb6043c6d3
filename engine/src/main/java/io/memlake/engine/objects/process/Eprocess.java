package io.memlake.engine.objects.process;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.U32Field;
import io.memlake.engine.symbols.U64Field;
import io.memlake.engine.symbols.U8Field;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A process as the kernel keeps it: the bytes of an {@code _EPROCESS} and its layout. */
public final class Eprocess {
  private static final long PAGE_MASK = 0xFFF;
  private static final long FRAME_MASK = 0x000FFFFF_FFFFF000L;

  /** The four entries at the root of PAE begin on a border of 32 bytes. */
  private static final long ROOT_MASK_32 = 0xFFFF_FFE0L;

  private final long virtualAddress;
  private final long physicalAddress;
  private final byte[] bytes;
  private final EprocessLayout layout;

  /**
   * A view of bytes that were read.
   *
   * @param virtualAddress 0 when no page table maps it
   * @param physicalAddress {@link AddressSpace#ABSENT} when its page left RAM
   * @param bytes {@code layout.size()} of them
   */
  public Eprocess(long virtualAddress, long physicalAddress, byte[] bytes, EprocessLayout layout) {
    if (bytes.length < layout.size()) {
      throw new IllegalArgumentException("An EPROCESS has " + layout.size() + " bytes");
    }
    this.virtualAddress = virtualAddress;
    this.physicalAddress = physicalAddress;
    this.bytes = bytes;
    this.layout = layout;
  }

  /** Reads the structure through the kernel's space; empty when a page of it is absent. */
  public static Optional<Eprocess> read(Machine machine, EprocessLayout layout, long at)
      throws IOException {
    Optional<byte[]> bytes = machine.kernelSpace().map(at, layout.size());
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Eprocess(at, machine.kernelSpace().translate(at), bytes.get(), layout));
  }

  /** Virtual address of the structure, 0 when it is not mapped. */
  public long virtualAddress() {
    return virtualAddress;
  }

  /** Physical address of the structure, {@link AddressSpace#ABSENT} when its page left RAM. */
  public long physicalAddress() {
    return physicalAddress;
  }

  /** Type of the dispatcher header; 3 in every process. */
  public int dispatcherType() {
    return bytes[0] & 0xFF;
  }

  /** Physical address of the top page table, without PCID bits. */
  public long directoryTableBase() {
    return layout.directoryTableBase().in(bytes, 0) & rootMask();
  }

  private long rootMask() {
    return layout.pointerSize() == Long.BYTES ? FRAME_MASK : ROOT_MASK_32;
  }

  /** The top page table of user mode under kernel address isolation; empty when there is none. */
  public OptionalLong userDirectoryTableBase() {
    long value = layout.userDirectoryTableBase().map(field -> field.in(bytes, 0)).orElse(0L);
    // 1 and 2 say that the process runs without a second table.
    return (value & FRAME_MASK) == 0 ? OptionalLong.empty() : OptionalLong.of(value & FRAME_MASK);
  }

  /** Process id. */
  public long uniqueProcessId() {
    return layout.uniqueProcessId().in(bytes, 0);
  }

  /** Process id of the creator; 0 when the layout does not know it. */
  public long inheritedFromUniqueProcessId() {
    return address(layout.inheritedFromUniqueProcessId());
  }

  /** Name of the program, cut by Windows. */
  public String imageFileName() {
    return UnicodeString.bytesToZero(
        bytes, layout.imageFileName(), EprocessLayout.IMAGE_FILE_NAME_BYTES);
  }

  /** FILETIME of creation; 0 when the layout does not know it. */
  public long createTime() {
    return number64(layout.createTime());
  }

  /** FILETIME of exit; 0 while it runs, and when the layout does not know it. */
  public long exitTime() {
    return number64(layout.exitTime());
  }

  /** Whether it has exited and no thread of it is left: nothing but the object remains. */
  public boolean ended() {
    return exitTime() != 0 && activeThreads().orElse(0) <= 0;
  }

  /** NTSTATUS of exit. */
  public OptionalInt exitStatus() {
    return number(layout.exitStatus());
  }

  /** Number of threads that have not exited. */
  public OptionalInt activeThreads() {
    return number(layout.activeThreads());
  }

  /** First entry of the thread list; 0 when the layout does not know it. */
  public long firstThread() {
    OptionalInt head = layout.threadListHead();
    return head.isPresent() ? pointer(head.getAsInt()) : 0;
  }

  /** Last entry of the thread list; 0 when the layout does not know it. */
  public long lastThread() {
    OptionalInt head = layout.threadListHead();
    return head.isPresent() ? pointer(head.getAsInt() + layout.pointerSize()) : 0;
  }

  /** Next process in the kernel's list: the address of its links. */
  public long nextProcess() {
    return pointer(layout.activeProcessLinks());
  }

  private long pointer(int offset) {
    return new PointerField(offset, layout.pointerSize()).in(bytes, 0);
  }

  /** Address of the handle table, 0 when it has none. */
  public long objectTable() {
    return address(layout.objectTable());
  }

  /** Address of the PEB, 0 when it has none. */
  public long peb() {
    return address(layout.peb());
  }

  /** Where its program is mapped, 0 when unknown. */
  public long sectionBaseAddress() {
    return address(layout.sectionBaseAddress());
  }

  /** Address of its session, 0 when it has none. */
  public long session() {
    return address(layout.session());
  }

  /** What marks a 32-bit process, 0 otherwise. */
  public long wow64Process() {
    return address(layout.wow64Process());
  }

  /** Address of the {@code OBJECT_NAME_INFORMATION} with its path, 0 when it has none. */
  public long auditImageFileName() {
    return address(layout.auditImageFileName());
  }

  /** {@code _PS_PROTECTION} as a number; empty before Windows 8.1. */
  public OptionalInt protection() {
    return small(layout.protection());
  }

  /** Reference to its primary token: the low bits count, 0 when it has none. */
  public long token() {
    return address(layout.token());
  }

  /** Level of its program's signature; empty before Windows 8.1. */
  public OptionalInt signatureLevel() {
    return small(layout.signatureLevel());
  }

  /** Level of signature that its modules must have; empty before Windows 8.1. */
  public OptionalInt sectionSignatureLevel() {
    return small(layout.sectionSignatureLevel());
  }

  /** File object of its program, 0 for none; empty before Windows 10. */
  public OptionalLong imageFilePointer() {
    return layout.imageFilePointer().isPresent()
        ? OptionalLong.of(layout.imageFilePointer().get().in(bytes, 0))
        : OptionalLong.empty();
  }

  /** Its debug object, 0 for none. */
  public long debugPort() {
    return address(layout.debugPort());
  }

  /** The job that it is in, 0 for none. */
  public long job() {
    return address(layout.job());
  }

  /** Layout of the bytes. */
  public EprocessLayout layout() {
    return layout;
  }

  /** Whether the directory table base is a frame number and nothing else but PCID bits. */
  boolean hasDirectoryTableBase() {
    long value = layout.directoryTableBase().in(bytes, 0);
    return layout.pointerSize() == Long.BYTES
        ? (value & FRAME_MASK) != 0 && (value & ~(FRAME_MASK | PAGE_MASK)) == 0
        : value != 0 && (value & ~ROOT_MASK_32) == 0;
  }

  private OptionalInt small(Optional<U8Field> field) {
    return field.isPresent() ? OptionalInt.of(field.get().in(bytes, 0)) : OptionalInt.empty();
  }

  private OptionalInt number(Optional<U32Field> field) {
    return field.isPresent() ? OptionalInt.of((int) field.get().in(bytes, 0)) : OptionalInt.empty();
  }

  private long address(Optional<PointerField> field) {
    return field.isPresent() ? field.get().in(bytes, 0) : 0;
  }

  private long number64(Optional<U64Field> field) {
    return field.isPresent() ? field.get().in(bytes, 0) : 0;
  }
}
