package io.memlake.jobs.verify;

import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.evidence.FilePiece;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeFiles;
import io.memlake.jobs.lake.RunRecord;
import io.memlake.jobs.verify.Check.Verdict;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Compares the files of a lake with what its markers and run records say. */
final class LakeCheck {
  private static final String LAKE = "lake";

  private final Lake lake;
  private final LakeFiles files;
  private final Configuration configuration;

  LakeCheck(Lake lake, Configuration configuration) throws IOException {
    this.lake = lake;
    this.files = LakeFiles.of(lake.layout().root(), configuration);
    this.configuration = configuration;
  }

  /** The files that markers of hosts name. */
  List<RecordedFile> files() throws IOException {
    List<RecordedFile> recorded = new ArrayList<>();
    for (HostManifest host : lake.recordedHosts()) {
      host.tables()
          .forEach(
              (table, parts) -> {
                Path folder = lake.layout().hostPartition(table, host.caseId(), host.host());
                parts.forEach(part -> recorded.add(recorded(host, folder, part)));
              });
    }
    return recorded;
  }

  private static RecordedFile recorded(HostManifest host, Path folder, DataFile part) {
    return new RecordedFile(
        LAKE,
        host.caseId(),
        host.host(),
        new FilePiece(Locations.text(new Path(folder, part.path())), 0, part.bytes()),
        part.bytes(),
        part.sha256(),
        "the marker of the host names it",
        "an older release recorded its length only, which is right");
  }

  /** What needs no file to be read whole: files of the whole case, and files that nothing names. */
  List<Check> others() throws IOException {
    List<Check> checks = new ArrayList<>();
    for (RunRecord run : lake.runs()) {
      for (var table : run.tables().entrySet()) {
        Long rows = run.tableRows().get(table.getKey());
        checks.addAll(caseFiles(run, table.getKey(), table.getValue(), rows));
      }
    }
    checks.addAll(strangers());
    return checks;
  }

  /** Files of the whole case have a count of rows for a record. */
  private List<Check> caseFiles(RunRecord run, String table, List<String> names, Long rows)
      throws IOException {
    List<Check> checks = new ArrayList<>();
    long counted = 0;
    for (String name : names) {
      Path path = new Path(lake.layout().casePartition(table, run.caseId()), name);
      String text = Locations.text(path);
      if (!files.exists(path)) {
        String why = "the record of run " + run.runId() + " names it";
        checks.add(new Check(LAKE, run.caseId(), "", text, Verdict.MISSING, why));
        return checks;
      }
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
        counted += reader.getRecordCount();
        checks.add(Check.ok(LAKE, run.caseId(), "", text));
      } catch (IOException | RuntimeException e) {
        checks.add(
            new Check(
                LAKE, run.caseId(), "", text, Verdict.CHANGED, "not Parquet: " + e.getMessage()));
        return checks;
      }
    }
    if (rows != null && counted != rows) {
      String why = counted + " rows, recorded were " + rows;
      String folder = Locations.text(lake.layout().casePartition(table, run.caseId()));
      checks.add(new Check(LAKE, run.caseId(), "", folder, Verdict.CHANGED, why));
    }
    return checks;
  }

  /** Files in partitions that no record names, which plain Parquet readers would read as rows. */
  private List<Check> strangers() throws IOException {
    Map<Path, Set<String>> known = new TreeMap<>();
    for (HostManifest host : lake.recordedHosts()) {
      host.tables()
          .forEach(
              (table, parts) -> {
                Path folder = lake.layout().hostPartition(table, host.caseId(), host.host());
                Set<String> names = known.computeIfAbsent(local(folder), path -> new HashSet<>());
                parts.forEach(part -> names.add(part.path()));
              });
    }
    for (RunRecord run : lake.runs()) {
      run.tables()
          .forEach(
              (table, names) ->
                  known
                      .computeIfAbsent(
                          local(lake.layout().casePartition(table, run.caseId())),
                          path -> new HashSet<>())
                      .addAll(names));
    }
    List<Check> checks = new ArrayList<>();
    for (Table table : Tables.all()) {
      strangers(lake.layout().table(table.name()), known, checks);
    }
    return checks;
  }

  private void strangers(Path folder, Map<Path, Set<String>> known, List<Check> checks)
      throws IOException {
    for (Path path : files.list(folder)) {
      if (path.getName().startsWith(".") || path.getName().startsWith("_")) {
        continue;
      }
      if (path.getName().endsWith(".parquet")) {
        if (!known.getOrDefault(local(folder), Set.of()).contains(path.getName())) {
          String why = "no marker and no run names it";
          checks.add(new Check(LAKE, "", "", Locations.text(path), Verdict.UNKNOWN, why));
        }
      } else {
        strangers(path, known, checks);
      }
    }
  }

  /** Listed paths carry scheme and authority, planned ones may not. */
  private static Path local(Path path) {
    return Path.getPathWithoutSchemeAndAuthority(path);
  }
}
