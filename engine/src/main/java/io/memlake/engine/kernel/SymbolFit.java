package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tests on the image whether symbols belong to the kernel that runs in it: what they call a list
 * head must be one, what they call the System process must have its name. A place that is absent or
 * zero tests nothing, so that gaps count neither for nor against.
 */
final class SymbolFit {
  private static final int LOADER_ENTRY_DLL_BASE = 0x30;
  private static final int LOADER_ENTRY_DLL_BASE_32 = 0x18;
  private static final int NAME_BYTES = 8;
  private static final long SYSTEM_NAME = 0x0000_6D65_7473_7953L;
  private static final long SYSTEM_PID = 4;

  private final AddressSpace space;
  private final long kernelBase;
  private final Optional<DebuggerData> foundBlock;

  /**
   * Tests against one kernel.
   *
   * @param foundBlock a plain debugger block that was found without symbols
   */
  SymbolFit(AddressSpace space, long kernelBase, Optional<DebuggerData> foundBlock) {
    this.space = space;
    this.kernelBase = kernelBase;
    this.foundBlock = foundBlock;
  }

  Agreement of(SymbolTable symbols) throws IOException {
    KernelMemory memory = new KernelMemory(space, kernelBase, symbols);
    Agreement result = debuggerData(symbols);
    result = result.plus(buildNumber(memory));
    result = result.plus(systemProcess(memory, symbols));
    result = result.plus(processList(memory));
    return result.plus(moduleList(memory));
  }

  private Agreement debuggerData(SymbolTable symbols) throws IOException {
    Optional<DebuggerData> block = foundBlock;
    if (block.isEmpty()) {
      block = DebuggerData.find(space, kernelBase, symbols);
    }
    if (block.isEmpty()) {
      return Agreement.NONE;
    }
    return block.get().agreement(kernelBase, symbols).plus(block.get().kernBase() == kernelBase);
  }

  private static Agreement buildNumber(KernelMemory memory) throws IOException {
    OptionalLong number = memory.u32("NtBuildNumber");
    if (number.isEmpty() || number.getAsLong() == 0) {
      return Agreement.NONE;
    }
    return Agreement.NONE.plus(Versions.isNtBuildNumber(number.getAsLong()));
  }

  private Agreement systemProcess(KernelMemory memory, SymbolTable symbols) throws IOException {
    OptionalLong process = memory.pointer("PsInitialSystemProcess");
    Optional<StructType> layout = symbols.findStruct("_EPROCESS");
    if (process.isEmpty() || process.getAsLong() == 0 || layout.isEmpty()) {
      return Agreement.NONE;
    }
    Optional<FieldType> name = layout.get().find("ImageFileName");
    Optional<FieldType> pid = layout.get().find("UniqueProcessId");
    if (name.isEmpty() || pid.isEmpty()) {
      return Agreement.NONE;
    }
    byte[] bytes = new byte[NAME_BYTES];
    Agreement result = Agreement.NONE;
    if (space.read(process.getAsLong() + name.get().offset(), bytes, 0, NAME_BYTES)) {
      result = result.plus(LittleEndian.i64(bytes, 0) == SYSTEM_NAME);
    }
    OptionalLong number = memory.pointer(process.getAsLong() + pid.get().offset());
    if (number.isPresent()) {
      result = result.plus(number.getAsLong() == SYSTEM_PID);
    }
    return result;
  }

  private Agreement processList(KernelMemory memory) throws IOException {
    OptionalLong head = memory.addressOf("PsActiveProcessHead");
    OptionalLong first = memory.pointer("PsActiveProcessHead");
    if (first.isEmpty() || first.getAsLong() == 0) {
      return Agreement.NONE;
    }
    OptionalLong back = memory.pointer(first.getAsLong() + space.pointerSize());
    return back.isEmpty() && space.isKernel(first.getAsLong())
        ? Agreement.NONE
        : Agreement.NONE.plus(back.equals(head));
  }

  private Agreement moduleList(KernelMemory memory) throws IOException {
    OptionalLong first = memory.pointer("PsLoadedModuleList");
    if (first.isEmpty() || first.getAsLong() == 0) {
      return Agreement.NONE;
    }
    int dllBase =
        space.pointerSize() == Long.BYTES ? LOADER_ENTRY_DLL_BASE : LOADER_ENTRY_DLL_BASE_32;
    OptionalLong base = memory.pointer(first.getAsLong() + dllBase);
    return base.isEmpty() ? Agreement.NONE : Agreement.NONE.plus(base.getAsLong() == kernelBase);
  }
}
