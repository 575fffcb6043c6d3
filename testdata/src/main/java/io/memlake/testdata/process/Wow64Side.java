package io.memlake.testdata.process;

import io.memlake.testdata.layout.KernelIdentity;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.truth.ModuleTruth;
import java.util.ArrayList;
import java.util.List;

/**
 * The 32-bit side of a 32-bit process: PEB32, parameters and loader lists with 4-byte pointers. The
 * kernel's symbols describe only the PEB32; the other offsets are those of the 32-bit system's own
 * structures, which did not change from Windows 7 to 11.
 */
final class Wow64Side {

  private static final int LDR_DATA_SIZE = 0x30;
  private static final int LDR_IN_LOAD_ORDER = 0x0C;
  private static final int LDR_IN_MEMORY_ORDER = 0x14;
  private static final int LDR_IN_INITIALIZATION_ORDER = 0x1C;

  private static final int ENTRY_SIZE = 0xA8;
  private static final int ENTRY_IN_MEMORY_ORDER = 0x08;
  private static final int ENTRY_IN_INITIALIZATION_ORDER = 0x10;
  private static final int ENTRY_DLL_BASE = 0x18;
  private static final int ENTRY_ENTRY_POINT = 0x1C;
  private static final int ENTRY_SIZE_OF_IMAGE = 0x20;
  private static final int ENTRY_FULL_DLL_NAME = 0x24;
  private static final int ENTRY_BASE_DLL_NAME = 0x2C;
  private static final int ENTRY_FLAGS = 0x34;
  private static final int ENTRY_LOAD_COUNT = 0x38;
  private static final int ENTRY_TIME_DATE_STAMP = 0x44;
  private static final int ENTRY_LOAD_TIME_WINDOWS_7 = 0x70;
  private static final int ENTRY_LOAD_TIME = 0x88;

  private static final int PARAMETERS_SIZE = 0x2A4;
  private static final int PARAMETERS_CURRENT_DIRECTORY = 0x24;
  private static final int PARAMETERS_IMAGE_PATH = 0x38;
  private static final int PARAMETERS_COMMAND_LINE = 0x40;
  private static final int PARAMETERS_ENVIRONMENT = 0x48;

  private final Boot boot;
  private final UserMemory memory;
  private final ProcessSpec spec;
  private final AddressSpace space;

  Wow64Side(Boot boot, UserMemory memory, ProcessSpec spec) {
    this.boot = boot;
    this.memory = memory;
    this.spec = spec;
    this.space = memory.space();
  }

  /** Writes PEB32, parameters and loader lists; the PEB32's page must be reserved. */
  List<ModuleTruth> write(
      long peb32,
      List<SharedImage> modules,
      List<Long> loadTimes,
      ProcessEnvironment environment,
      int processors) {
    List<ModuleTruth> entries = new ArrayList<>();
    long loader = writeLoader(modules, loadTimes, entries);
    KernelIdentity id = boot.layout().identity();
    StructLayout layout = boot.struct("_PEB32");
    space.mapRange(peb32, layout.size(), Access.USER_READ_WRITE);
    new Struct(space, peb32, layout)
        .set("ImageBaseAddress", modules.get(0).base())
        .set("Ldr", loader)
        .set("ProcessParameters", writeParameters(environment))
        .set("ProcessHeap", memory.heapStart())
        .set("NumberOfProcessors", processors)
        .set("OSMajorVersion", id.major())
        .set("OSMinorVersion", id.minor())
        .set("OSBuildNumber", id.build())
        .set("OSPlatformId", 2)
        .set("ImageSubsystem", 2)
        .set("SessionId", spec.session.orElse(0));
    return entries;
  }

  private long writeLoader(
      List<SharedImage> modules, List<Long> loadTimes, List<ModuleTruth> truths) {
    long data = memory.heap(LDR_DATA_SIZE);
    space.writeInt(data, LDR_DATA_SIZE);
    space.writeNumber(data + Integer.BYTES, 1, 1);
    List<Long> entries = new ArrayList<>();
    for (int i = 0; i < modules.size(); i++) {
      long entry = memory.heap(ENTRY_SIZE);
      entries.add(entry);
      writeEntry(entry, modules.get(i), loadTimes.get(i));
      truths.add(LoaderList.truth(entry, modules.get(i), loadTimes.get(i)));
    }
    link(data + LDR_IN_LOAD_ORDER, entries, 0);
    link(data + LDR_IN_MEMORY_ORDER, entries, ENTRY_IN_MEMORY_ORDER);
    link(
        data + LDR_IN_INITIALIZATION_ORDER,
        entries.subList(1, entries.size()),
        ENTRY_IN_INITIALIZATION_ORDER);
    return data;
  }

  private void writeEntry(long entry, SharedImage module, long loadTime) {
    String path = module.spec().path();
    String name = module.spec().name();
    long text = memory.text(path);
    space.writeInt(entry + ENTRY_DLL_BASE, module.base());
    space.writeInt(entry + ENTRY_ENTRY_POINT, module.base() + module.entryPoint());
    space.writeInt(entry + ENTRY_SIZE_OF_IMAGE, module.spec().size());
    unicode(entry + ENTRY_FULL_DLL_NAME, path, text);
    unicode(
        entry + ENTRY_BASE_DLL_NAME,
        name,
        text + (long) (path.length() - name.length()) * Character.BYTES);
    space.writeInt(entry + ENTRY_FLAGS, 0xA2CC);
    space.writeNumber(entry + ENTRY_LOAD_COUNT, Short.BYTES, 0xFFFF);
    space.writeInt(entry + ENTRY_TIME_DATE_STAMP, module.timeDateStamp());
    boolean windows7 = boot.layout().identity().major() == 6 && boot.build() < 9200;
    space.writeLong(entry + (windows7 ? ENTRY_LOAD_TIME_WINDOWS_7 : ENTRY_LOAD_TIME), loadTime);
    space.writeInt(entry + ENTRY_IN_INITIALIZATION_ORDER, entry + ENTRY_IN_INITIALIZATION_ORDER);
    space.writeInt(
        entry + ENTRY_IN_INITIALIZATION_ORDER + Integer.BYTES,
        entry + ENTRY_IN_INITIALIZATION_ORDER);
  }

  private void link(long head, List<Long> entries, int offset) {
    LinkedLists.link(
        space, head, entries.stream().map(entry -> entry + offset).toList(), Integer.BYTES);
  }

  private long writeParameters(ProcessEnvironment environment) {
    long address = memory.heap(PARAMETERS_SIZE);
    space.writeInt(address, PARAMETERS_SIZE);
    space.writeInt(address + Integer.BYTES, PARAMETERS_SIZE);
    text(address + PARAMETERS_CURRENT_DIRECTORY, spec.currentDirectory);
    text(address + PARAMETERS_IMAGE_PATH, spec.shownPathOrDefault());
    text(address + PARAMETERS_COMMAND_LINE, spec.commandLineOrDefault());
    String block = ProcessEnvironment.environmentBlock(environment.environment());
    long blockAddress = memory.heap(block.length() * Character.BYTES);
    space.writeUtf16(blockAddress, block);
    space.writeInt(address + PARAMETERS_ENVIRONMENT, blockAddress);
    return address;
  }

  private void text(long at, String text) {
    unicode(at, text, memory.text(text));
  }

  /** {@code _UNICODE_STRING} of a 32-bit system: two lengths and a 4-byte pointer. */
  private void unicode(long at, String text, long buffer) {
    int bytes = text.length() * Character.BYTES;
    space.writeNumber(at, Short.BYTES, bytes);
    space.writeNumber(at + Short.BYTES, Short.BYTES, Math.min(bytes + Character.BYTES, 0xFFFE));
    space.writeInt(at + Integer.BYTES, buffer);
  }
}
