package io.memlake.engine.objects.file;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.objects.pagedout.PageAccount;
import io.memlake.engine.objects.pagedout.PageAccounts;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PteDecoder;
import io.memlake.engine.paging.PteKind;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;

/** Reads the pages that prototype entries of sections stand for. */
final class SectionPages {
  private final Machine machine;
  private final PagedAddressSpace space;
  private final PageAccounts accounts;
  private final byte[] number = new byte[Long.BYTES];

  /**
   * Pages of one machine.
   *
   * @param accounts tells why pages in page files are absent; null when nobody will ask
   */
  SectionPages(Machine machine, PageAccounts accounts) {
    this.machine = machine;
    this.space = machine.kernelSpace();
    this.accounts = accounts;
  }

  /**
   * Reads the page of an entry.
   *
   * @param entryAddress kernel address of the entry; 0 for one that was never made, since its page
   *     is still in the file alone
   * @return null when {@code page} has it, else why not
   */
  PageAbsence read(long entryAddress, byte[] page) throws IOException {
    if (entryAddress == 0) {
      return PageAbsence.FILE_BACKED;
    }
    if (!space.read(entryAddress, number, 0, Long.BYTES)) {
      return PageAbsence.PROTOTYPE_MISSING;
    }
    long entry = LittleEndian.i64(number, 0);
    PteKind kind = PteDecoder.kindOfPrototype(entry, space.layout());
    return switch (kind) {
      case HARDWARE -> frame(space.mode().frame(entry), page);
      case TRANSITION ->
          frame(PteDecoder.transitionPfn(entry, space.layout()) << PhysicalMemory.PAGE_SHIFT, page);
      case DEMAND_ZERO -> {
        Arrays.fill(page, (byte) 0);
        yield null;
      }
      case PAGE_FILE ->
          space.pagedOut().readPage(space, entryAddress, entry, page, 0) ? null : why(entry);
      case SUBSECTION, FILE_BACKED -> PageAbsence.FILE_BACKED;
      case EMPTY -> PageAbsence.RESERVED;
      case DECOMMITTED -> PageAbsence.DECOMMITTED;
      case VAD_LOOKUP, PROTOTYPE, UNKNOWN -> PageAbsence.UNKNOWN_ENTRY;
    };
  }

  private PageAbsence frame(long physicalAddress, byte[] page) throws IOException {
    return machine.memory().read(physicalAddress, page, 0, PhysicalMemory.PAGE_SIZE)
        ? null
        : PageAbsence.FRAME_MISSING;
  }

  private PageAbsence why(long entry) throws IOException {
    if (accounts == null) {
      return PageAbsence.PAGE_FILE_NOT_GIVEN;
    }
    PageAccount account = accounts.ofPrototype(space, entry);
    return account.isPresent() ? PageAbsence.UNKNOWN_ENTRY : account.absence();
  }
}
