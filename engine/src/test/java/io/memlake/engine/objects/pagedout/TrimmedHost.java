package io.memlake.engine.objects.pagedout;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.paging.PageFileContent;
import io.memlake.testdata.paging.TrimmedMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a trimmed machine in a folder, and the engine opened on them. */
public final class TrimmedHost {
  private final Path folder;
  private final TrimmedMachine trimmed;
  private final MachineDescription description;
  private final SymbolStore symbols;

  private TrimmedHost(
      Path folder, TrimmedMachine trimmed, MachineDescription description, SymbolStore symbols) {
    this.folder = folder;
    this.trimmed = trimmed;
    this.description = description;
    this.symbols = symbols;
  }

  /** Writes image and page files, and finds the Windows in them. */
  public static TrimmedHost write(Path folder, TrimmedMachine trimmed) throws IOException {
    return write(folder, trimmed, SampleMachines.embeddedSymbols());
  }

  /** The same with other symbols. */
  public static TrimmedHost write(Path folder, TrimmedMachine trimmed, SymbolStore symbols)
      throws IOException {
    Path image = folder.resolve("memory.raw");
    RawWriter.writePadded(trimmed, image);
    for (PageFileContent file : trimmed.pageFiles().values()) {
      file.write(path(folder, file.number()));
    }
    MachineDescription description =
        MachineDiscovery.discover(
            ImageFormats.standard().index(image.toString(), new LocalEvidence()),
            new LocalEvidence(),
            symbols,
            DiscoverySettings.DEFAULT);
    return new TrimmedHost(folder, trimmed, description, symbols);
  }

  private static Path path(Path folder, int number) {
    return folder.resolve(number == 0 ? "pagefile.sys" : "pagefile" + number + ".sys");
  }

  /** The machine that was written. */
  public TrimmedMachine trimmed() {
    return trimmed;
  }

  /** All page files that were written. */
  public List<PageFileRequest> allFiles() {
    List<PageFileRequest> requests = new ArrayList<>();
    for (int number : trimmed.pageFiles().keySet()) {
      requests.add(PageFileRequest.of(path(folder, number).toString()));
    }
    return requests;
  }

  /** What discovery says about the given files. */
  public PagedOutDescription describe(List<PageFileRequest> files) throws IOException {
    return PagedOutDiscovery.discover(description, new LocalEvidence(), symbols, files);
  }

  /** The machine with the given files. */
  public PagedOutMachine open(List<PageFileRequest> files) throws IOException {
    return open(describe(files));
  }

  /** The machine with what was described. */
  public PagedOutMachine open(PagedOutDescription pagedOut) throws IOException {
    return PagedOutMachine.open(description, pagedOut, new LocalEvidence(), symbols);
  }

  /** The space of a process. */
  public PagedAddressSpace space(Machine machine, long pid) {
    return machine.space(trimmed.machine().truth().process(pid).dtb());
  }
}
