package io.memlake.engine.extract;

import io.memlake.engine.extract.ProcessRegions.Range;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.objects.pagedout.PageAccount;
import io.memlake.engine.objects.pagedout.PageAccounts;
import io.memlake.engine.objects.pagedout.PageSource;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.vad.SectionReader;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadReader;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes the user half of a process: the bytes of all pages that can be had, one behind the other,
 * and a map that says of every page of every region where its bytes are or why there are none.
 *
 * <p>Memory use does not grow with the process. One instance serves all processes of a machine.
 */
public final class ProcessExtract {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final Machine machine;
  private final PageAccounts accounts;
  private final VadReader reader;
  private final SectionReader sections;

  private ProcessExtract(PagedOutMachine pagedOut) {
    this.machine = pagedOut.machine();
    this.accounts = pagedOut.accounts();
    this.reader = VadReader.of(machine.symbols());
    this.sections = SectionReader.of(machine.symbols());
  }

  /**
   * An extract of processes of a machine.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols do not describe
   *     address descriptors
   */
  public static ProcessExtract of(PagedOutMachine pagedOut) {
    return new ProcessExtract(pagedOut);
  }

  /**
   * Writes a process.
   *
   * @param out receives the bytes; not closed
   * @param map receives the map
   * @throws IOException when the medium or the output fails
   */
  public ExtractReport write(Eprocess process, OutputStream out, MemoryMap map) throws IOException {
    return write(process, region -> true, out, map);
  }

  /** As the other, without the regions that are not wanted. */
  public ExtractReport write(
      Eprocess process, Predicate<MemoryRegion> wanted, OutputStream out, MemoryMap map)
      throws IOException {
    machine.owners().add(process.directoryTableBase(), process.virtualAddress());
    PagedAddressSpace space = machine.space(process.directoryTableBase());
    ProcessRegions regions =
        ProcessRegions.of(machine, space, process.virtualAddress(), reader, sections);
    Writer writer = new Writer(space, out, map);
    for (Range range : regions.ranges()) {
      if (wanted.test(range.region())) {
        writer.write(range);
      }
    }
    return new ExtractReport(writer.present, writer.absent, regions.notes());
  }

  /** One pass over one process. */
  private final class Writer {
    private final PagedAddressSpace space;
    private final OutputStream out;
    private final MemoryMap map;
    private final Map<PageSource, Long> present = new EnumMap<>(PageSource.class);
    private final Map<PageAbsence, Long> absent = new EnumMap<>(PageAbsence.class);
    private final byte[] page = new byte[PAGE];
    private MemoryRegion region;
    private MemoryRun run;
    private long written;

    Writer(PagedAddressSpace space, OutputStream out, MemoryMap map) {
      this.space = space;
      this.out = out;
      this.map = map;
    }

    void write(Range range) throws IOException {
      region = range.region();
      run = null;
      long at = region.start();
      while (at - 1 < region.end()) {
        long span = Math.min(spanWithoutPages(range.node(), at), region.end() - at + 1);
        if (span > 0) {
          PageAccount account = accounts.of(space, at);
          add(at, span, account.source(), account.absence(), false);
          at += span;
        } else {
          writePage(at);
          at += PAGE;
        }
      }
      flush();
    }

    /**
     * Bytes from an address on that have neither table nor prototype entry, so that all of its
     * pages share the fate of the first: terabytes are set aside in ordinary processes.
     */
    private long spanWithoutPages(VadNode node, long at) throws IOException {
      long span = space.uncovered(at);
      if (span == 0 || node == null || !node.hasPrototypes()) {
        return span;
      }
      long prototype = sections.prototypeAddress(space, node, at);
      if (prototype == 0 || space.read(prototype, page, 0, Byte.BYTES)) {
        return 0;
      }
      // The page of prototype entries is absent: so is what the rest of its entries describe.
      long entries = (PAGE - (prototype & (PAGE - 1))) / space.mode().entrySize();
      return Math.min(span, entries * PAGE);
    }

    private void writePage(long at) throws IOException {
      if (!space.read(at, page, 0, PAGE)) {
        PageAccount account = accounts.of(space, at);
        // An entry can look sound while its bytes are not to be had after all.
        PageAbsence reason = account.isPresent() ? PageAbsence.FRAME_MISSING : account.absence();
        add(at, PAGE, account.source(), reason, false);
        return;
      }
      PageSource source =
          space.translate(at) == AddressSpace.ABSENT
              ? accounts.of(space, at).source()
              : PageSource.FRAME;
      add(at, PAGE, source, null, source != PageSource.ZERO);
    }

    private void add(long at, long size, PageSource source, PageAbsence absence, boolean stored)
        throws IOException {
      if (absence == null) {
        present.merge(source, size / PAGE, Long::sum);
      } else {
        absent.merge(absence, size / PAGE, Long::sum);
      }
      boolean same =
          run != null
              && run.source() == source
              && run.absence() == absence
              && run.offset() >= 0 == stored;
      if (same) {
        run = new MemoryRun(run.start(), run.size() + size, source, absence, run.offset());
      } else {
        flush();
        run = new MemoryRun(at, size, source, absence, stored ? written : -1);
      }
      if (stored) {
        out.write(page, 0, PAGE);
        written += PAGE;
      }
    }

    private void flush() throws IOException {
      if (run != null) {
        map.run(region, run);
        run = null;
      }
    }
  }
}
