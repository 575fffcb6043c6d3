package io.memlake.jobs.cli;

import io.memlake.engine.image.convert.ConversionReport;
import io.memlake.engine.image.convert.ImageWriter;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.convert.Conversion;
import io.memlake.jobs.convert.ConvertJob;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.progress.Progress;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memlake convert}: any container to a standard one. */
@Command(
    name = "convert",
    description = {
      "Write the memory of any image as a file of a standard format.",
      "What the image does not hold becomes zeros where the format has no holes, and is reported."
    })
final class ConvertCommand implements Callable<Integer> {
  /** Lines about gaps; their sum is always told. */
  private static final int MAX_GAPS_SHOWN = 20;

  private final Console console;

  @Mixin private ProgressOption progress;
  @Mixin private SymbolOptions symbols;

  @Parameters(paramLabel = "EVIDENCE", description = "The image.")
  private String image;

  @Option(
      names = {"--out", "-o"},
      required = true,
      paramLabel = "FILE",
      description = "The file to write; must not exist.")
  private Path target;

  @Option(
      names = "--format",
      defaultValue = "raw",
      paramLabel = "FORMAT",
      description = "raw (default), crashdump, aff4 or lime.")
  private String format;

  ConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ImageWriter writer =
        ImageWriter.named(format.toLowerCase(Locale.ROOT))
            .orElseThrow(() -> new OperatorException("No format " + format + "; " + formats()));
    Conversion conversion;
    try (Progress shown = progress.open(console)) {
      HadoopEvidence evidence = new HadoopEvidence(PlainHadoop.configuration());
      conversion = new ConvertJob(evidence, symbols.settings(), shown).run(image, writer, target);
    }
    tell(conversion.report());
    conversion
        .unknownMachine()
        .ifPresent(
            problem ->
                console.err().println("The header does not say where the kernel is. " + problem));
    return ExitCode.OK.number();
  }

  private void tell(ConversionReport report) {
    console
        .err()
        .printf(
            Locale.ROOT,
            "%s: %s, %,d bytes, %,d pages of memory%n",
            target,
            report.format(),
            report.bytesWritten(),
            report.pagesWritten());
    long missing = report.gaps().stream().mapToLong(PageRun::pageCount).sum();
    if (missing > 0) {
      console
          .err()
          .printf(
              Locale.ROOT,
              "%,d pages are not in the image and %s:%n",
              missing,
              report.zeroFilled() ? "are zeros in the file" : "are left out");
    }
    report.gaps().stream().limit(MAX_GAPS_SHOWN).forEach(this::tellGap);
    if (report.gaps().size() > MAX_GAPS_SHOWN) {
      console.err().println("  and " + (report.gaps().size() - MAX_GAPS_SHOWN) + " more gaps");
    }
  }

  private void tellGap(PageRun gap) {
    console
        .err()
        .printf(
            Locale.ROOT,
            "  0x%x-0x%x %s%n",
            gap.firstPfn() << PhysicalMemory.PAGE_SHIFT,
            (gap.endPfn() << PhysicalMemory.PAGE_SHIFT) - 1,
            gap.state().name().toLowerCase(Locale.ROOT));
  }

  private static String formats() {
    return "there are: "
        + ImageWriter.all().stream().map(ImageWriter::format).collect(Collectors.joining(", "));
  }
}
