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
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.apache.avro.specific.SpecificRecordBase;

/** Turns candidates of one layer into rows. Belongs to one thread. */
public final class CarvedRows {
  private static final String EVTX = "evtx";
  private static final String MFT = "mft";
  private static final String PREFETCH = "prefetch";
  private static final String LNK = "lnk";
  private static final String FEATURES = "features";
  private static final String BROWSER = "browser_history";
  private static final String TICKETS = "kerberos_tickets";

  private final CarveLayer layer;
  private final LongFunction<AddressSpace> spaces;
  private final PageSet mounted;
  private final DatabaseFinder databases = new DatabaseFinder();

  /** Rows of what lies in {@code layer} of a machine. */
  public CarvedRows(Machine machine, CarveLayer layer) {
    this(machine, layer, PageSet.NONE);
  }

  /**
   * Rows of what lies in {@code layer} of a machine.
   *
   * @param mounted pages of the layer that belong to hives which are read as a whole
   */
  public CarvedRows(Machine machine, CarveLayer layer, PageSet mounted) {
    this.layer = layer;
    this.spaces = machine::space;
    this.mounted = mounted;
  }

  /** Tables that candidates fill, those of the registry among them: bins add to them. */
  public static Set<String> tables() {
    Set<String> tables = new TreeSet<>(ownTables());
    tables.addAll(BinRows.TABLES);
    return tables;
  }

  /** Tables that candidates fill and nothing else, or little else. */
  public static Set<String> ownTables() {
    return Set.of(
        EVTX,
        MFT,
        PREFETCH,
        LNK,
        FEATURES,
        BROWSER,
        TICKETS,
        EventTraces.POWERSHELL,
        EventTraces.DEFENDER);
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
        if (EventTraces.wanted(EVTX, tables)) {
          EventRows.chunk(candidate(kind, address), tables, rows);
        }
      }
      case EVENT_RECORDS -> {
        if (EventTraces.wanted(EVTX, tables)) {
          EventRows.records(candidate(kind, address), tables, rows);
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
      case HIVE_BIN -> {
        if (!mounted.contains(candidate(kind, address).page())) {
          BinRows.bin(candidate(kind, address), tables, rows);
        }
      }
      case DATABASE_PAGE -> {
        if (tables.contains(BROWSER)) {
          BrowserRows.page(candidate(kind, address), databases, rows);
        }
      }
      case FEATURES -> {
        if (tables.contains(FEATURES)) {
          FeatureRows.page(candidate(kind, address), rows);
        }
      }
      case TICKET -> {
        if (tables.contains(TICKETS)) {
          TicketRows.ticket(candidate(kind, address), rows);
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
