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
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.HadoopSymbolFiles;
import io.memlake.jobs.progress.Amounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an image is, which Windows it holds, and whether its symbols are known. */
public final class EvidenceReport {
  /** Runs that are told one by one. */
  private static final int MAX_RUNS = 12;

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
    SymbolStore store = SymbolStore.open(settings, new HadoopSymbolFiles(evidence));
    machine(MachineDiscovery.discover(index, evidence, store, DiscoverySettings.DEFAULT), findings);
    store.problems().forEach(problem -> findings.add(Finding.warning("symbols", problem)));
    return findings;
  }

  private static void container(ImageIndex index, List<Finding> findings) {
    String variant = index.variant().isEmpty() ? "" : ", " + index.variant();
    findings.add(Finding.ok("format", index.format() + variant));
    index.files().forEach(file -> findings.add(Finding.ok("file", file)));
    Map<PageState, Long> pages = new EnumMap<>(PageState.class);
    for (PageRun run : index.runs()) {
      pages.merge(run.state(), run.pageCount(), Long::sum);
    }
    pages.forEach(
        (state, count) -> {
          String text =
              String.format(
                  Locale.ROOT,
                  "%,d pages, %s",
                  count,
                  Amounts.bytes((double) count * PhysicalMemory.PAGE_SIZE));
          String what = state.name().toLowerCase(Locale.ROOT);
          boolean whole = state.readable() || state == PageState.NOT_DUMPED;
          findings.add(whole ? Finding.ok(what, text) : Finding.warning(what, text));
        });
    findings.add(runs(index.runs()));
    index
        .hints()
        .values()
        .forEach((name, value) -> findings.add(Finding.ok("header " + name, value)));
    index.warnings().forEach(warning -> findings.add(Finding.warning("container", warning)));
  }

  /** Where memory is, and what lies between. */
  private static Finding runs(List<PageRun> runs) {
    List<String> places = new ArrayList<>();
    long holes = 0;
    long next = 0;
    for (PageRun run : runs) {
      holes += run.firstPfn() - next;
      next = run.endPfn();
      places.add(
          Hex.address(run.firstPfn() << PhysicalMemory.PAGE_SHIFT)
              + "-"
              + Hex.address((run.endPfn() << PhysicalMemory.PAGE_SHIFT) - 1));
    }
    int more = Math.max(0, places.size() - MAX_RUNS);
    return Finding.ok(
        "runs",
        String.format(
            Locale.ROOT,
            "%,d: %s%s; %,d pages in holes below and between them",
            runs.size(),
            String.join(", ", places.subList(0, places.size() - more)),
            more > 0 ? " and more" : "",
            holes));
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
          Finding.ok("symbols found", machine.symbolSource() + ", " + machine.symbolMatch()));
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
