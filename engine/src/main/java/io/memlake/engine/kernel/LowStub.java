package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Optional;

/**
 * The real-mode stub through which Windows starts further processors. It lies in the first MiB of
 * RAM and keeps the kernel's CR3 and an address inside the kernel. Virtual machines without it
 * exist, and newer builds wipe it.
 *
 * @param dtb physical address of the kernel's top page table
 * @param entry virtual address inside the kernel
 */
record LowStub(long dtb, long entry) {
  private static final long FIRST_PAGE = 0x1000;
  private static final long END = 0xA0000;
  private static final long SIGNATURE = 0x00000001_000600E9L;
  private static final long SIGNATURE_MASK = 0xFFFFFFFF_FFFF00FFL;
  private static final int ENTRY_OFFSET = 0x70;
  private static final int CR3_OFFSET = 0xA0;

  /** The first page of low memory that looks like the stub. */
  static Optional<LowStub> find(PhysicalMemory memory) throws IOException {
    byte[] head = new byte[CR3_OFFSET + Long.BYTES];
    for (long at = FIRST_PAGE; at < END; at += PhysicalMemory.PAGE_SIZE) {
      if (memory.read(at, head, 0, head.length)
          && (LittleEndian.i64(head, 0) & SIGNATURE_MASK) == SIGNATURE) {
        long entry = LittleEndian.i64(head, ENTRY_OFFSET);
        long cr3 = LittleEndian.i64(head, CR3_OFFSET);
        boolean inKernel = (entry & 0xFFFFF800_00000003L) == 0xFFFFF800_00000000L;
        if (inKernel && (cr3 & 0xFFFFFF00_00000FFFL) == 0 && cr3 != 0) {
          return Optional.of(new LowStub(cr3, entry));
        }
      }
    }
    return Optional.empty();
  }
}
