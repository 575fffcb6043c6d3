package io.memlake.testdata.machine;

import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.kernel.KernelImage;
import io.memlake.testdata.layout.KernelIdentity;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.RamMap;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.PoolKind;
import io.memlake.testdata.truth.KernelModuleTruth;
import java.util.List;

/** Variables of the kernel: version, memory, processors, the idle process, and a bit of code. */
final class KernelGlobals {

  private static final int PAGE = 0x1000;
  private static final int FIRST_BUILD_WITH_48_BIT_USER_SPACE = 9600;
  private static final int FREE_BUILD = 0xF0000000;
  private static final int TICK_STEPS = 156_250;
  private static final long INVALID_PTE_MASK = 1L << 45;

  /** How {@code MmProtectToValue} turns the low three bits of a protection into PAGE_ flags. */
  private static final int[] PROTECTIONS = {0x01, 0x02, 0x10, 0x20, 0x04, 0x08, 0x40, 0x80};

  private static final int[] MODIFIERS = {0, 0x200, 0x100, 0x400};

  /** mov rax,[rcx]; sar rax,16; and al,0F0h; ret: how the kernel unpacks a handle's pointer. */
  private static final byte[] UNPACK_HANDLE = {
    0x48, (byte) 0x8B, 0x01, 0x48, (byte) 0xC1, (byte) 0xF8, 0x10, 0x24, (byte) 0xF0, (byte) 0xC3
  };

  private final Boot boot;
  private final KernelImage kernel;
  private final AddressSpace space;

  KernelGlobals(Boot boot) {
    this.boot = boot;
    this.kernel = boot.kernel();
    this.space = boot.space();
  }

  void writeVersion() {
    KernelIdentity id = boot.layout().identity();
    kernel.setInt("NtBuildNumber", FREE_BUILD | id.build());
    String lab = id.build() + "." + id.revision() + ".amd64fre.release.200101-0000";
    space.writeAscii(kernel.address("NtBuildLab"), lab + "\0");
    space.writeAscii(
        kernel.address("NtBuildLabEx"), lab.replace(".200101", ".amd64.200101") + "\0");
    kernel.setInt("CmNtCSDVersion", id.build() < FIRST_BUILD_WITH_48_BIT_USER_SPACE ? 0x100 : 0);
    kernel.setInt("KeTimeIncrement", TICK_STEPS);
    kernel.setLong("KeBootTime", boot.bootTime());
    kernel.setLong("PsNtosImageBase", kernel.base());
    kernel.setLong("KeLoaderBlock", 0);
    if (kernel.has("ObpCaptureHandleInformationEx")) {
      space.write(kernel.address("ObpCaptureHandleInformationEx"), UNPACK_HANDLE);
    }
  }

  void writeMemory() {
    boolean wide = boot.build() >= FIRST_BUILD_WITH_48_BIT_USER_SPACE;
    kernel.setLong("MmUserProbeAddress", wide ? 0x7FFFFFFF0000L : 0x7FFFFFF0000L);
    kernel.setLong("MmHighestUserAddress", wide ? 0x7FFFFFFEFFFFL : 0x7FFFFFEFFFFL);
    kernel.setLong("MmSystemRangeStart", wide ? 0xFFFF800000000000L : 0xFFFF080000000000L);
    for (int i = 0; i < PROTECTIONS.length * MODIFIERS.length; i++) {
      int base = PROTECTIONS[i % PROTECTIONS.length];
      int value = base == 1 ? base : base | MODIFIERS[i / PROTECTIONS.length];
      space.writeInt(kernel.address("MmProtectToValue") + (long) i * Integer.BYTES, value);
    }
    kernel.setLong("MmPfnDatabase", boot.regions().pfnDatabase());
    kernel.setLong("MmPteBase", boot.regions().pteBase());
    kernel.setLong("MmNonPagedPoolStart", boot.regions().nonPagedPool());
    RamMap ram = boot.frames().ram();
    kernel.setLong("MmLowestPhysicalPage", ram.runs().get(0).firstPfn());
    kernel.setLong("MmHighestPhysicalPage", ram.endAddress() / PAGE - 1);
    kernel.setLong("MmPhysicalMemoryBlock", physicalMemoryBlock(ram));
    kernel.setLong("MiInvalidPteMask", INVALID_PTE_MASK);
    if (kernel.has("MiState")) {
      StructLayout hardware = boot.struct("_MI_HARDWARE_STATE");
      if (hardware.has("InvalidPteMask")) {
        long at =
            kernel.address("MiState")
                + boot.struct("_MI_SYSTEM_INFORMATION").offset("Hardware")
                + hardware.offset("InvalidPteMask");
        space.writeLong(at, INVALID_PTE_MASK);
      }
    }
  }

  private long physicalMemoryBlock(RamMap ram) {
    StructLayout layout = boot.struct("_PHYSICAL_MEMORY_DESCRIPTOR");
    StructLayout runLayout = boot.struct("_PHYSICAL_MEMORY_RUN");
    int runs = ram.runs().size();
    long address =
        boot.pool()
            .allocate(PoolKind.NONPAGED, "MmPb", layout.offset("Run") + runs * runLayout.size());
    Struct block = new Struct(space, address, layout);
    block.set("NumberOfRuns", runs).set("NumberOfPages", ram.frameCount());
    long at = block.addressOf("Run");
    for (FrameRun run : ram.runs()) {
      new Struct(space, at, runLayout)
          .set("BasePage", run.firstPfn())
          .set("PageCount", run.count());
      at += runLayout.size();
    }
    return address;
  }

  /** Writes the control regions of the processors. */
  void writeProcessors(int count, long dtb) {
    kernel.setInt("KeNumberProcessors", count);
    StructLayout layout = boot.struct("_KPCR");
    for (int number = 0; number < count; number++) {
      long address;
      if (number == 0 && kernel.has("KiInitialPCR")) {
        address = kernel.address("KiInitialPCR");
      } else {
        address = boot.systemPtes().reserve(layout.size() / PAGE + 1);
        space.mapRange(address, layout.size(), Access.KERNEL_READ_WRITE);
      }
      long prcb = address + layout.offset("Prcb");
      new Struct(space, address, layout)
          .set("Self", address)
          .set("CurrentPrcb", prcb)
          .setIfPresent("KdVersionBlock", number == 0 ? kernel.address("KdVersionBlock") : 0);
      new Struct(space, prcb, boot.struct("_KPRCB"))
          .set("MajorVersion", 1)
          .set("MinorVersion", 1)
          .set("Number", number)
          .set("IdleThread", kernel.address("KiInitialThread"))
          .set("CurrentThread", kernel.address("KiInitialThread"))
          .set("ProcessorState.SpecialRegisters.Cr3", dtb);
      space.writeLong(kernel.address("KiProcessorBlock") + (long) number * Long.BYTES, prcb);
    }
  }

  /** Writes the idle process, which lies in the kernel image and in no list. */
  void writeIdleProcess(long dtb) {
    long process = kernel.address("KiInitialProcess");
    long thread = kernel.address("KiInitialThread");
    Struct idle = new Struct(space, process, boot.struct("_EPROCESS"));
    idle.set("Pcb.Header.Type", 3)
        .set("Pcb.DirectoryTableBase", dtb)
        .setEmptyList("Pcb.ProfileListHead")
        .setEmptyList("ActiveProcessLinks")
        .setEmptyList("ThreadListHead")
        .setEmptyList("Pcb.ThreadListHead");
    space.writeAscii(idle.addressOf("ImageFileName"), "Idle");
    new Struct(space, thread, boot.struct("_ETHREAD"))
        .set("Tcb.Header.Type", 6)
        .set("Tcb.Process", process)
        .set("Tcb.ApcState.Process", process)
        .setEmptyList("ThreadListEntry")
        .setEmptyList("Tcb.ThreadListEntry");
    kernel.setLong("PsIdleProcess", process);
  }

  /**
   * Leaves a module listing in memory, as a program that asked the system for it does
   * (RTL_PROCESS_MODULES: count, then entries of 0x128 bytes with the image base at 0x10 and the
   * path at 0x28). Some readers find the kernel by such leftovers.
   */
  void writeModuleListing(List<KernelModuleTruth> modules) {
    int entrySize = 0x128;
    long at = boot.pool().allocatePages(PoolKind.PAGED, 8 + modules.size() * entrySize);
    space.writeInt(at, modules.size());
    long entry = at + Long.BYTES;
    for (int i = 0; i < modules.size(); i++) {
      KernelModuleTruth module = modules.get(i);
      space.writeLong(entry + 0x10, module.base());
      space.writeInt(entry + 0x18, module.size());
      space.writeNumber(entry + 0x20, Short.BYTES, i);
      space.writeNumber(
          entry + 0x26, Short.BYTES, module.path().length() - (long) module.name().length());
      space.writeAscii(entry + 0x28, module.path());
      entry += entrySize;
    }
  }
}
