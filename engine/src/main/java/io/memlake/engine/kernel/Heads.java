package io.memlake.engine.kernel;

import io.memlake.engine.image.ImageHints;
import io.memlake.engine.symbols.SymbolTable;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the kernel's lists begin. Symbols come first, since they were tested on the image; then the
 * debugger block, then the container's header.
 *
 * @param activeProcessHead virtual address of {@code PsActiveProcessHead}, 0 when unknown
 * @param loadedModuleList virtual address of {@code PsLoadedModuleList}, 0 when unknown
 * @param debuggerData virtual address of {@code KdDebuggerDataBlock}, 0 when unknown
 */
record Heads(long activeProcessHead, long loadedModuleList, long debuggerData) {

  static Heads of(
      KernelImage kernel,
      Optional<SymbolTable> symbols,
      Optional<DebuggerData> block,
      ImageHints hints) {
    return new Heads(
        first(
            kernel,
            symbols,
            "PsActiveProcessHead",
            block.map(DebuggerData::psActiveProcessHead),
            hints.number(ImageHints.PS_ACTIVE_PROCESS_HEAD)),
        first(
            kernel,
            symbols,
            "PsLoadedModuleList",
            block.map(DebuggerData::psLoadedModuleList),
            hints.number(ImageHints.PS_LOADED_MODULE_LIST)),
        first(
            kernel,
            symbols,
            "KdDebuggerDataBlock",
            block.map(DebuggerData::virtualAddress),
            hints.number(ImageHints.KDBG)));
  }

  private static long first(
      KernelImage kernel,
      Optional<SymbolTable> symbols,
      String name,
      Optional<Long> block,
      OptionalLong hint) {
    OptionalLong rva = symbols.isPresent() ? symbols.get().findSymbol(name) : OptionalLong.empty();
    if (rva.isPresent()) {
      return kernel.base() + rva.getAsLong();
    }
    return block.filter(address -> address != 0).orElse(hint.orElse(0));
  }
}
