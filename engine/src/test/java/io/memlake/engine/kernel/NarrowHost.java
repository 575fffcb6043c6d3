package io.memlake.engine.kernel;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.narrow.NarrowMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a 32-bit machine in a folder.
 *
 * @param machine what was written
 * @param image its RAM
 * @param pageFile its page file
 * @param symbols the symbol file of its kernel
 */
public record NarrowHost(NarrowMachine machine, ImageIndex image, Path pageFile, Path symbols) {

  /** Makes a machine and writes it. */
  public static NarrowHost write(Path folder, int build) throws IOException {
    return write(folder, build, NarrowMachine.windows(build, 11));
  }

  /** Makes a machine of build 19041 that has compressed pages, and writes it. */
  public static NarrowHost withStore(Path folder) throws IOException {
    return write(folder, 19041, NarrowMachine.withStore(12));
  }

  private static NarrowHost write(Path folder, int build, NarrowMachine machine)
      throws IOException {
    Path image = folder.resolve("narrow-" + build + ".raw");
    Path pageFile = folder.resolve("pagefile.sys");
    Path symbols = folder.resolve("narrow-" + build + ".json.xz");
    RawWriter.writePadded(machine, image);
    Files.write(pageFile, machine.pageFile());
    KernelLayout.writeNarrowSymbols(build, symbols);
    return new NarrowHost(
        machine,
        ImageFormats.standard().index(image.toString(), new LocalEvidence()),
        pageFile,
        symbols);
  }

  /** A store in which the user forces the symbol file. */
  public SymbolStore forced() throws IOException {
    return SampleMachines.forced(symbols);
  }

  /** What discovery finds with the user's symbols. */
  public MachineDescription discover() throws IOException {
    return MachineDiscovery.discover(
        image, new LocalEvidence(), forced(), DiscoverySettings.DEFAULT);
  }
}
