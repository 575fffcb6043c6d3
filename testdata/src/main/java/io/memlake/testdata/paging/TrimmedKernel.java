package io.memlake.testdata.paging;

import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.truth.ProcessTruth;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Takes pages of the kernel away from a machine. Windows does so with pageable memory alone; here
 * any page may go, so that objects of every kind can be where their readers do not expect them.
 */
public final class TrimmedKernel {
  private static final int PAGE_SHIFT = 12;
  private static final int USER_ENTRIES = 256;
  private static final int PTE_LEVEL = 3;
  private static final int READ_WRITE = 4;
  private static final byte REUSED = (byte) 0xDD;

  private final TrimmedMachine machine;

  /** Works on the pages of a machine. */
  public TrimmedKernel(TrimmedMachine machine) {
    this.machine = machine;
  }

  private long pte(long virtualAddress) {
    long at =
        machine.frames.entryAt(machine.machine().truth().host().dtb(), virtualAddress, PTE_LEVEL);
    if (at < 0 || (machine.frames.read(at) & 1) == 0) {
      throw new IllegalStateException("Has no frame: 0x" + Long.toHexString(virtualAddress));
    }
    return at;
  }

  /**
   * Gives a process second tables as kernel address isolation does: the user half as it is, and of
   * the kernel nothing.
   *
   * @return their directory table base
   */
  public long addUserTables(long pid) {
    ProcessTruth process = machine.machine().truth().process(pid);
    long root = machine.frames.newFrame(process.dtb()) << PAGE_SHIFT;
    for (int i = 0; i < USER_ENTRIES; i++) {
      long at = (long) i * Long.BYTES;
      machine.frames.write(root + at, machine.frames.read(process.dtb() + at));
    }
    byte[] base = new byte[Long.BYTES];
    ByteBuffer.wrap(base).order(ByteOrder.LITTLE_ENDIAN).putLong(root);
    StructLayout struct = machine.machine().layout().struct("_EPROCESS");
    machine
        .kernelMemory()
        .write(process.eprocess() + struct.offset("Pcb.UserDirectoryTableBase"), base);
    return root;
  }

  /** What the page of an address holds now. */
  public byte[] page(long virtualAddress) {
    return machine.frames.frame(machine.pfn(pte(virtualAddress))).clone();
  }

  /** Moves a page into a page file. Its entry leads there. */
  public void toPageFile(long virtualAddress, int number) {
    long at = pte(virtualAddress);
    long pfn = machine.pfn(at);
    machine.frames.write(at, machine.pagedOut(pfn, number));
    machine.reuse(pfn);
  }

  /** Gives a page the entry of one that is in the compressed store, which is written elsewhere. */
  public void toStore(long virtualAddress, int storeNumber, long slot) {
    long at = pte(virtualAddress);
    machine.reuse(machine.pfn(at));
    machine.frames.write(at, machine.format.pageFile(storeNumber, slot, READ_WRITE, false));
  }

  /**
   * Leaves a copy of a page in a page file, to which no entry leads, and then overwrites some bytes
   * of the page in RAM.
   */
  public void leaveCopy(long virtualAddress, int length, int number) {
    long pfn = machine.pfn(pte(virtualAddress));
    machine.pagedOut(pfn, number);
    int inPage = (int) virtualAddress & (FrameSource.FRAME - 1);
    Arrays.fill(machine.frames.writable(pfn), inPage, inPage + length, REUSED);
  }
}
