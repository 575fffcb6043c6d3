package io.memlake.engine.kernel;

import io.memlake.engine.image.ImageHints;
import io.memlake.engine.paging.PagingMode;
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
      PagingMode mode,
      Optional<SymbolTable> symbols,
      Optional<DebuggerData> block,
      ImageHints hints) {
    return new Heads(
        first(
            kernel,
            symbols,
            "PsActiveProcessHead",
            block.map(DebuggerData::psActiveProcessHead),
            mode.normalize(hints.number(ImageHints.PS_ACTIVE_PROCESS_HEAD).orElse(0))),
        first(
            kernel,
            symbols,
            "PsLoadedModuleList",
            block.map(DebuggerData::psLoadedModuleList),
            mode.normalize(hints.number(ImageHints.PS_LOADED_MODULE_LIST).orElse(0))),
        first(
            kernel,
            symbols,
            "KdDebuggerDataBlock",
            block.map(DebuggerData::virtualAddress),
            mode.normalize(hints.number(ImageHints.KDBG).orElse(0))));
  }

  private static long first(
      KernelImage kernel,
      Optional<SymbolTable> symbols,
      String name,
      Optional<Long> block,
      long hint) {
    OptionalLong rva = symbols.isPresent() ? symbols.get().findSymbol(name) : OptionalLong.empty();
    if (rva.isPresent()) {
      return kernel.base() + rva.getAsLong();
    }
    return block.filter(address -> address != 0).orElse(hint);
  }
}
