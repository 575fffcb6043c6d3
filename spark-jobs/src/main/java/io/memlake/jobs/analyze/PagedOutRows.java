package io.memlake.jobs.analyze;

import io.memlake.engine.image.EmbeddedEvidence;
import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.task.ErrorRowOf;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.EvidenceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What rows about the evidence say of page files, those inside a container among them. */
final class PagedOutRows {
  private PagedOutRows() {}

  /** A warning for each page file that is not read: its pages will be missing. */
  static List<ErrorRow> errors(PagedOutDescription pagedOut) {
    return pagedOut.files().stream()
        .filter(file -> !file.isUsed())
        .map(
            file ->
                ErrorRowOf.warning(
                    "open",
                    "pagefile" + file.number(),
                    null,
                    file.path()
                        + " is not used, it belongs to another system or start: "
                        + file.reason()))
        .toList();
  }

  /** Adds number and verdict to the row of a file that is a page file. */
  static void tell(EvidenceRow row, PagedOutDescription pagedOut) {
    for (PageFileUse file : pagedOut.files()) {
      if (!EmbeddedEvidence.isInside(file.path()) && isSame(row.getPath(), file.path())) {
        verdict(row, file);
      }
    }
  }

  private static boolean isSame(String path, String other) {
    return path.equals(other) || path.equals(Locations.text(Locations.parse(other)));
  }

  private static void verdict(EvidenceRow row, PageFileUse file) {
    row.setPagefileNumber(file.number());
    List<String> warnings = new ArrayList<>();
    if (row.getWarnings() != null) {
      row.getWarnings().forEach(warning -> warnings.add(warning.toString()));
    }
    warnings.add(file.verdict().name().toLowerCase(Locale.ROOT) + ": " + file.reason());
    row.setWarnings(warnings);
  }

  /** Rows of the page files inside a container, which were not registered as files. */
  static List<EvidenceRow> embedded(PagedOutDescription pagedOut, String imageId) {
    List<EvidenceRow> rows = new ArrayList<>();
    for (PageFileUse file : pagedOut.files()) {
      if (!EmbeddedEvidence.isInside(file.path())) {
        continue;
      }
      EvidenceRow row = new EvidenceRow();
      row.setSource("container");
      row.setConfidence(100);
      row.setPath(file.path());
      int name = Math.max(file.path().lastIndexOf('/'), file.path().lastIndexOf('\\'));
      row.setFileName(file.path().substring(name + 1));
      row.setRole("pagefile");
      row.setKind("pagefile");
      row.setSize(file.size());
      row.setRegisteredAt(StepLog.now());
      row.setParentImageId(imageId);
      verdict(row, file);
      rows.add(row);
    }
    return rows;
  }
}
