package io.memlake.engine.artifacts.dns;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.dns.DnsRecord;
import io.memlake.engine.objects.dns.DnsRecordReader;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.vad.MappedPages;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.DnsCacheRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fills {@code dns_cache} from the private memory of the process with {@code dnsrslvr.dll}. */
public final class DnsCacheArtifact implements PerProcessArtifact<DnsCacheRow> {
  private static final String TABLE = "dns_cache";
  private static final String LIBRARY = "dnsrslvr.dll";

  /** Private memory of a service; more is no heap of the DNS client. */
  private static final long MAXIMUM_BYTES = 512L << 20;

  /** More answers than the service keeps; a hostile process could hold one in every 48 bytes. */
  private static final int MAXIMUM_RECORDS = 1 << 16;

  private static final int BLOCK = 16 * PhysicalMemory.PAGE_SIZE;

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<DnsCacheRow> rowType() {
    return DnsCacheRow.class;
  }

  @Override
  public Collected collect(
      MachineView view,
      Eprocess process,
      RowSink<? super DnsCacheRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    try {
      ProcessView memory = view.processView(process);
      Optional<MappedPages> pages = runsService(memory) ? memory.pages() : Optional.empty();
      if (pages.isEmpty()) {
        return Collected.NOTHING;
      }
      Search search = new Search(memory.space().orElseThrow(), pages.get());
      for (VadNode node : memory.vads().nodes()) {
        if (node.privateMemory()) {
          search.range(node);
        }
      }
      if (search.cut) {
        String reason = "more private memory or answers than the DNS client has; the rest is left";
        ErrorRow row = ErrorRows.gap(TABLE, LIBRARY, 0, Absence.UNPARSABLE, reason);
        errors.accept(ErrorRows.inProcess(row, memory.pid()));
      }
      for (DnsRecord record : search.records) {
        rows.accept(row(memory, record, search.followed.contains(record.address())));
      }
      return Collected.of(search.records.size(), 0);
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
  }

  private static boolean runsService(ProcessView memory) throws IOException {
    for (LoaderModule module : memory.modules().modules()) {
      if (module.name().orElse("").equalsIgnoreCase(LIBRARY)) {
        return true;
      }
    }
    return false;
  }

  private static DnsCacheRow row(ProcessView memory, DnsRecord record, boolean follows) {
    DnsCacheRow row = new DnsCacheRow();
    row.setSource("carve");
    row.setForensicPath(ForensicPath.process(memory.pid(), record.address()));
    row.setConfidence(follows || record.next() != 0 ? 90 : 80);
    row.setPid(memory.pid());
    row.setProcess(memory.process().imageFileName());
    row.setEprocess(memory.process().virtualAddress());
    row.setAddress(record.address());
    row.setName(record.name());
    row.setType(record.type().name());
    row.setTtl(record.timeToLive());
    row.setData(record.data());
    row.setFlags(record.flags());
    row.setNext(record.next() == 0 ? null : record.next());
    return row;
  }

  /** Looks through the pages of private ranges. */
  private static final class Search {
    private final PagedAddressSpace space;
    private final MappedPages pages;
    private final DnsRecordReader reader;
    private final List<DnsRecord> records = new ArrayList<>();
    private final Set<Long> followed = new HashSet<>();
    private final byte[] block = new byte[BLOCK + DnsRecordReader.SIZE];
    private long left = MAXIMUM_BYTES;
    private boolean cut;

    Search(PagedAddressSpace space, MappedPages pages) {
      this.space = space;
      this.pages = pages;
      this.reader = new DnsRecordReader(space);
    }

    void range(VadNode node) throws IOException {
      int run = pages.firstBehind(node.start());
      while (run < pages.size() && pages.start(run) <= node.end() && !cut) {
        long from = Math.max(node.start(), pages.start(run));
        long end = Math.min(node.end() + 1, pages.end(run));
        for (long at = from; at < end && !cut; at += BLOCK) {
          block(at, (int) Math.min(BLOCK, end - at));
        }
        run++;
      }
    }

    private void block(long at, int length) throws IOException {
      left -= length;
      if (left < 0) {
        cut = true;
        return;
      }
      int read = length;
      if (space.read(at, block, 0, length + DnsRecordReader.SIZE)) {
        // A record may reach into the next block.
        read += DnsRecordReader.SIZE;
      } else if (!space.read(at, block, 0, length)) {
        pagesOf(at, length);
        return;
      }
      records(at, length, read);
    }

    /** Some page of the block is absent: the others are looked at one by one. */
    private void pagesOf(long at, int length) throws IOException {
      for (int done = 0; done < length; done += PhysicalMemory.PAGE_SIZE) {
        int count = Math.min(PhysicalMemory.PAGE_SIZE, length - done);
        if (space.read(at + done, block, 0, count)) {
          records(at + done, count, count);
        }
      }
    }

    private void records(long at, int length, int read) throws IOException {
      for (int i = 0; i < length && i + DnsRecordReader.SIZE <= read; ) {
        Optional<DnsRecord> record = reader.read(block, i, at + i);
        if (record.isPresent()) {
          if (records.size() >= MAXIMUM_RECORDS) {
            cut = true;
            return;
          }
          records.add(record.get());
          followed.add(record.get().next());
        }
        i += DnsRecordReader.ALIGNMENT;
      }
    }
  }
}
