package io.memlake.engine.objects.filerecord;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Records of one volume, put together to files with paths. Of several copies of a record the best
 * stays: whole before torn, newer before older by log sequence number.
 */
public final class FileTable {
  /** Record of the root directory. */
  public static final long ROOT = 5;

  /** Directories above a file; a path of Windows has at most 32,767 characters. */
  private static final int MAX_DEPTH = 16_384;

  private final TreeMap<Long, FileRecord> bases = new TreeMap<>();
  private final Map<Long, List<FileRecord>> extensions = new HashMap<>();
  private final Map<Long, Set<Long>> extensionNumbers = new HashMap<>();

  /** An empty table. */
  public FileTable() {}

  /** Adds a record that knows its number; false when it does not. */
  public boolean add(FileRecord record) {
    if (record.number() == FileRecord.NO_NUMBER) {
      return false;
    }
    add(record.number(), record);
    return true;
  }

  /** Adds a record whose number follows from its place. */
  public void add(long number, FileRecord record) {
    if (record.base().isNone()) {
      bases.merge(number, record, FileTable::better);
    } else {
      long base = record.base().number();
      if (extensionNumbers.computeIfAbsent(base, key -> new HashSet<>()).add(number)) {
        extensions.computeIfAbsent(base, key -> new ArrayList<>()).add(record);
      }
    }
  }

  private static FileRecord better(FileRecord old, FileRecord fresh) {
    boolean oldTorn = old.sectors() == SectorState.TORN || !old.whole();
    boolean freshTorn = fresh.sectors() == SectorState.TORN || !fresh.whole();
    if (oldTorn != freshTorn) {
      return oldTorn ? fresh : old;
    }
    return Long.compareUnsigned(fresh.logSequenceNumber(), old.logSequenceNumber()) > 0
        ? fresh
        : old;
  }

  /** The files in the order of their records, deleted ones included. */
  public List<FileEntry> files() {
    List<FileEntry> files = new ArrayList<>();
    bases.forEach((number, record) -> files.add(entry(number, record)));
    return files;
  }

  /** The file of a record; empty when the record is not there. */
  public Optional<FileEntry> file(long number) {
    return Optional.ofNullable(bases.get(number)).map(record -> entry(number, record));
  }

  private FileEntry entry(long number, FileRecord record) {
    List<FileRecord> parts =
        extensions.getOrDefault(number, List.of()).stream()
            .filter(part -> part.base().sequence() == record.sequence())
            .toList();
    return new FileEntry(new FileReference(number, record.sequence()), record, parts);
  }

  /** The path of a name: its directories up to the root, as far as they are known. */
  public FilePath path(FileName name) {
    StringBuilder path = new StringBuilder();
    Set<Long> seen = new HashSet<>();
    FileName at = name;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      FileReference parent = at.parent();
      path.insert(0, at.name()).insert(0, '\\');
      if (parent.number() == ROOT) {
        return new FilePath(path.toString(), true);
      }
      FileName above = seen.add(parent.number()) ? directory(parent) : null;
      if (above == null) {
        break;
      }
      at = above;
    }
    return new FilePath("?" + path, false);
  }

  /** The name of a directory; null when its record is not there or belongs to another file now. */
  private FileName directory(FileReference reference) {
    FileRecord record = bases.get(reference.number());
    if (record == null || !record.directory()) {
      return null;
    }
    // Freeing a record counts its sequence up, so that of a deleted directory is one ahead.
    int expected = record.inUse() ? reference.sequence() : reference.sequence() + 1;
    if (record.sequence() != expected && record.sequence() != reference.sequence()) {
      return null;
    }
    List<FileName> names = entry(reference.number(), record).longNames();
    return names.isEmpty() ? null : names.get(0);
  }
}
