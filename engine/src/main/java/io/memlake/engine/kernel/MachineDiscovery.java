package io.memlake.engine.kernel;

import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.kernel.calibration.CalibratedSymbols;
import io.memlake.engine.kernel.calibration.Calibration;
import io.memlake.engine.kernel.calibration.Calibrator;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.AddressSpaces;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.physical.CachedPhysicalMemory;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.physical.SparedPhysicalMemory;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the Windows in an image. The only entry point of the search. */
public final class MachineDiscovery {
  private static final int CACHED_PAGES = 4096;
  private static final int PROCESS_DTB_OFFSET = 0x28;
  private static final int PROCESS_DTB_OFFSET_32 = 0x18;
  private static final long MACHINE_X86 = 0x14C;

  private final ImageIndex image;
  private final PhysicalMemory memory;
  private final SymbolStore store;
  private final List<LocatorVote> votes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private MachineDiscovery(ImageIndex image, PhysicalMemory memory, SymbolStore store) {
    this.image = image;
    this.memory = memory;
    this.store = store;
  }

  /**
   * Searches page tables, kernel, symbols and version. Finding nothing is an answer too: the
   * description then says in {@link MachineDescription#problem()} what was tried.
   *
   * @throws IOException when the medium or a symbol file fails
   */
  public static MachineDescription discover(
      ImageIndex image, Evidence evidence, SymbolStore symbols, DiscoverySettings settings)
      throws IOException {
    try (PhysicalMemory memory =
        CachedPhysicalMemory.wrap(SparedPhysicalMemory.wrap(image.open(evidence)), CACHED_PAGES)) {
      return new MachineDiscovery(image, memory, symbols).run(settings);
    }
  }

  private MachineDescription run(DiscoverySettings settings) throws IOException {
    DtbCandidates.Outcome outcome = search(settings);
    votes.addAll(outcome.votes());
    if (outcome.opened().isEmpty()) {
      // What the image is instead comes before what it is not.
      FiveLevels.in(memory, image.hints()).ifPresent(found -> votes.add(0, found));
      return nothing();
    }
    DtbCandidates.Opened opened = outcome.opened().get();
    if (opened.kernel().kernel().isEmpty()) {
      return withoutKernel(opened);
    }
    return withKernel(opened, opened.kernel().kernel().get());
  }

  /** 64-bit Windows first, unless the header says that it is none; then the other one. */
  private DtbCandidates.Outcome search(DiscoverySettings settings) throws IOException {
    ImageHints hints = image.hints();
    boolean narrowFirst = hints.number(ImageHints.MACHINE).orElse(0) == MACHINE_X86;
    DtbCandidates.Outcome first =
        narrowFirst
            ? NarrowDtbSearch.in(memory, hints, settings)
            : DtbSearch.in(memory, hints, settings);
    if (first.foundKernel()) {
      return first;
    }
    DtbCandidates.Outcome second =
        narrowFirst
            ? DtbSearch.in(memory, hints, settings)
            : NarrowDtbSearch.in(memory, hints, settings);
    boolean better = second.foundKernel() || first.opened().isEmpty();
    List<LocatorVote> all = new ArrayList<>(first.votes());
    all.addAll(second.votes());
    return new DtbCandidates.Outcome(better ? second.opened() : first.opened(), all);
  }

  private MachineDescription nothing() {
    return new MachineDescription(
        image,
        null,
        0,
        0,
        0,
        null,
        SymbolMatch.NONE,
        "",
        SystemVersion.UNKNOWN,
        0,
        0,
        0,
        votes,
        notes,
        null,
        0);
  }

  private MachineDescription withoutKernel(DtbCandidates.Opened opened) {
    Versions versions = new Versions();
    versions.sharedUserData(opened.shared());
    versions.header(image.hints().build());
    SystemVersion version = versions.resolve(notes);
    return new MachineDescription(
        image,
        opened.space().mode(),
        opened.space().dtb(),
        0,
        0,
        null,
        SymbolMatch.NONE,
        "",
        version,
        0,
        0,
        0,
        votes,
        notes,
        null,
        20);
  }

  private MachineDescription withKernel(DtbCandidates.Opened opened, KernelImage kernel)
      throws IOException {
    PagedAddressSpace space = opened.space();
    Optional<DebuggerData> block = DebuggerBlockSearch.in(space, kernel);
    Versions versions = new Versions();
    versions.sharedUserData(opened.shared());
    if (block.isPresent()) {
      versions.laboratory(space, block.get().ntBuildLab());
    }
    versions.header(image.hints().build());
    SymbolFit fit = new SymbolFit(space, kernel.base(), block);
    SymbolChoice.Choice choice =
        new SymbolChoice(
                store, kernel, space.pointerSize(), fit, block, image.hints(), versions.build())
            .choose();
    votes.addAll(choice.votes());
    if (choice.symbols().isPresent() && block.isEmpty()) {
      block = DebuggerData.find(space, kernel.base(), choice.symbols().get());
    }
    debuggerVote(block, kernel, choice);
    if (choice.tested() && !choice.agreement().convincing()) {
      notes.add("The symbols fit badly: " + choice.agreement());
    }
    if (choice.match() == SymbolMatch.FORCED) {
      noteForeignSymbols(kernel, choice);
    }
    Optional<Calibration> calibration = calibration(opened, kernel, choice, versions);
    if (calibration.isPresent()) {
      choice = calibrated(choice, calibration.get(), kernel, versions);
    }
    boolean system = false;
    long dtb = space.dtb();
    if (choice.symbols().isPresent()) {
      OptionalLong systemDtb = systemDtb(space, kernel, choice.symbols().get());
      system = systemDtb.isPresent();
      dtb = systemDtb.orElse(dtb);
    }
    Heads heads = Heads.of(kernel, space.mode(), choice.symbols(), block, image.hints());
    return new MachineDescription(
        image,
        opened.space().mode(),
        dtb,
        kernel.base(),
        kernel.size(),
        pdb(kernel, choice),
        choice.match(),
        choice.symbols().map(SymbolTable::source).orElse(""),
        version(versions, space, kernel, choice),
        heads.activeProcessHead(),
        heads.loadedModuleList(),
        heads.debuggerData(),
        votes,
        notes,
        calibration.orElse(null),
        confidence(opened, kernel, choice, block, system));
  }

  /** Kernels of which only a neighbour is known, or none, tell their layouts themselves. */
  private Optional<Calibration> calibration(
      DtbCandidates.Opened opened,
      KernelImage kernel,
      SymbolChoice.Choice choice,
      Versions versions)
      throws IOException {
    boolean unknown = choice.match() == SymbolMatch.NEAREST || choice.match() == SymbolMatch.NONE;
    if (unknown && opened.space().pointerSize() != Long.BYTES) {
      votes.add(
          LocatorVote.rejected(
              "symbols.calibration", kernel.base(), "32-bit layouts are not told by the image"));
      return Optional.empty();
    }
    Optional<SymbolTable> prior = unknown ? prior(versions.build()) : Optional.empty();
    if (prior.isEmpty()) {
      return Optional.empty();
    }
    Optional<Calibration> calibration = calibrate(opened, kernel, prior.get(), versions);
    if (calibration.isPresent() && versions.build() == 0 && calibration.get().build() != 0) {
      // Now that the build is known there is a better guess.
      versions.environmentBlocks(calibration.get().build());
      calibration = calibrate(opened, kernel, prior(versions.build()).orElseThrow(), versions);
    }
    votes.add(
        calibration.isPresent()
            ? LocatorVote.accepted(
                "symbols.calibration", kernel.base(), "layouts told by the image itself")
            : LocatorVote.rejected(
                "symbols.calibration", kernel.base(), "the System process was not found"));
    return calibration;
  }

  private Optional<Calibration> calibrate(
      DtbCandidates.Opened opened, KernelImage kernel, SymbolTable prior, Versions versions)
      throws IOException {
    return Calibrator.run(
        AddressSpaces.x64(memory, opened.space().dtb(), PteLayout.x64(0), PagedOutPages.NONE),
        memory,
        kernel.base(),
        kernel.size(),
        prior,
        versions.resolve(new ArrayList<>()),
        opened.shared().map(SharedUserData::systemTime).orElse(0L));
  }

  /** The first guess of a calibration: the same build, else the nearest. */
  private Optional<SymbolTable> prior(int build) throws IOException {
    Optional<SymbolTable> nearest = build == 0 ? Optional.empty() : store.nearest(build, -1);
    return nearest.isPresent() ? nearest : store.similar(build);
  }

  private SymbolChoice.Choice calibrated(
      SymbolChoice.Choice choice, Calibration calibration, KernelImage kernel, Versions versions)
      throws IOException {
    SymbolTable symbols =
        new CalibratedSymbols(
            prior(versions.build()).orElseThrow(), calibration, kernel.pdb().orElse(null));
    notes.add("No symbols for this kernel: " + symbols.source());
    return new SymbolChoice.Choice(
        Optional.of(symbols), SymbolMatch.CALIBRATED, Agreement.NONE, choice.votes());
  }

  private void noteForeignSymbols(KernelImage kernel, SymbolChoice.Choice choice) {
    String chosen = choice.symbols().map(table -> table.pdb().key()).orElse("");
    kernel
        .pdb()
        .filter(own -> !own.key().equals(chosen))
        .ifPresent(
            own ->
                notes.add("The kernel is " + own.key() + ", the named symbols are of " + chosen));
  }

  /** The kernel's own record, else the identity of the symbols that its pointers agree with. */
  private static PdbId pdb(KernelImage kernel, SymbolChoice.Choice choice) {
    return kernel
        .pdb()
        .or(
            () ->
                choice.match() == SymbolMatch.NONE
                    ? Optional.empty()
                    : choice.symbols().map(SymbolTable::pdb))
        .orElse(null);
  }

  private void debuggerVote(
      Optional<DebuggerData> block, KernelImage kernel, SymbolChoice.Choice choice) {
    if (block.isEmpty()) {
      votes.add(
          LocatorVote.rejected("kernel.kdbg_block", 0, "no debugger block can be read or decoded"));
      return;
    }
    DebuggerData data = block.get();
    String how = data.decoded() ? "decoded with the kernel's keys" : "plain in RAM";
    String agreement =
        choice
            .symbols()
            .map(table -> ", " + data.agreement(kernel.base(), table) + " with the symbols")
            .orElse("");
    boolean same = data.kernBase() == kernel.base();
    votes.add(new LocatorVote("kernel.kdbg_block", data.kernBase(), same, how + agreement));
  }

  /** The System process knows the kernel's own tables; a header may name another process's. */
  private OptionalLong systemDtb(PagedAddressSpace space, KernelImage kernel, SymbolTable symbols)
      throws IOException {
    String locator = "dtb.system_process";
    KernelMemory variables = new KernelMemory(space, kernel.base(), symbols);
    OptionalLong process = variables.pointer("PsInitialSystemProcess");
    if (process.isEmpty() || process.getAsLong() == 0) {
      votes.add(LocatorVote.rejected(locator, 0, "PsInitialSystemProcess is absent or zero"));
      return OptionalLong.empty();
    }
    int dtb = space.pointerSize() == Long.BYTES ? PROCESS_DTB_OFFSET : PROCESS_DTB_OFFSET_32;
    OptionalLong cr3 = variables.pointer(process.getAsLong() + dtb);
    if (cr3.isEmpty()) {
      votes.add(
          LocatorVote.rejected(locator, process.getAsLong(), "the System process is unreadable"));
      return OptionalLong.empty();
    }
    AddressSpace own =
        AddressSpaces.open(
            space.mode(), memory, cr3.getAsLong(), space.layout(), PagedOutPages.NONE);
    long expected = space.translate(kernel.base());
    if (expected == AddressSpace.ABSENT || own.translate(kernel.base()) != expected) {
      votes.add(
          LocatorVote.rejected(
              locator, own.dtb(), "its tables do not map the kernel that was found"));
      return OptionalLong.empty();
    }
    votes.add(LocatorVote.accepted(locator, own.dtb(), "DirectoryTableBase of the System process"));
    return OptionalLong.of(own.dtb());
  }

  private SystemVersion version(
      Versions versions, AddressSpace space, KernelImage kernel, SymbolChoice.Choice choice)
      throws IOException {
    if (choice.symbols().isPresent()) {
      KernelMemory variables = new KernelMemory(space, kernel.base(), choice.symbols().get());
      versions.kernelVariable(variables);
      versions.laboratory(space, variables.addressOf("NtBuildLabEx").orElse(0));
    }
    return versions.resolve(notes);
  }

  private static int confidence(
      DtbCandidates.Opened opened,
      KernelImage kernel,
      SymbolChoice.Choice choice,
      Optional<DebuggerData> block,
      boolean systemProcess) {
    int sure = 20;
    sure += opened.shared().isPresent() ? 15 : 0;
    sure += kernel.size() > 0 ? 15 : 0;
    sure += block.isPresent() ? 10 : 0;
    sure += systemProcess ? 10 : 0;
    sure +=
        switch (choice.match()) {
          case PDB_ID -> 20;
          case FINGERPRINT -> 15;
          case FORCED, FINGERPRINT_TIE -> 10;
          case CALIBRATED -> 10;
          case NEAREST -> 5;
          case NONE -> 0;
        };
    sure += choice.tested() && choice.agreement().convincing() ? 10 : 0;
    return sure;
  }
}
