package io.memlake.jobs.extract;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.extract.ModuleExtract;
import io.memlake.engine.extract.ModuleHole;
import io.memlake.engine.extract.ModuleReport;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.jobs.exit.OperatorException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/**
 * Rebuilds one module of a process, or of the kernel.
 *
 * @param pid the process; 0 for the kernel
 * @param eprocess address of its kernel object; 0 when the number is enough
 * @param base where it is mapped; 0 when the name tells
 * @param name its name; empty when the base tells
 */
public record ModuleExtraction(long pid, long eprocess, long base, String name) {
  private static final long PAGE_MASK = 0xFFF;

  /** A module by the lake's rows. */
  private record Known(long base, long size, String name) {}

  /**
   * What was written.
   *
   * @param file name of the file; the report has the same with {@code .json}
   * @param report what the file has
   */
  public record Result(String file, ModuleReport report) {}

  /** Writes the module into the folder. */
  public Result run(ExtractSource source, ExtractFolder folder, String toolVersion)
      throws IOException {
    Known module = module(source.host());
    if ((module.base() & PAGE_MASK) != 0) {
      throw new OperatorException(
          "A module begins at a page: " + Hex.address(module.base()) + " does not");
    }
    try (PagedOutMachine machine = source.open()) {
      Map<String, Object> told = Provenance.of(source, toolVersion);
      PagedAddressSpace space = machine.machine().kernelSpace();
      String owner = "kernel";
      if (pid != 0) {
        Eprocess process = process(source, machine.machine());
        Provenance.process(told, process);
        space = machine.machine().space(process.directoryTableBase());
        owner = "pid-" + pid;
      }
      String file =
          owner
              + "-"
              + ExtractFolder.safe(module.name())
              + "-"
              + Hex.address(module.base())
              + ".module";
      ModuleReport report;
      try (OutputStream out = folder.create(file)) {
        report = ModuleExtract.of(machine, space).write(module.base(), module.size(), out);
      }
      tell(told, module.name(), module.base(), report);
      folder.report(file + ".json", told);
      return new Result(file, report);
    }
  }

  private Eprocess process(ExtractSource source, Machine machine) throws IOException {
    Eprocess process = ProcessChoice.find(source.host(), machine, pid, eprocess);
    machine.owners().add(process.directoryTableBase(), process.virtualAddress());
    return process;
  }

  private Known module(LakeHost host) throws IOException {
    Map<Long, Known> found = new TreeMap<>(Long::compareUnsigned);
    host.rows(pid == 0 ? "kernel_modules" : "modules", row -> add(row, found));
    if (found.size() > 1) {
      throw new OperatorException(
          "Several modules are named "
              + name
              + "; say --base: "
              + String.join(", ", found.keySet().stream().map(Hex::address).toList()));
    }
    if (!found.isEmpty()) {
      return found.values().iterator().next();
    }
    if (base == 0) {
      throw new OperatorException(
          "No module "
              + name
              + (pid == 0 ? " of the kernel" : " of process " + pid)
              + " on "
              + host.name()
              + "; unlisted images can be taken by --base");
    }
    return new Known(base, 0, "image");
  }

  private void add(GenericRecord row, Map<Long, Known> found) {
    if (!(row.get("base") instanceof Long at)) {
      return;
    }
    boolean sameProcess = pid == 0 || (row.get("pid") instanceof Integer number && number == pid);
    String called = row.get("name") == null ? "image" : row.get("name").toString();
    boolean wanted = base == 0 ? called.equalsIgnoreCase(name) : at == base;
    if (sameProcess && wanted) {
      long size = row.get("size") instanceof Long bytes ? bytes : 0;
      found.putIfAbsent(at, new Known(at, size, called));
    }
  }

  /** Adds to a report what became of a module. */
  public static void tell(Map<String, Object> told, String name, long base, ModuleReport report) {
    told.put("name", name);
    told.put("base", Hex.address(base));
    told.put("rebuilt", report.rebuilt());
    told.put("complete", report.isComplete());
    told.put("bytes", report.size());
    told.put("holes", holes(report.holes()));
    told.put("notes", report.notes());
  }

  private static List<Map<String, Object>> holes(List<ModuleHole> holes) {
    List<Map<String, Object>> told = new ArrayList<>();
    for (ModuleHole hole : holes) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("address", Hex.address(hole.address()));
      entry.put("size", hole.size());
      entry.put("section", hole.section());
      entry.put("file_offset", hole.fileOffset());
      entry.put("reason", hole.absence().name().toLowerCase(Locale.ROOT));
      told.add(entry);
    }
    return told;
  }
}
