package io.memlake.testdata.machine;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.PoolKind;
import io.memlake.testdata.pe.PeImage;
import io.memlake.testdata.pe.PeSection;
import io.memlake.testdata.truth.KernelModuleTruth;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of loaded kernel modules, the kernel first, and the headers of their images. Of an image
 * only headers and the debug record are resident.
 */
final class KernelModules {

  private static final int PAGE = 0x1000;
  private static final long GRANULARITY = 0x10000;
  private static final int LOADED_DRIVER = 0x09004000;

  private static final int FIRST_BUILD_WITH_KNOWN_TCPIP = 17763;

  private final Boot boot;
  private final boolean known;
  private final List<KernelModuleTruth> modules = new ArrayList<>();
  private long nextBase;

  private KernelModules(Boot boot, boolean known) {
    this.boot = boot;
    this.known = known && boot.build() >= FIRST_BUILD_WITH_KNOWN_TCPIP && boot.build() != 18362;
    this.nextBase = boot.regions().driverBase();
  }

  /**
   * Loads modules.
   *
   * @param known whether tcpip.sys shall be one whose symbols are known
   */
  static List<KernelModuleTruth> write(Boot boot, List<KernelModuleSpec> specs, boolean known) {
    KernelModules kernelModules = new KernelModules(boot, known);
    kernelModules.add(
        new KernelModuleSpec(
            "ntoskrnl.exe", "\\SystemRoot\\system32\\ntoskrnl.exe", boot.kernel().size()),
        boot.kernel().base(),
        boot.kernel().entryPoint());
    for (KernelModuleSpec spec : specs) {
      kernelModules.load(spec);
    }
    kernelModules.link();
    return kernelModules.modules;
  }

  private void load(KernelModuleSpec spec) {
    long base = nextBase;
    nextBase += (spec.size() + GRANULARITY - 1 & -GRANULARITY) + GRANULARITY;
    byte[] guid = new byte[16];
    boot.random().nextBytes(guid);
    if (known && spec.name().equals("tcpip.sys")) {
      guid = KernelLayout.bundled(boot.build(), "tcpip").identity().guidBytes();
    }
    int stamp = 0x50000000 + boot.random().nextInt(0x10000000);
    int data = spec.size() / 2 & -PAGE;
    PeImage pe =
        PeImage.x64(spec.size(), stamp, true)
            .subsystem(1)
            .entryPoint(PAGE + 0x40)
            .section(new PeSection(".text", PAGE, data - PAGE, PeSection.CODE))
            .section(new PeSection(".rdata", data, PAGE, PeSection.READ_ONLY))
            .section(new PeSection(".data", data + PAGE, spec.size() - data - PAGE, PeSection.DATA))
            .debugRecord(data, guid, 1, spec.name().replaceFirst("\\.[^.]*$", "") + ".pdb");
    pe.parts(base)
        .forEach(
            (rva, bytes) -> {
              boot.space().mapRange(base + rva, bytes.length, Access.KERNEL_READ_WRITE);
              boot.space().write(base + rva, bytes);
            });
    add(spec, base, base + PAGE + 0x40);
  }

  private void add(KernelModuleSpec spec, long base, long entryPoint) {
    StructLayout layout = entryLayout();
    long address = boot.pool().allocate(PoolKind.NONPAGED, "MmLd", layout.size());
    Struct entry = new Struct(boot.space(), address, layout);
    entry
        .set("DllBase", base)
        .set("EntryPoint", entryPoint)
        .set("SizeOfImage", spec.size())
        .set("Flags", LOADED_DRIVER)
        .set(layout.firstOf("LoadCount", "ObsoleteLoadCount"), 1);
    boot.pool().setText(entry, "FullDllName", "MmLn", spec.path());
    boot.pool().setText(entry, "BaseDllName", "MmLn", spec.name());
    modules.add(new KernelModuleTruth(address, base, spec.size(), spec.name(), spec.path()));
  }

  private StructLayout entryLayout() {
    return boot.layout().hasStruct("_KLDR_DATA_TABLE_ENTRY")
        ? boot.struct("_KLDR_DATA_TABLE_ENTRY")
        : boot.struct("_LDR_DATA_TABLE_ENTRY");
  }

  private void link() {
    int offset = entryLayout().offset("InLoadOrderLinks");
    LinkedLists.link(
        boot.space(),
        boot.kernel().address("PsLoadedModuleList"),
        modules.stream().map(module -> module.entry() + offset).toList());
  }
}
