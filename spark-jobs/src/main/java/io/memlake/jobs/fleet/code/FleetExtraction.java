package io.memlake.jobs.fleet.code;

import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.extract.ExtractFolder;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.ModuleExtraction;
import io.memlake.jobs.extract.Provenance;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a module that the fleet's hosts have together, with a report of which page is whose. */
public final class FleetExtraction {
  private FleetExtraction() {}

  /**
   * What was written.
   *
   * @param file name of the file; the report has the same with {@code .json}
   * @param module what it is made of
   * @param own pages of the chosen host
   * @param others pages of other hosts
   */
  public record Result(String file, FleetModule.Result module, long own, long others) {}

  /**
   * Writes the module into the folder.
   *
   * @param source the chosen host
   * @param pid the process; 0 for any, or the kernel
   * @param base where the chosen host has the module; 0 when the name tells
   */
  public static Result run(
      ExtractSource source,
      String lake,
      long pid,
      long base,
      String name,
      ExtractFolder folder,
      String toolVersion)
      throws IOException {
    FleetModule module =
        FleetModule.find(source.host(), pid, base, name, source.host().fleet(), source.evidence());
    String file = "fleet-" + ExtractFolder.safe(module.fileName()) + ".module";
    FleetModule.Result made;
    try (OutputStream out = folder.create(file)) {
      made = module.write(lake, source.host().manifest().caseId(), out);
    }
    long own = 0;
    long others = 0;
    for (FleetModule.Run run : made.runs()) {
      if (run.host().equals(source.host().name())) {
        own += run.pages();
      } else {
        others += run.pages();
      }
    }
    Map<String, Object> told = Provenance.of(source, toolVersion);
    told.put("from_fleet", true);
    told.put("hosts", made.hosts());
    told.put("relocations_from", made.relocationsHost());
    told.put("pages_of_this_host", own);
    told.put("pages_of_others", others);
    told.put("hosts_not_asked", made.problems());
    ModuleExtraction.tell(told, made.name(), made.base(), made.report());
    told.put("pages", pages(made));
    folder.report(file + ".json", told);
    return new Result(file, made, own, others);
  }

  private static List<Map<String, Object>> pages(FleetModule.Result made) {
    List<Map<String, Object>> told = new ArrayList<>();
    for (FleetModule.Run run : made.runs()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("rva", Hex.address(run.rva()));
      entry.put("address", Hex.address(made.base() + run.rva()));
      entry.put("pages", run.pages());
      entry.put("host", run.host());
      entry.put("hosts_same", run.same());
      entry.put("hosts_differing", run.differing());
      told.add(entry);
    }
    return told;
  }
}
