package io.memlake.jobs.hunt.run;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.RunId;
import io.memlake.jobs.lake.RunRecord;
import io.memlake.jobs.rows.RowFile;
import io.memlake.jobs.sql.ViewsFile;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.row.RunRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A run that writes tables of a whole case. Each table appears whole, in place of what earlier runs
 * wrote; a run that is killed leaves what it had finished.
 */
public final class CaseRun {
  private final LakeWriter lake;
  private final Configuration configuration;
  private final ProgramVersions versions;
  private RunRecord record;

  private CaseRun(
      LakeWriter lake, Configuration configuration, ProgramVersions versions, RunRecord record) {
    this.lake = lake;
    this.configuration = configuration;
    this.versions = versions;
    this.record = record;
  }

  /**
   * Begins a run and records that it runs.
   *
   * @param command its verb
   * @param commandLine all that was typed
   * @param versions of the programs that run
   */
  public static CaseRun begin(
      LakeWriter lake,
      Configuration configuration,
      String caseId,
      String command,
      String commandLine,
      ProgramVersions versions,
      Map<String, String> parameters)
      throws IOException {
    RunRecord record =
        new RunRecord(
            RunId.next(),
            caseId,
            command,
            commandLine,
            parameters,
            Instant.now().toString(),
            "",
            RunRecord.RUNNING,
            -1,
            "",
            List.of(),
            Map.of(),
            Map.of());
    lake.record(record);
    return new CaseRun(lake, configuration, versions, record);
  }

  /** The run's name. */
  public String runId() {
    return record.runId();
  }

  /** The case it works on. */
  public String caseId() {
    return record.caseId();
  }

  /**
   * Makes {@code rows} the rows of {@code table}.
   *
   * @param rows in the order of the table; read once
   * @return how many there were
   */
  public long replace(String table, Iterator<? extends IndexedRecord> rows) throws IOException {
    Table schema = Tables.byName(table);
    Path staged =
        new Path(lake.layout().allStaging(), record.runId() + "/run/" + table + ".parquet");
    DataFile file;
    try (RowFile out = RowFile.create(staged, schema, configuration)) {
      while (rows.hasNext()) {
        out.add(rows.next());
      }
      file = out.finish();
    }
    return replaceWithFiles(table, file.rows() > 0 ? List.of(file) : List.of());
  }

  /** Where tasks may write files for {@link #replaceWithFiles}. */
  public String stagingFolder(String table) {
    return new Path(lake.layout().allStaging(), record.runId() + "/run/" + table).toString();
  }

  /**
   * Makes the rows of staged files the rows of {@code table}.
   *
   * @return how many there are
   */
  public long replaceWithFiles(String table, List<DataFile> files) throws IOException {
    Map<String, List<String>> names = new TreeMap<>(record.tables());
    Map<String, Long> counts = new TreeMap<>(record.tableRows());
    List<String> added = new ArrayList<>();
    long rows = 0;
    for (DataFile file : files) {
      String name = String.format("part-%05d-%s.parquet", added.size(), record.runId());
      lake.addCaseFile(table, record.caseId(), file.path(), name);
      added.add(name);
      rows += file.rows();
    }
    names.put(table, added);
    counts.put(table, rows);
    record = record.withTables(names, counts);
    lake.record(record);
    lake.dropReplaced(record, table);
    return rows;
  }

  /** Notes a fact that is known only while the run goes on. */
  public void note(String parameter, String value) throws IOException {
    Map<String, String> parameters = new TreeMap<>(record.parameters());
    parameters.put(parameter, value);
    record =
        new RunRecord(
            record.runId(),
            record.caseId(),
            record.command(),
            record.commandLine(),
            parameters,
            record.started(),
            record.ended(),
            record.status(),
            record.exitCode(),
            record.message(),
            record.hosts(),
            record.tables(),
            record.tableRows());
    lake.record(record);
  }

  /** Ends the run: its record, and its row in {@code runs}. */
  public void finish(ExitCode code, String message) throws IOException {
    record =
        record.ended(
            Instant.now().toString(),
            code == ExitCode.PARTIAL ? RunRecord.PARTIAL : RunRecord.OK,
            code.number(),
            message,
            List.of());
    lake.record(record);
    Table runs = Tables.byName("runs");
    Path staged = new Path(stagingFolder("runs"), "runs.parquet");
    RunRow row = RunRowOf.record(lake, record, versions);
    DataFile file = RowFile.write(staged, runs, List.of(row), configuration);
    // Each run has a file of its own there: rows of runs are added, never replaced.
    String name = "part-" + record.runId() + ".parquet";
    lake.addCaseFile(runs.name(), record.caseId(), file.path(), name);
    Map<String, List<String>> names = new TreeMap<>(record.tables());
    Map<String, Long> counts = new TreeMap<>(record.tableRows());
    names.put(runs.name(), List.of(name));
    counts.put(runs.name(), file.rows());
    record = record.withTables(names, counts);
    lake.record(record);
    ViewsFile.write(lake);
  }
}
