package io.memlake.jobs.cli;

import io.memlake.engine.objects.pagedout.PageFileRequest;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.extract.ExtractFolder;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.LakeHost;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From which host of a lake something is extracted, and where to. */
final class ExtractOptions {
  @Mixin private LakeOption lake;
  @Mixin private SymbolOptions symbols;

  @Option(names = "--host", required = true, paramLabel = "HOST", description = "The host.")
  private String host;

  @Option(
      names = "--case",
      defaultValue = "",
      paramLabel = "NAME",
      description = "The case, when hosts of several have the name.")
  private String caseId;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder that files go to; nothing in it is overwritten.")
  private Path out;

  @Option(
      names = "--pagefile",
      paramLabel = "FILE",
      description = "A page file besides those that were analyzed; pagefile1=FILE says its number.")
  private List<String> pageFiles = List.of();

  @Option(
      names = "--swapfile",
      defaultValue = "",
      paramLabel = "FILE",
      description = "A swap file instead of the one that was analyzed.")
  private String swapFile;

  @Option(
      names = "--without-pagefiles",
      description = "Leave out the page files that were analyzed: their pages become holes.")
  private boolean ramOnly;

  ExtractOptions() {}

  /** Where the bytes come from. */
  ExtractSource source() throws IOException {
    Configuration configuration = PlainHadoop.configuration();
    LakeHost found =
        LakeHost.find(Lake.open(lake.location(), configuration), caseId, host, configuration);
    return ExtractSource.of(
        found,
        new HadoopEvidence(configuration),
        absolutePageFiles(),
        swapFile.isEmpty() ? "" : Locations.text(Locations.parse(swapFile)),
        ramOnly,
        symbols.settings());
  }

  /** The lake as it was named. */
  String lakeLocation() {
    return lake.location();
  }

  /** Where they go. */
  ExtractFolder folder(ExtractSource source) throws IOException {
    return ExtractFolder.at(out, source.paths());
  }

  private List<String> absolutePageFiles() {
    List<String> absolute = new ArrayList<>();
    for (String pageFile : pageFiles) {
      try {
        PageFileRequest request = PageFileRequest.parse(pageFile);
        absolute.add(request.at(Locations.text(Locations.parse(request.path()))).text());
      } catch (IllegalArgumentException e) {
        throw new OperatorException(e.getMessage(), e);
      }
    }
    return absolute;
  }
}
