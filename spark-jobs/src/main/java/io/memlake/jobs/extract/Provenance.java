package io.memlake.jobs.extract;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.process.Eprocess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What every report of an extraction begins with: from where, by what. */
public final class Provenance {
  private Provenance() {}

  /** The beginning of a report. */
  public static Map<String, Object> of(ExtractSource source, String toolVersion) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("tool", "memlake " + toolVersion);
    report.put("host", source.host().name());
    report.put("case", source.host().manifest().caseId());
    report.put("run_id", source.host().manifest().runId());
    List<Map<String, Object>> files = new ArrayList<>();
    for (LakeHost.GivenFile file : source.host().files()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("path", file.path());
      entry.put("role", file.role());
      entry.put("image_id", file.imageId());
      entry.put("sha256", file.sha256());
      files.add(entry);
    }
    report.put("evidence", files);
    return report;
  }

  static void process(Map<String, Object> report, Eprocess process) {
    report.put("pid", process.uniqueProcessId());
    report.put("image_file_name", process.imageFileName());
    report.put("eprocess", Hex.address(process.virtualAddress()));
    report.put("dtb", Hex.address(process.directoryTableBase()));
  }

  /** Counts by name, in the order in which the names were declared. */
  static Map<String, Long> counts(Map<? extends Enum<?>, Long> counts) {
    Map<String, Long> named = new LinkedHashMap<>();
    counts.forEach((name, count) -> named.put(name.name().toLowerCase(Locale.ROOT), count));
    return named;
  }
}
