package io.memlake.engine.objects.module;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.Peb;
import io.memlake.engine.objects.process.ProcessReader;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.Optional;

/** Reads the loader lists of processes. Layouts are resolved once for a machine. */
public final class ModuleReader {
  private final ProcessReader processes;
  private final LoaderLayout layout;

  private ModuleReader(ProcessReader processes, LoaderLayout layout) {
    this.processes = processes;
    this.layout = layout;
  }

  /**
   * Resolves the layouts.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the loader
   */
  public static ModuleReader of(ProcessReader processes) {
    return new ModuleReader(processes, LoaderLayout.resolve(processes.machine().symbols()));
  }

  /** The lists of the process's own loader: 64-bit modules. */
  public LoaderLists modules(Eprocess process, AddressSpace space) throws IOException {
    Optional<Peb> peb = processes.peb(process, space);
    return peb.isEmpty() ? LoaderLists.NONE : LoaderLists.read(space, peb.get().ldr(), layout);
  }

  /** The lists of the 32-bit loader that runs inside a 32-bit process. */
  public LoaderLists modules32(Eprocess process, AddressSpace space) throws IOException {
    long peb = process.wow64Process() == 0 ? 0 : processes.peb32(process);
    byte[] ldr = new byte[Integer.BYTES];
    if (peb == 0 || !space.read(peb + LoaderLayout.PEB32_LDR, ldr, 0, Integer.BYTES)) {
      return LoaderLists.NONE;
    }
    return LoaderLists.read(space, LittleEndian.u32(ldr, 0), LoaderLayout.BITS_32);
  }
}
