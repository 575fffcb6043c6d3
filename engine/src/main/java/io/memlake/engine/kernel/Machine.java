package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.kernel.calibration.CalibratedSymbols;
import io.memlake.engine.kernel.calibration.Calibration;
import io.memlake.engine.paging.AddressSpaces;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.physical.CachedPhysicalMemory;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.physical.SparedPhysicalMemory;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.PteLayouts;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.store.SymbolStore;
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
  private final PagedOutPages pagedOut;
  private final DtbOwners owners;
  private final SymbolStore store;
  private final Closeable pagedOutSources;
  private final PagedAddressSpace kernelSpace;
  private final Map<Long, PagedAddressSpace> spaces =
      new LinkedHashMap<>(MAXIMUM_SPACES * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, PagedAddressSpace> eldest) {
          return size() > MAXIMUM_SPACES;
        }
      };

  private Machine(
      MachineDescription description,
      PhysicalMemory memory,
      SymbolTable symbols,
      PteLayout pteLayout,
      PagedOutPages pagedOut,
      Closeable pagedOutSources,
      DtbOwners owners,
      SymbolStore store) {
    this.description = description;
    this.memory = memory;
    this.symbols = symbols;
    this.pteLayout = pteLayout;
    this.pagedOut = pagedOut;
    this.pagedOutSources = pagedOutSources;
    this.owners = owners;
    this.store = store;
    this.kernelSpace =
        AddressSpaces.open(description.mode(), memory, description.dtb(), pteLayout, pagedOut);
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
    Optional<SymbolTable> table = symbols(description, symbols);
    if (table.isEmpty()) {
      throw new IOException(
          "The symbols with which "
              + description.image().files().get(0)
              + " was discovered are gone: "
              + description.symbolSource());
    }
    PhysicalMemory memory =
        CachedPhysicalMemory.wrap(
            SparedPhysicalMemory.wrap(description.image().open(evidence)), CACHED_PAGES);
    try {
      return new Machine(
          description,
          memory,
          table.get(),
          pteLayout(description, memory, table.get()),
          PagedOutPages.NONE,
          () -> {},
          new DtbOwners(),
          symbols);
    } catch (IOException | RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  private static Optional<SymbolTable> symbols(MachineDescription description, SymbolStore store)
      throws IOException {
    return switch (description.symbolMatch()) {
      case FORCED -> store.forced();
      case NEAREST -> store.nearest(description.version().build(), -1);
      case CALIBRATED -> calibrated(description, store);
      default -> store.find(description.pdb());
    };
  }

  private static Optional<SymbolTable> calibrated(MachineDescription description, SymbolStore store)
      throws IOException {
    Calibration calibration = description.calibrated().orElseThrow();
    int build = description.version().build();
    Optional<SymbolTable> prior = store.nearest(build, -1);
    if (prior.isEmpty()) {
      prior = store.similar(build);
    }
    return prior
        .filter(guess -> guess.source().equals(calibration.prior()))
        .map(guess -> new CalibratedSymbols(guess, calibration, description.pdb()));
  }

  /** The kernel's own positions of bits, with the mask that its processor makes it apply. */
  private static PteLayout pteLayout(
      MachineDescription description, PhysicalMemory memory, SymbolTable symbols)
      throws IOException {
    if (description.calibrated().isPresent()) {
      return calibratedEntries(description, symbols);
    }
    PteLayout unmasked = PteLayouts.resolve(symbols, description.mode(), 0);
    PagedAddressSpace space =
        AddressSpaces.open(
            description.mode(), memory, description.dtb(), unmasked, PagedOutPages.NONE);
    long mask = 0;
    OptionalLong at = invalidPteMask(symbols);
    byte[] bytes = new byte[Long.BYTES];
    if (at.isPresent()
        && space.read(description.kernelBase() + at.getAsLong(), bytes, 0, Long.BYTES)) {
      mask = LittleEndian.i64(bytes, 0);
    }
    return unmasked.withInvalidPteMask(mask).forBuild(description.version().build());
  }

  /** Entries as the image shows them; the guess where it shows too few. */
  private static PteLayout calibratedEntries(MachineDescription description, SymbolTable symbols) {
    Calibration calibration = description.calibrated().orElseThrow();
    PteLayout guess = PteLayouts.resolve(symbols, calibration.invalidPteMask());
    if (calibration.swizzles() != null) {
      guess =
          calibration.swizzles()
              ? PteLayout.x64(calibration.invalidPteMask())
              : PteLayout.x64BeforeSwizzle();
    }
    return guess.forBuild(description.version().build());
  }

  /** Offset of {@code InvalidPteMask} from the kernel's base, under its old and its new name. */
  private static OptionalLong invalidPteMask(SymbolTable symbols) {
    OptionalLong variable = symbols.findSymbol("MiInvalidPteMask");
    OptionalLong state = symbols.findSymbol("MiState");
    if (variable.isPresent() || state.isEmpty()) {
      return variable;
    }
    Optional<Integer> member =
        symbols
            .findStruct("_MI_SYSTEM_INFORMATION")
            .flatMap(type -> type.find("Hardware.InvalidPteMask"))
            .map(FieldType::offset);
    return member.isPresent()
        ? OptionalLong.of(state.getAsLong() + member.get())
        : OptionalLong.empty();
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

  /** Where this kernel keeps its facts in page-table entries. */
  public PteLayout pteLayout() {
    return pteLayout;
  }

  /** The kernel's address space. */
  public PagedAddressSpace kernelSpace() {
    return kernelSpace;
  }

  /**
   * The same machine with the pages that left RAM. Both share frames and known owners; closing
   * either closes the frames.
   *
   * @param pages asked by all spaces of the new machine; the caller closes what it reads from
   */
  public Machine withPagedOut(PagedOutPages pages) {
    return withPagedOut(pages, () -> {});
  }

  /**
   * Like {@link #withPagedOut(PagedOutPages)}, for a machine that owns what its pages are read
   * from.
   *
   * @param sources closed with the new machine
   */
  public Machine withPagedOut(PagedOutPages pages, Closeable sources) {
    return new Machine(description, memory, symbols, pteLayout, pages, sources, owners, store);
  }

  /** Which process each directory table base belongs to, as far as processes were met. */
  public DtbOwners owners() {
    return owners;
  }

  /**
   * The address space behind a directory table base; a few are kept open, so that alternating
   * between processes costs nothing.
   */
  public PagedAddressSpace space(long dtb) {
    if (dtb == kernelSpace.dtb()) {
      return kernelSpace;
    }
    return spaces.computeIfAbsent(dtb, this::openSpace);
  }

  private PagedAddressSpace openSpace(long dtb) {
    PagedAddressSpace space =
        AddressSpaces.open(description.mode(), memory, dtb, pteLayout, pagedOut);
    space.seeKernelThrough(kernelSpace, description.kernelBase());
    return space;
  }

  /** Virtual address of a kernel symbol; empty when the symbols do not know it. */
  public OptionalLong addressOf(String symbol) {
    OptionalLong rva = symbols.findSymbol(symbol);
    return rva.isPresent() ? OptionalLong.of(description.kernelBase() + rva.getAsLong()) : rva;
  }

  /** Reads the kernel's variables. */
  public KernelMemory kernelMemory() {
    return new KernelMemory(kernelSpace, description.kernelBase(), symbols);
  }

  /**
   * The symbols of another binary of this machine, for instance of tcpip.sys; empty when no source
   * knows them.
   *
   * @throws IOException when the table inside the program cannot be read
   */
  public Optional<SymbolTable> symbolsOf(PdbId pdb) throws IOException {
    return store.find(pdb);
  }

  @Override
  public void close() throws IOException {
    try {
      pagedOutSources.close();
    } finally {
      memory.close();
    }
  }
}
