package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.filerecord.FileRecord;
import io.memlake.engine.objects.filerecord.IndexEntry;
import io.memlake.engine.objects.filerecord.IndexRecord;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.scan.CarveKind;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.avro.specific.SpecificRecordBase;

/** Turns candidates of one layer into rows. Belongs to one thread. */
public final class CarvedRows {
  private static final String EVTX = "evtx";
  private static final String MFT = "mft";
  private static final String PREFETCH = "prefetch";
  private static final String LNK = "lnk";

  private final CarveLayer layer;
  private final LongFunction<AddressSpace> spaces;

  /** Rows of what lies in {@code layer} of a machine. */
  public CarvedRows(Machine machine, CarveLayer layer) {
    this(layer, machine::space);
  }

  CarvedRows(CarveLayer layer, LongFunction<AddressSpace> spaces) {
    this.layer = layer;
    this.spaces = spaces;
  }

  /** Tables that candidates fill. */
  public static Set<String> tables() {
    return Set.of(EVTX, MFT, PREFETCH, LNK);
  }

  /** Adds what a candidate tells of directories; paths need those of the whole machine. */
  public void learn(CarveKind kind, long address, Directories directories) throws IOException {
    if (kind == CarveKind.FILE_RECORD) {
      Optional<FileRecord> record = FileRecordRows.file(candidate(kind, address));
      record.ifPresent(directories::add);
    } else if (kind == CarveKind.INDEX_RECORD) {
      Optional<IndexRecord> record = FileRecordRows.index(candidate(kind, address));
      if (record.isPresent()) {
        for (IndexEntry entry : record.get().entries()) {
          directories.add(entry);
        }
      }
    }
  }

  /**
   * Gives the rows of a candidate.
   *
   * @param directories of the whole machine
   * @param tables names of the tables that are wanted
   */
  public void rows(
      CarveKind kind,
      long address,
      Directories directories,
      Set<String> tables,
      RowSink<SpecificRecordBase> rows)
      throws IOException {
    switch (kind) {
      case EVENT_CHUNK -> {
        if (tables.contains(EVTX)) {
          EventRows.chunk(candidate(kind, address), rows);
        }
      }
      case EVENT_RECORDS -> {
        if (tables.contains(EVTX)) {
          EventRows.records(candidate(kind, address), rows);
        }
      }
      case FILE_RECORD -> {
        if (tables.contains(MFT)) {
          FileRecordRows.file(candidate(kind, address), directories, rows);
        }
      }
      case INDEX_RECORD -> {
        if (tables.contains(MFT)) {
          FileRecordRows.index(candidate(kind, address), directories, rows);
        }
      }
      case PREFETCH -> {
        if (tables.contains(PREFETCH)) {
          PrefetchRows.file(candidate(kind, address), rows);
        }
      }
      case SHORTCUT -> {
        if (tables.contains(LNK)) {
          ShortcutRows.link(candidate(kind, address), rows);
        }
      }
      case HIVE -> {
        // Hives are read as a whole, by the registry.
      }
    }
  }

  private Candidate candidate(CarveKind kind, long address) {
    return new Candidate(kind, address, layer, spaces);
  }
}
