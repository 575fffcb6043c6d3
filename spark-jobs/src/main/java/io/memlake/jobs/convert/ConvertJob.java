package io.memlake.jobs.convert;

import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.convert.ConversionReport;
import io.memlake.engine.image.convert.ImageOutput;
import io.memlake.engine.image.convert.ImageWriter;
import io.memlake.engine.image.convert.LocalOutput;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.jobs.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the memory of an image into a file of a standard format. The file has its name only once
 * it is complete.
 */
public final class ConvertJob {
  private static final String STAGE = "convert";

  private final Evidence evidence;
  private final Progress progress;

  /** Reads from {@code evidence} and tells {@code progress}. */
  public ConvertJob(Evidence evidence, Progress progress) {
    this.evidence = evidence;
    this.progress = progress;
  }

  /**
   * Converts {@code image}.
   *
   * @return what the file holds and what it does not
   * @throws OperatorException when the target exists
   * @throws LakeWriteException when the target cannot be written
   * @throws IOException when the image cannot be read
   */
  public ConversionReport run(String image, ImageWriter writer, Path target) throws IOException {
    if (Files.exists(target)) {
      throw new OperatorException(target + " exists; convert never overwrites");
    }
    ImageIndex index = ImageFormats.standard().index(image, evidence);
    Path unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
    try (PhysicalMemory memory = index.open(evidence)) {
      progress.begin(image, STAGE, memory.readablePages() * PhysicalMemory.PAGE_SIZE, "bytes");
      ConversionReport report;
      try (ImageOutput out = output(unfinished, target)) {
        report =
            writer.write(
                memory,
                index.hints(),
                new GuardedOutput(out, target),
                pages -> progress.advance(image, pages * PhysicalMemory.PAGE_SIZE));
      }
      Files.move(unfinished, target);
      progress.end(image, "ok", "");
      return report;
    } finally {
      Files.deleteIfExists(unfinished);
    }
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
