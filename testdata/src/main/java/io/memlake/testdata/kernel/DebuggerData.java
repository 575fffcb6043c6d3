package io.memlake.testdata.kernel;

import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/**
 * The debugger data block {@code KdDebuggerDataBlock} (KDDEBUGGER_DATA64 of the debugger's header
 * {@code wdbgexts.h}) and the version block that leads to it.
 *
 * <p>On x64 from Windows 8 on, the block lies encoded in memory: each 8 bytes are exclusive-ored
 * with {@code KiWaitAlways}, byte-swapped, exclusive-ored with the address of {@code
 * KdpDataBlockEncoded}, rotated right by {@code KiWaitNever} and exclusive-ored with it.
 */
public final class DebuggerData {

  private static final int OWNER_TAG = 0x10;
  private static final int SIZE = 0x14;
  private static final int KERNEL_BASE = 0x18;
  private static final int PTE_BASE = 0x360;
  private static final int FIRST_ENCODED_BUILD = 9200;

  /** Offsets of the fields that hold addresses of kernel symbols. */
  private static final Map<Integer, String> ADDRESSES = addresses();

  private final KernelImage kernel;

  private DebuggerData(KernelImage kernel) {
    this.kernel = kernel;
  }

  /**
   * Writes the version block and the debugger data block.
   *
   * @param waitNever value of {@code KiWaitNever}
   * @param waitAlways value of {@code KiWaitAlways}
   * @param pteBase where the self-map shows page-table entries
   * @param plain whether the block is left readable where this system would encode it
   */
  public static void write(
      KernelImage kernel, long waitNever, long waitAlways, long pteBase, boolean plain) {
    DebuggerData data = new DebuggerData(kernel);
    kernel.setLong("KiWaitNever", waitNever);
    kernel.setLong("KiWaitAlways", waitAlways);
    data.writeVersionBlock();
    byte[] block = data.block(pteBase);
    if (kernel.layout().build() >= FIRST_ENCODED_BUILD && !plain) {
      long flag = kernel.address("KdpDataBlockEncoded");
      kernel.space().writeNumber(flag, 1, 1);
      block = encode(block, flag, waitNever, waitAlways);
    }
    kernel.space().write(kernel.address("KdDebuggerDataBlock"), block);
  }

  private void writeVersionBlock() {
    AddressSpace space = kernel.space();
    long listHead = kernel.address("KdpDebuggerDataListHead");
    long block = kernel.address("KdDebuggerDataBlock");
    space.writeLong(listHead, block);
    space.writeLong(listHead + Long.BYTES, block);
    new Struct(
            space, kernel.address("KdVersionBlock"), kernel.layout().struct("_DBGKD_GET_VERSION64"))
        .set("MajorVersion", 0xF)
        .set("MinorVersion", kernel.layout().build())
        .set("ProtocolVersion", 6)
        .set("Flags", 0x47)
        .set("MachineType", 0x8664)
        .set("KernBase", kernel.base())
        .set("PsLoadedModuleList", kernel.address("PsLoadedModuleList"))
        .set("DebuggerDataList", listHead);
  }

  private byte[] block(long pteBase) {
    int size = size(kernel.layout().build());
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    long listHead = kernel.address("KdpDebuggerDataListHead");
    out.putLong(0, listHead).putLong(Long.BYTES, listHead);
    out.put(OWNER_TAG, new byte[] {'K', 'D', 'B', 'G'}).putInt(SIZE, size);
    out.putLong(KERNEL_BASE, kernel.base());
    ADDRESSES.forEach(
        (offset, symbol) -> {
          if (kernel.has(symbol)) {
            out.putLong(offset, kernel.address(symbol));
          }
        });
    out.putLong(0x138, 0x1000);
    structFacts(out);
    if (size > PTE_BASE) {
      out.putLong(PTE_BASE, pteBase);
    }
    return out.array();
  }

  private void structFacts(ByteBuffer out) {
    put(out, 0x29A, "_ETHREAD", "Tcb.Teb");
    put(out, 0x29C, "_ETHREAD", "Tcb.KernelStack");
    put(out, 0x29E, "_ETHREAD", "Tcb.InitialStack");
    put(out, 0x2A0, "_ETHREAD", "Tcb.ApcState.Process");
    put(out, 0x2A2, "_ETHREAD", "Tcb.State");
    out.putShort(0x2A8, (short) kernel.layout().struct("_EPROCESS").size());
    put(out, 0x2AA, "_EPROCESS", "Peb");
    put(out, 0x2AC, "_EPROCESS", "InheritedFromUniqueProcessId");
    put(out, 0x2AE, "_EPROCESS", "Pcb.DirectoryTableBase");
    out.putShort(0x2B0, (short) kernel.layout().struct("_KPRCB").size());
    put(out, 0x2B4, "_KPRCB", "CurrentThread");
    put(out, 0x2BE, "_KPRCB", "Number");
    out.putShort(0x2C0, (short) kernel.layout().struct("_ETHREAD").size());
    out.putShort(0x2E0, (short) kernel.layout().struct("_KPCR").size());
  }

  private void put(ByteBuffer out, int offset, String struct, String field) {
    out.putShort(offset, (short) kernel.layout().struct(struct).offset(field));
  }

  /** The block grew with the system; sizes as seen in crash dumps of these lines. */
  private static int size(int build) {
    if (build < FIRST_ENCODED_BUILD) {
      return 0x340;
    }
    return build < 14393 ? 0x360 : build < 17763 ? 0x368 : 0x380;
  }

  private static byte[] encode(byte[] block, long flag, long waitNever, long waitAlways) {
    ByteBuffer plain = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out = ByteBuffer.allocate(block.length).order(ByteOrder.LITTLE_ENDIAN);
    while (plain.hasRemaining()) {
      long swapped = Long.reverseBytes(plain.getLong() ^ waitAlways) ^ flag;
      out.putLong(Long.rotateRight(swapped, (int) waitNever & 0xFF) ^ waitNever);
    }
    return out.array();
  }

  private static Map<Integer, String> addresses() {
    Map<Integer, String> map = new TreeMap<>();
    map.put(0x48, "PsLoadedModuleList");
    map.put(0x50, "PsActiveProcessHead");
    map.put(0x58, "PspCidTable");
    map.put(0x60, "ExpSystemResourcesList");
    map.put(0x68, "ExpPagedPoolDescriptor");
    map.put(0x70, "ExpNumberOfPagedPools");
    map.put(0x78, "KeTimeIncrement");
    map.put(0x80, "KeBugcheckCallbackListHead");
    map.put(0x88, "KiBugcheckData");
    map.put(0x90, "IopErrorLogListHead");
    map.put(0x98, "ObpRootDirectoryObject");
    map.put(0xA0, "ObpTypeObjectType");
    map.put(0xB8, "MmSystemCacheWs");
    map.put(0xC0, "MmPfnDatabase");
    map.put(0xD8, "MmSubsectionBase");
    map.put(0xE0, "MmNumberOfPagingFiles");
    map.put(0xE8, "MmLowestPhysicalPage");
    map.put(0xF0, "MmHighestPhysicalPage");
    map.put(0x100, "MmMaximumNonPagedPoolInBytes");
    map.put(0x110, "MmNonPagedPoolStart");
    map.put(0x128, "MmPagedPoolEnd");
    map.put(0x140, "MmSizeOfPagedPoolInBytes");
    map.put(0x148, "MmTotalCommitLimit");
    map.put(0x150, "MmTotalCommittedPages");
    map.put(0x158, "MmSharedCommit");
    map.put(0x160, "MmDriverCommit");
    map.put(0x168, "MmProcessCommit");
    map.put(0x170, "MmPagedPoolCommit");
    map.put(0x180, "MmZeroedPageListHead");
    map.put(0x188, "MmFreePageListHead");
    map.put(0x190, "MmStandbyPageListHead");
    map.put(0x198, "MmModifiedPageListHead");
    map.put(0x1A0, "MmModifiedNoWritePageListHead");
    map.put(0x1A8, "MmAvailablePages");
    map.put(0x1B0, "MmResidentAvailablePages");
    map.put(0x1B8, "PoolTrackTable");
    map.put(0x1C0, "NonPagedPoolDescriptor");
    map.put(0x1C8, "MmHighestUserAddress");
    map.put(0x1D0, "MmSystemRangeStart");
    map.put(0x1D8, "MmUserProbeAddress");
    map.put(0x200, "MmLoadedUserImageList");
    map.put(0x208, "NtBuildLab");
    map.put(0x210, "KiSystemCall64");
    map.put(0x218, "KiProcessorBlock");
    map.put(0x220, "MmUnloadedDrivers");
    map.put(0x228, "MmLastUnloadedDriver");
    map.put(0x268, "CmNtCSDVersion");
    map.put(0x270, "MmPhysicalMemoryBlock");
    map.put(0x2D8, "KeLoaderBlock");
    map.put(0x308, "IopNumTriageDumpDataBlocks");
    map.put(0x310, "IopTriageDumpDataBlocks");
    map.put(0x320, "MmBadPagesDetected");
    return map;
  }
}
