package io.memlake.jobs.doctor;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
                  "%,d pages, %,d MiB",
                  count,
                  (count << PhysicalMemory.PAGE_SHIFT) >> 20);
          String what = state.name().toLowerCase(Locale.ROOT);
          boolean whole = state.readable() || state == PageState.NOT_DUMPED;
          findings.add(whole ? Finding.ok(what, text) : Finding.warning(what, text));
        });
    index
        .hints()
        .values()
        .forEach((name, value) -> findings.add(Finding.ok("header " + name, value)));
    index.warnings().forEach(warning -> findings.add(Finding.warning("container", warning)));
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
