package io.memlake.jobs.extract;

import io.memlake.engine.extract.ExtractReport;
import io.memlake.engine.extract.MemoryMapText;
import io.memlake.engine.extract.ProcessExtract;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.jobs.exit.FailedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes the memory of one process: its bytes, the map of them, and a report. */
public final class ProcessExtraction {
  private ProcessExtraction() {}

  /**
   * What was written.
   *
   * @param name begin of the names of the three files: {@code .memory}, {@code .map.csv}, {@code
   *     .json}
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
      ExtractReport report = write(machine, process, folder, name);
      Map<String, Object> told = Provenance.of(source, toolVersion);
      Provenance.process(told, process);
      told.put("pages_by_source", Provenance.counts(report.present()));
      told.put("pages_absent_by_reason", Provenance.counts(report.absent()));
      told.put("holes", report.holes());
      told.put("notes", report.notes());
      folder.report(name + ".json", told);
      return new Result(name, report);
    } catch (MissingSymbolException e) {
      throw new FailedException("The regions of processes cannot be read: " + e.getMessage(), e);
    }
  }

  private static ExtractReport write(
      PagedOutMachine machine, Eprocess process, ExtractFolder folder, String name)
      throws IOException {
    try (OutputStream bytes = folder.create(name + ".memory");
        BufferedWriter map = folder.text(name + ".map.csv")) {
      return ProcessExtract.of(machine).write(process, bytes, new MemoryMapText(map));
    }
  }
}
