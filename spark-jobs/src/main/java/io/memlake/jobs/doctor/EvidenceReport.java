package io.memlake.jobs.doctor;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.EmbeddedFile;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.minidump.ProcessDump;
import io.memlake.engine.image.virtual.VirtualMemoryIndex;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.LocatorVote;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SymbolMatch;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.HadoopSymbolFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** What an image is, which Windows it holds, and whether its symbols are known. */
public final class EvidenceReport {
  private EvidenceReport() {}

  /**
   * Looks at {@code image} without reading all of it.
   *
   * @throws IOException when it is no image or cannot be read
   */
  public static List<Finding> of(String image, HadoopEvidence evidence, SymbolSettings settings)
      throws IOException {
    List<Finding> findings = new ArrayList<>();
    ImageIndex index = ImageFormats.standard().index(image, evidence);
    container(index, findings);
    index.embeddedFiles().forEach(file -> findings.add(embedded(file)));
    index.virtualMemory().ifPresent(memory -> findings.add(virtual(memory)));
    if (index.processDump().isPresent()) {
      // The memory of one process has no page tables to search.
      findings.add(process(index.processDump().get()));
      return findings;
    }
    if (index.runs().isEmpty() && index.virtualMemory().isPresent()) {
      findings.add(withoutFrames(index));
      return findings;
    }
    SymbolStore store = SymbolStore.open(settings, new HadoopSymbolFiles(evidence));
    machine(MachineDiscovery.discover(index, evidence, store, DiscoverySettings.DEFAULT), findings);
    store.problems().forEach(problem -> findings.add(Finding.warning("symbols", problem)));
    return findings;
  }

  private static void container(ImageIndex index, List<Finding> findings) {
    String variant = index.variant().isEmpty() ? "" : ", " + index.variant();
    findings.add(Finding.ok("format", index.format() + variant));
    index.files().forEach(file -> findings.add(Finding.ok("file", file)));
    for (PageState state : PageState.values()) {
      MemoryPlaces places = MemoryPlaces.of(index.runs(), state);
      if (places.pages() > 0) {
        boolean whole = state.readable() || state == PageState.NOT_DUMPED;
        String what = state.name().toLowerCase(Locale.ROOT);
        findings.add(
            whole
                ? Finding.ok(what, places.amount())
                : Finding.warning(what, places.amount() + ": " + places.text()));
      }
    }
    findings.add(Finding.ok("runs", MemoryPlaces.of(index.runs()).withHoles()));
    index
        .hints()
        .values()
        .forEach((name, value) -> findings.add(Finding.ok("header " + name, value)));
    index.warnings().forEach(warning -> findings.add(Finding.warning("container", warning)));
  }

  private static Finding embedded(EmbeddedFile file) {
    return Finding.ok(
        "holds " + file.kind(),
        String.format(Locale.ROOT, "%s, %,d bytes", file.path(), file.bytes().size()));
  }

  private static Finding virtual(VirtualMemoryIndex memory) {
    return Finding.ok(
        "virtual memory",
        String.format(
            Locale.ROOT, "%,d ranges, %,d bytes", memory.blocks().size(), memory.byteCount()));
  }

  private static Finding process(ProcessDump process) {
    String name = process.modules().isEmpty() ? "of unknown name" : process.modules().get(0).name();
    return Finding.ok(
        "process",
        String.format(
            Locale.ROOT,
            "%s, %s, %,d modules, %,d threads, %,d handles",
            name,
            process.pid() < 0 ? "pid unknown" : "pid " + process.pid(),
            process.modules().size(),
            process.threads().size(),
            process.handles().size()));
  }

  /** A triage dump: page tables, and with them lists and symbols, are out of reach. */
  private static Finding withoutFrames(ImageIndex index) {
    OptionalInt build = index.hints().build();
    return Finding.ok(
        "machine",
        "the dump holds no frames, so what its header says is all that is read"
            + (build.isPresent() ? ": Windows build " + build.getAsInt() : ""));
  }

  private static String words(SymbolMatch match) {
    return switch (match) {
      case PDB_ID -> "named by the debug record of the kernel";
      case FORCED -> "named by the user";
      case FINGERPRINT -> "told by pointers of the kernel";
      case FINGERPRINT_TIE -> "told by pointers of the kernel, which fit several updates";
      case CALIBRATED -> "of another build, corrected on the image";
      case NEAREST -> "of another update of the build";
      case NONE -> "none fit";
    };
  }

  private static void machine(MachineDescription machine, List<Finding> findings) {
    if (machine.dtb() != 0) {
      findings.add(Finding.ok("dtb", Hex.address(machine.dtb())));
    }
    if (machine.kernelBase() != 0) {
      findings.add(Finding.ok("kernel", Hex.address(machine.kernelBase())));
      findings.add(Finding.ok("version", machine.version().text()));
    }
    if (machine.pdb() != null) {
      findings.add(Finding.ok("symbols wanted", machine.pdb().name() + " " + machine.pdb().key()));
    }
    if (machine.pdb() != null && machine.symbolSource().isEmpty()) {
      findings.add(
          Finding.warning("symbols found", "none; give a folder with them by --symbols DIR"));
    }
    if (!machine.symbolSource().isEmpty()) {
      findings.add(
          Finding.ok(
              "symbols found", machine.symbolSource() + ", " + words(machine.symbolMatch())));
    }
    for (LocatorVote vote : machine.votes()) {
      String text = (vote.accepted() ? Hex.address(vote.value()) + ": " : "no: ") + vote.reason();
      findings.add(Finding.ok(vote.locator(), text));
    }
    machine.notes().forEach(note -> findings.add(Finding.warning("note", note)));
    findings.add(Finding.ok("confidence", machine.confidence() + " of 100"));
    machine.problem().ifPresent(problem -> findings.add(Finding.problem("machine", problem)));
  }
}
