package io.memlake.engine.artifacts.carve;

import io.memlake.engine.objects.filerecord.FileName;
import io.memlake.engine.objects.filerecord.FilePath;
import io.memlake.engine.objects.filerecord.FileRecord;
import io.memlake.engine.objects.filerecord.FileReference;
import io.memlake.engine.objects.filerecord.FileTable;
import io.memlake.engine.objects.filerecord.IndexEntry;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of directories, gathered from all records of a machine so that paths can be put together
 * wherever a file's own record is read. Parts of it can be made anywhere and merged in any order.
 */
public final class Directories implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Directories of a machine with many volumes; more are pages full of one pattern. */
  private static final int MAX_DIRECTORIES = 4_000_000;

  private static final int MAX_DEPTH = 4096;
  private static final int DIRECTORY = 1 << 28;
  private static final int SEQUENCE_BITS = 48;

  private final Map<Long, Entry> entries = new HashMap<>();

  /** Nothing is known yet. */
  public Directories() {}

  /**
   * One directory.
   *
   * @param rank log sequence number of its record; -1 for what only an entry told
   */
  private record Entry(long parent, String name, long rank) implements Serializable {
    /** The newer, and of equals one that does not depend on the order. */
    Entry better(Entry other) {
      if (rank != other.rank) {
        return Long.compareUnsigned(rank + 1, other.rank + 1) > 0 ? this : other;
      }
      int order = name.compareTo(other.name);
      return order < 0 || (order == 0 && parent <= other.parent) ? this : other;
    }
  }

  /** Learns from a record, if it is a directory's. */
  void add(FileRecord record) {
    List<FileName> names = record.names();
    if (!record.directory() || record.number() == FileRecord.NO_NUMBER || names.isEmpty()) {
      return;
    }
    FileName name =
        names.stream()
            .filter(one -> one.namespace() != FileName.Namespace.DOS)
            .findFirst()
            .orElse(names.get(0));
    // Freeing a record counts its sequence up: those who refer to it know the number before.
    int sequence = record.inUse() ? record.sequence() : record.sequence() - 1;
    put(record.number(), sequence, name, record.logSequenceNumber());
  }

  /** Learns from an entry of a directory, if it names a directory. */
  void add(IndexEntry entry) {
    boolean directory = (entry.name().fileAttributes() & DIRECTORY) != 0;
    if (directory && entry.name().namespace() != FileName.Namespace.DOS) {
      put(entry.file().number(), entry.file().sequence(), entry.name(), -1);
    }
  }

  private void put(long number, int sequence, FileName name, long rank) {
    if (entries.size() < MAX_DIRECTORIES) {
      long parent = key(name.parent().number(), name.parent().sequence());
      entries.merge(key(number, sequence), new Entry(parent, name.name(), rank), Entry::better);
    }
  }

  private static long key(long number, int sequence) {
    return number | (long) sequence << SEQUENCE_BITS;
  }

  /** One collection of all that {@code parts} know. */
  public static Directories merge(Collection<Directories> parts) {
    Directories merged = new Directories();
    for (Directories part : parts) {
      part.entries.forEach(
          (key, entry) -> {
            if (merged.entries.size() < MAX_DIRECTORIES) {
              merged.entries.merge(key, entry, Entry::better);
            }
          });
    }
    return merged;
  }

  /** The path of a name, as far as its directories are known. */
  FilePath path(FileName name) {
    StringBuilder path = new StringBuilder("\\").append(name.name());
    Set<Long> seen = new HashSet<>();
    FileReference parent = name.parent();
    long at = key(parent.number(), parent.sequence());
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      if ((at & (1L << SEQUENCE_BITS) - 1) == FileTable.ROOT) {
        return new FilePath(path.toString(), true);
      }
      Entry entry = seen.add(at) ? entries.get(at) : null;
      if (entry == null) {
        break;
      }
      path.insert(0, entry.name()).insert(0, '\\');
      at = entry.parent();
    }
    return new FilePath("?" + path, false);
  }
}
