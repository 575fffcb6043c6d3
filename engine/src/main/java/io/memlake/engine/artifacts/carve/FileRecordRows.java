package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.filerecord.Attribute;
import io.memlake.engine.objects.filerecord.AttributeTypes;
import io.memlake.engine.objects.filerecord.FileName;
import io.memlake.engine.objects.filerecord.FilePath;
import io.memlake.engine.objects.filerecord.FileRecord;
import io.memlake.engine.objects.filerecord.FileReference;
import io.memlake.engine.objects.filerecord.IndexEntry;
import io.memlake.engine.objects.filerecord.IndexRecord;
import io.memlake.engine.objects.filerecord.SectorState;
import io.memlake.engine.objects.filerecord.StandardInformation;
import io.memlake.schemas.row.MftRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;

/** Rows of {@code mft}: a row a name of a file record, and a row an entry of a directory. */
final class FileRecordRows {
  private static final int DIRECTORY = 1 << 28;
  private static final int TORN = 60;
  private static final int SLACK = 50;

  private FileRecordRows() {}

  static Optional<FileRecord> file(Candidate candidate) throws IOException {
    byte[] bytes = candidate.bytes(Math.min(candidate.inPage(), FileRecord.MAX_SIZE));
    return FileRecord.parse(bytes, 0, bytes.length);
  }

  static Optional<IndexRecord> index(Candidate candidate) throws IOException {
    byte[] bytes = candidate.bytes(Math.min(candidate.inPage(), IndexRecord.SIZE));
    return IndexRecord.parse(bytes, 0, bytes.length);
  }

  static void file(Candidate candidate, Directories directories, RowSink<SpecificRecordBase> rows)
      throws IOException {
    Optional<FileRecord> record = file(candidate);
    if (record.isEmpty()) {
      return;
    }
    List<FileName> names = longNames(record.get().names());
    if (names.isEmpty()) {
      rows.accept(row(candidate, record.get()));
    }
    for (FileName name : names) {
      MftRow row = row(candidate, record.get());
      name(row, name, directories);
      rows.accept(row);
    }
  }

  static void index(Candidate candidate, Directories directories, RowSink<SpecificRecordBase> rows)
      throws IOException {
    Optional<IndexRecord> record = index(candidate);
    if (record.isEmpty()) {
      return;
    }
    boolean torn = record.get().sectors() == SectorState.TORN;
    for (IndexEntry entry : record.get().entries()) {
      if (entry.name().namespace() != FileName.Namespace.DOS) {
        MftRow row = entry(candidate, "index", entry.name(), torn, directories);
        row.setRecordNumber(entry.file().number());
        row.setSequence(entry.file().sequence());
        rows.accept(row);
      }
    }
    for (FileName name : record.get().namesInSlack()) {
      MftRow row = entry(candidate, "slack", name, torn, directories);
      row.setConfidence(SLACK);
      rows.accept(row);
    }
  }

  private static MftRow entry(
      Candidate candidate, String type, FileName name, boolean torn, Directories directories) {
    MftRow row = candidate.stamp(new MftRow(), 0);
    row.setRecordType(type);
    row.setDirectory((name.fileAttributes() & DIRECTORY) != 0);
    row.setAttributes(Integer.toUnsignedLong(name.fileAttributes()));
    row.setSize(name.size());
    row.setTorn(torn);
    if (torn) {
      row.setConfidence(TORN);
    }
    name(row, name, directories);
    return row;
  }

  /** Short names only repeat long ones. */
  private static List<FileName> longNames(List<FileName> all) {
    List<FileName> names =
        all.stream().filter(name -> name.namespace() != FileName.Namespace.DOS).toList();
    return names.isEmpty() ? all : names;
  }

  private static void name(MftRow row, FileName name, Directories directories) {
    FilePath path = directories.path(name);
    row.setName(name.name());
    row.setPath(path.path());
    row.setPathComplete(path.complete());
    row.setParentRecord(name.parent().number());
    row.setParentSequence(name.parent().sequence());
    row.setFnCreated(FileTimes.instant(name.created()));
    row.setFnModified(FileTimes.instant(name.modified()));
    row.setFnChanged(FileTimes.instant(name.recordChanged()));
    row.setFnAccessed(FileTimes.instant(name.accessed()));
  }

  private static MftRow row(Candidate candidate, FileRecord record) {
    MftRow row = candidate.stamp(new MftRow(), 0);
    boolean torn = record.sectors() == SectorState.TORN || !record.whole();
    row.setConfidence(torn ? TORN : row.getConfidence());
    row.setTorn(torn);
    row.setRecordType("file");
    row.setRecordNumber(record.number() == FileRecord.NO_NUMBER ? null : record.number());
    row.setSequence(record.sequence());
    FileReference base = record.base();
    row.setBaseRecord(base.isNone() ? null : base.number());
    row.setInUse(record.inUse());
    row.setDirectory(record.directory());
    row.setHardLinks(record.hardLinks());
    row.setLogSequenceNumber(record.logSequenceNumber());
    row.setPathComplete(false);
    record.standardInformation().ifPresent(information -> times(row, information));
    streams(row, record);
    return row;
  }

  private static void times(MftRow row, StandardInformation information) {
    row.setSiCreated(FileTimes.instant(information.created()));
    row.setSiModified(FileTimes.instant(information.modified()));
    row.setSiChanged(FileTimes.instant(information.recordChanged()));
    row.setSiAccessed(FileTimes.instant(information.accessed()));
    row.setAttributes(Integer.toUnsignedLong(information.fileAttributes()));
    row.setUsn(information.usn() == 0 ? null : information.usn());
  }

  private static void streams(MftRow row, FileRecord record) {
    List<String> alternate = new ArrayList<>();
    for (Attribute attribute : record.attributes()) {
      if (attribute.type() != AttributeTypes.DATA || attribute.firstCluster() != 0) {
        continue;
      }
      if (!attribute.name().isEmpty()) {
        alternate.add(attribute.name() + ":" + attribute.size());
        continue;
      }
      row.setSize(attribute.size());
      if (attribute.resident() && attribute.value().length > 0) {
        row.setResidentData(Hex.bytes(attribute.value()));
      }
    }
    row.setStreams(alternate.isEmpty() ? null : alternate);
  }
}
