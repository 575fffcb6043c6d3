package io.memlake.jobs.verify;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.evidence.FileHash;
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
  private final HadoopEvidence bytes;

  LakeCheck(Lake lake, Configuration configuration) throws IOException {
    this.lake = lake;
    this.files = LakeFiles.of(lake.layout().root(), configuration);
    this.configuration = configuration;
    this.bytes = new HadoopEvidence(configuration);
  }

  /** One thing to check for each file that a record names; each may run on its own thread. */
  List<CheckTask> tasks() throws IOException {
    List<CheckTask> tasks = new ArrayList<>();
    for (HostManifest host : lake.hosts()) {
      host.tables()
          .forEach(
              (table, parts) -> {
                Path folder = lake.layout().hostPartition(table, host.caseId(), host.host());
                parts.forEach(part -> tasks.add(() -> dataFile(host, folder, part)));
              });
    }
    for (RunRecord run : lake.runs()) {
      run.tables()
          .forEach(
              (table, names) ->
                  tasks.add(() -> caseFiles(run, table, names, run.tableRows().get(table))));
    }
    tasks.add(this::strangers);
    return tasks;
  }

  private List<Check> dataFile(HostManifest host, Path folder, DataFile part) throws IOException {
    Path path = new Path(folder, part.path());
    String name = Locations.text(path);
    Verdict verdict = Verdict.OK;
    String message = "";
    if (!files.exists(path)) {
      verdict = Verdict.MISSING;
      message = "the marker of the host names it";
    } else if (files.length(path) != part.bytes()) {
      verdict = Verdict.CHANGED;
      message = files.length(path) + " bytes long, recorded were " + part.bytes();
    } else if (part.sha256().isEmpty()) {
      verdict = Verdict.NOT_RECORDED;
      message = "an older release recorded its length only, which is right";
    } else {
      String now = FileHash.sha256(name, bytes);
      if (!now.equals(part.sha256())) {
        verdict = Verdict.CHANGED;
        message = "SHA-256 is " + now + ", recorded was " + part.sha256();
      }
    }
    return List.of(new Check(LAKE, host.caseId(), host.host(), name, verdict, message));
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
    for (HostManifest host : lake.hosts()) {
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
