package io.memlake.jobs.extract;

import io.memlake.engine.extract.ExtractReport;
import io.memlake.engine.extract.minidump.MinidumpExtract;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.jobs.exit.FailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes one process as a minidump, with a report. */
public final class MinidumpExtraction {
  private MinidumpExtraction() {}

  /**
   * What was written.
   *
   * @param name begin of the names of the two files: {@code .dmp}, {@code .json}
   * @param report counts
   */
  public record Result(String name, ExtractReport report) {}

  /** Writes the process into the folder. */
  public static Result run(
      ExtractSource source, long pid, long eprocess, ExtractFolder folder, String toolVersion)
      throws IOException {
    try (PagedOutMachine machine = source.open()) {
      Eprocess process = ProcessChoice.find(source.host(), machine.machine(), pid, eprocess);
      String name = "pid-" + pid + "-" + ExtractFolder.safe(process.imageFileName());
      ExtractReport report;
      try (OutputStream out = folder.create(name + ".dmp")) {
        report = MinidumpExtract.of(machine).write(process, out);
      }
      Map<String, Object> told = Provenance.of(source, toolVersion);
      Provenance.process(told, process);
      told.put("pages_by_source", Provenance.counts(report.present()));
      told.put("pages_absent_by_reason", Provenance.counts(report.absent()));
      told.put("holes", report.holes());
      told.put("notes", report.notes());
      folder.report(name + ".json", told);
      return new Result(name, report);
    } catch (MissingSymbolException e) {
      throw new FailedException("The process cannot be read: " + e.getMessage(), e);
    }
  }
}
