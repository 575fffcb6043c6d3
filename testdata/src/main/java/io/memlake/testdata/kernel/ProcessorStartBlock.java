package io.memlake.testdata.kernel;

import io.memlake.testdata.memory.Frames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The page in the first MiB from which the firmware starts further processors. It begins with a
 * jump and holds the kernel's page-table root and an address inside the kernel, so that readers
 * find both without a search. Some machines do not keep it.
 */
public final class ProcessorStartBlock {

  private static final long PFN = 0x13;
  private static final long JUMP_AND_FLAGS = 0x0000000100064DE9L;
  private static final int LONG_MODE_TARGET = 0x70;
  private static final int CR3 = 0xA0;

  private ProcessorStartBlock() {}

  /** Writes the block for a kernel with its top page table at {@code dtb}. */
  public static void write(Frames frames, KernelImage kernel, long dtb) {
    ByteBuffer page =
        ByteBuffer.wrap(frames.content(frames.takeAt(PFN))).order(ByteOrder.LITTLE_ENDIAN);
    page.putLong(0, JUMP_AND_FLAGS);
    page.putLong(LONG_MODE_TARGET, kernel.entryPoint());
    page.putLong(CR3, dtb);
  }
}
