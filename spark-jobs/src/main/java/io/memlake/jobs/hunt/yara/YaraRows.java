package io.memlake.jobs.hunt.yara;

import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.YaraMatchRow;

/** Rows of {@code yara_matches} of one host. */
record YaraRows(String caseId, String host, String imageId, String runId) {

  /** A match in the memory of a process. */
  YaraMatchRow ofRegion(int pid, String process, RegionBytes.Part part, YaraMatch match) {
    YaraMatchRow row = inPart(part, match, ForensicPath.process(pid, first(part, match)));
    row.setScope(part.region().type() + " region");
    row.setPid(pid);
    row.setProcess(process);
    return row;
  }

  /** A match in a module or an allocation of the kernel. */
  YaraMatchRow ofKernel(RegionBytes.Part part, YaraMatch match) {
    YaraMatchRow row = inPart(part, match, ForensicPath.kernel(first(part, match)));
    row.setScope(part.region().type() + " " + part.region().file());
    return row;
  }

  private static long first(RegionBytes.Part part, YaraMatch match) {
    return part.address(match.strings().isEmpty() ? 0 : match.strings().get(0).offset());
  }

  private YaraMatchRow inPart(RegionBytes.Part part, YaraMatch match, String path) {
    YaraMatchRow row = row(match, path);
    row.setStart(part.region().start());
    row.setSize((long) part.bytes().length);
    row.setStrings(
        match.strings().isEmpty()
            ? null
            : match.strings().stream()
                .map(place -> place(place, part.address(place.offset())))
                .toList());
    return row;
  }

  /** A match in a page that belongs to no region. */
  YaraMatchRow ofPage(String path, int size, YaraMatch match) {
    YaraMatchRow row = row(match, path);
    row.setScope("page");
    row.setSize((long) size);
    row.setStrings(
        match.strings().isEmpty()
            ? null
            : match.strings().stream().map(place -> place(place, place.offset())).toList());
    return row;
  }

  private YaraMatchRow row(YaraMatch match, String path) {
    YaraMatchRow row = new YaraMatchRow();
    new RowOrigin(caseId, host, imageId, runId).stamp(row);
    row.setSource("scan");
    row.setForensicPath(path);
    row.setConfidence(100);
    row.setRule(match.rule());
    row.setNamespace(match.namespace());
    row.setTags(match.tags().isEmpty() ? null : match.tags());
    row.setDescription(match.description());
    row.setSeverity(Severity.of(match.severity()).orElse(Severity.MEDIUM).toString());
    row.setMatches(match.count());
    return row;
  }

  private static String place(YaraMatch.Place place, long address) {
    return place.identifier() + "@" + Hex.address(address) + "+" + place.length();
  }
}
