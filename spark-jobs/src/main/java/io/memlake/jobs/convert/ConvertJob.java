package io.memlake.jobs.convert;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.convert.ConversionReport;
import io.memlake.engine.image.convert.ImageOutput;
import io.memlake.engine.image.convert.ImageWriter;
import io.memlake.engine.image.convert.LocalOutput;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.MachineHints;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.HadoopSymbolFiles;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.jobs.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes the memory of an image into a file of a standard format. The file has its name only once
 * it is complete.
 */
public final class ConvertJob {
  private static final String STAGE = "convert";

  private final HadoopEvidence evidence;
  private final SymbolSettings symbols;
  private final Progress progress;

  /**
   * Reads from {@code evidence} and tells {@code progress}.
   *
   * @param symbols where those of the kernel may be found, for formats that name its structures
   */
  public ConvertJob(HadoopEvidence evidence, SymbolSettings symbols, Progress progress) {
    this.evidence = evidence;
    this.symbols = symbols;
    this.progress = progress;
  }

  /**
   * Converts {@code image}.
   *
   * @return what the file holds and what it does not, and what its header lacks
   * @throws OperatorException when the target exists
   * @throws LakeWriteException when the target cannot be written
   * @throws IOException when the image cannot be read
   */
  public Conversion run(String image, ImageWriter writer, Path target) throws IOException {
    if (Files.exists(target)) {
      throw new OperatorException(target + " exists; convert never overwrites");
    }
    ImageIndex index = ImageFormats.standard().index(image, evidence);
    Path unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
    Optional<MachineDescription> machine =
        writer.namesTheMachine() ? Optional.of(discover(index)) : Optional.empty();
    try (PhysicalMemory memory = index.open(evidence)) {
      progress.begin(image, STAGE, memory.readablePages() * PhysicalMemory.PAGE_SIZE, "bytes");
      ConversionReport report;
      try (ImageOutput out = output(unfinished, target)) {
        report =
            writer.write(
                memory,
                machine.map(MachineHints::of).orElse(index.hints()),
                new GuardedOutput(out, target),
                pages -> progress.advance(image, pages * PhysicalMemory.PAGE_SIZE));
      }
      Files.move(unfinished, target);
      progress.end(image, "ok", "");
      return new Conversion(report, machine.flatMap(MachineDescription::problem));
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private MachineDescription discover(ImageIndex index) throws IOException {
    SymbolStore store = SymbolStore.open(symbols, new HadoopSymbolFiles(evidence));
    return MachineDiscovery.discover(index, evidence, store, DiscoverySettings.DEFAULT);
  }

  private static ImageOutput output(Path unfinished, Path target) throws IOException {
    try {
      return LocalOutput.create(unfinished);
    } catch (IOException e) {
      throw new LakeWriteException(new org.apache.hadoop.fs.Path(target.toUri()), e);
    }
  }

  /** Tells failures of the target from failures of the evidence. */
  private record GuardedOutput(ImageOutput out, Path target) implements ImageOutput {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw new LakeWriteException(new org.apache.hadoop.fs.Path(target.toUri()), e);
      }
    }

    @Override
    public void skip(long length) throws IOException {
      out.skip(length);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
