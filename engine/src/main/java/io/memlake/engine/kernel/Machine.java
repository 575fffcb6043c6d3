package io.memlake.engine.kernel;

import io.memlake.engine.image.Evidence;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.AddressSpaces;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.physical.CachedPhysicalMemory;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.SymbolStore;
import io.memlake.engine.symbols.SymbolTable;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An opened Windows: its frames, its symbols, its address spaces. Everything above starts here.
 *
 * <p>One instance belongs to one thread.
 */
public final class Machine implements Closeable {
  private static final int CACHED_PAGES = 4096;

  /** Spaces kept open: each remembers translations, and walks alternate between few. */
  private static final int MAXIMUM_SPACES = 16;

  private final MachineDescription description;
  private final PhysicalMemory memory;
  private final SymbolTable symbols;
  private final PteLayout pteLayout;
  private final AddressSpace kernelSpace;
  private final Map<Long, AddressSpace> spaces =
      new LinkedHashMap<>(MAXIMUM_SPACES * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, AddressSpace> eldest) {
          return size() > MAXIMUM_SPACES;
        }
      };

  private Machine(MachineDescription description, PhysicalMemory memory, SymbolTable symbols) {
    this.description = description;
    this.memory = memory;
    this.symbols = symbols;
    this.pteLayout = PteLayout.x64(0).forBuild(description.version().build());
    this.kernelSpace = space(description.dtb());
  }

  /**
   * Opens what discovery described.
   *
   * @param symbols the store that discovery used, or one with the same content
   * @throws IOException when the description has a {@link MachineDescription#problem()}, the store
   *     no longer has the symbols, or the medium fails
   */
  public static Machine open(MachineDescription description, Evidence evidence, SymbolStore symbols)
      throws IOException {
    Optional<String> problem = description.problem();
    if (problem.isPresent()) {
      throw new IOException(problem.get());
    }
    Optional<SymbolTable> table =
        description.symbolMatch() == SymbolMatch.FORCED
            ? symbols.forced()
            : symbols.find(description.pdb());
    if (table.isEmpty()) {
      throw new IOException(
          "No symbols for "
              + description.pdb().name()
              + " "
              + description.pdb().key()
              + " any more; the machine was discovered with "
              + description.symbolSource());
    }
    PhysicalMemory memory =
        CachedPhysicalMemory.wrap(description.image().open(evidence), CACHED_PAGES);
    return new Machine(description, memory, table.get());
  }

  /** What discovery found. */
  public MachineDescription description() {
    return description;
  }

  /** The frames of the machine, behind a small cache. */
  public PhysicalMemory memory() {
    return memory;
  }

  /** The layouts and symbols of its kernel. */
  public SymbolTable symbols() {
    return symbols;
  }

  /** The kernel's address space. */
  public AddressSpace kernelSpace() {
    return kernelSpace;
  }

  /**
   * The address space behind a directory table base; a few are kept open, so that alternating
   * between processes costs nothing.
   */
  public AddressSpace space(long dtb) {
    return spaces.computeIfAbsent(
        dtb, base -> AddressSpaces.x64(memory, base, pteLayout, PagedOutPages.NONE));
  }

  /** Virtual address of a kernel symbol; empty when the symbols do not know it. */
  public OptionalLong addressOf(String symbol) {
    OptionalLong rva = symbols.findSymbol(symbol);
    return rva.isPresent() ? OptionalLong.of(description.kernelBase() + rva.getAsLong()) : rva;
  }

  @Override
  public void close() throws IOException {
    memory.close();
  }
}
