package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.prefetch.Prefetch;
import io.memlake.engine.objects.prefetch.PrefetchFile;
import io.memlake.engine.objects.prefetch.PrefetchVolume;
import io.memlake.engine.objects.value.MalformedObjectException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.PrefetchRow;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecordBase;

/** Rows of {@code prefetch}. */
final class PrefetchRows {
  /** Bytes of a file that are looked for; the largest real ones have some hundred KiB. */
  private static final int MAX_FILE = 1 << 20;

  private static final int CUT = 70;

  private PrefetchRows() {}

  static void file(Candidate candidate, RowSink<SpecificRecordBase> rows) throws IOException {
    byte[] bytes = candidate.bytes(MAX_FILE);
    try {
      rows.accept(row(candidate, Prefetch.parse(candidate.path(), bytes)));
    } catch (MalformedObjectException e) {
      ErrorRow row =
          ErrorRows.gap("prefetch", "prefetch file", 0, Absence.UNPARSABLE, e.getMessage());
      row.setForensicPath(candidate.path());
      rows.accept(row);
    }
  }

  private static PrefetchRow row(Candidate candidate, Prefetch file) {
    PrefetchRow row = candidate.stamp(new PrefetchRow(), 0);
    row.setConfidence(file.whole() ? row.getConfidence() : CUT);
    row.setExecutable(file.executable());
    row.setHash(String.format(Locale.ROOT, "%08X", file.hash()));
    row.setVersion(file.version());
    row.setRunCount(file.runCount());
    List<Instant> times =
        file.runTimes().stream().map(FileTimes::instant).filter(Objects::nonNull).toList();
    row.setLastRun(times.isEmpty() ? null : times.get(0));
    row.setRunTimes(times.isEmpty() ? null : times.stream().map(Instant::toString).toList());
    row.setPath(file.executablePath().orElse(null));
    row.setFileCount(file.files().size());
    List<String> paths = file.files().stream().map(PrefetchFile::path).toList();
    row.setFiles(paths.isEmpty() ? null : paths);
    List<String> volumes = file.volumes().stream().map(PrefetchVolume::devicePath).toList();
    row.setVolumes(volumes.isEmpty() ? null : volumes);
    row.setWhole(file.whole());
    return row;
  }
}
