package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.shortcut.LinkLocation;
import io.memlake.engine.objects.shortcut.LinkTracker;
import io.memlake.engine.objects.shortcut.Shortcut;
import io.memlake.engine.objects.value.MalformedObjectException;
import io.memlake.schemas.row.LnkRow;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;

/** Rows of {@code lnk}. */
final class ShortcutRows {
  private static final int MAX_LINK = 1 << 16;
  private static final int CUT = 70;

  private ShortcutRows() {}

  static void link(Candidate candidate, RowSink<SpecificRecordBase> rows) throws IOException {
    byte[] bytes = candidate.bytes(MAX_LINK);
    try {
      rows.accept(row(candidate, Shortcut.parse(candidate.path(), bytes, 0, bytes.length)));
    } catch (MalformedObjectException e) {
      // Twelve bytes looked like a link and the rest of its header does not: it is none.
      return;
    }
  }

  private static LnkRow row(Candidate candidate, Shortcut link) {
    LnkRow row = candidate.stamp(new LnkRow(), 0);
    row.setConfidence(link.whole() ? row.getConfidence() : CUT);
    row.setTarget(text(link.target()));
    row.setArguments(text(link.arguments()));
    row.setWorkingDirectory(text(link.workingDirectory()));
    row.setDescription(text(link.description()));
    row.setRelativePath(text(link.relativePath()));
    row.setIconLocation(text(link.iconLocation()));
    row.setTargetCreated(FileTimes.instant(link.created()));
    row.setTargetModified(FileTimes.instant(link.modified()));
    row.setTargetAccessed(FileTimes.instant(link.accessed()));
    row.setTargetSize(link.fileSize());
    row.setAttributes(Integer.toUnsignedLong(link.fileAttributes()));
    row.setShowCommand(link.showCommand());
    Optional<LinkLocation> location = link.location();
    if (location.isPresent()) {
      LinkLocation place = location.get();
      boolean volume = place.driveType() != 0 || place.volumeSerial() != 0;
      row.setDriveSerial(volume ? String.format(Locale.ROOT, "%08X", place.volumeSerial()) : null);
      row.setVolumeLabel(text(place.volumeLabel()));
      row.setShare(text(place.share()));
    }
    row.setMachine(link.tracker().map(LinkTracker::machine).orElse(null));
    row.setFileDroid(link.tracker().map(LinkTracker::fileId).orElse(null));
    row.setWhole(link.whole());
    return row;
  }

  private static String text(String text) {
    return text.isEmpty() ? null : text;
  }
}
