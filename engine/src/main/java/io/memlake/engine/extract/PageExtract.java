package io.memlake.engine.extract;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PageAccount;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.objects.store.StorePages;
import io.memlake.engine.objects.store.StoredPageStatus;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.paging.pagefile.SlotState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the page that a forensic path leads to: {@code phys:0x1a2b3000}, {@code pagefile0:0x77000},
 * {@code store:0x20000077}, {@code pid:4312:va:0x7ff612340000}, {@code
 * kernel:va:0xfffff80012340000}. An address inside a page means the whole page.
 */
public final class PageExtract {
  private static final Pattern PATH =
      Pattern.compile(
          "(?:(phys)|pagefile([0-9]{1,2})|(store)|pid:([0-9]{1,10}):va|(kernel):va)"
              + ":(0x[0-9a-fA-F]{1,16}|[0-9]{1,18})");

  private static final long PAGE_MASK = PhysicalMemory.PAGE_SIZE - 1L;

  private final PagedOutMachine pagedOut;
  private final Machine machine;
  private final byte[] page = new byte[PhysicalMemory.PAGE_SIZE];

  private PageExtract(PagedOutMachine pagedOut) {
    this.pagedOut = pagedOut;
    this.machine = pagedOut.machine();
  }

  /** An extract of pages of a machine. */
  public static PageExtract of(PagedOutMachine pagedOut) {
    return new PageExtract(pagedOut);
  }

  /**
   * Reads a page.
   *
   * @throws IllegalArgumentException when the path cannot be understood; the message says what can
   * @throws IOException when the medium fails
   */
  public ExtractedPage read(String path) throws IOException {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "Cannot understand "
              + path
              + ": a path is phys:ADDRESS, pagefileN:OFFSET, store:KEY, pid:N:va:ADDRESS or"
              + " kernel:va:ADDRESS");
    }
    String text = parts.group(6);
    long number =
        text.startsWith("0x")
            ? Long.parseUnsignedLong(text.substring(2), 16)
            : Long.parseLong(text);
    if (parts.group(1) != null) {
      return physical(path, number & ~PAGE_MASK);
    }
    if (parts.group(2) != null) {
      return slot(path, Integer.parseInt(parts.group(2)), number);
    }
    if (parts.group(3) != null) {
      return stored(path, number);
    }
    return parts.group(4) != null
        ? virtual(path, Long.parseLong(parts.group(4)), number & ~PAGE_MASK)
        : virtual(path, machine.kernelSpace(), number & ~PAGE_MASK);
  }

  private ExtractedPage physical(String path, long at) throws IOException {
    return machine.memory().read(at, page, 0, page.length)
        ? found(path, "in RAM")
        : absent(path, "the frame is not in the evidence");
  }

  private ExtractedPage slot(String path, int number, long offset) throws IOException {
    if (number >= PageSlots.MAX_NUMBERS) {
      throw new IllegalArgumentException(
          "Cannot read " + path + ": page files have numbers from 0 to 15");
    }
    SlotState state = pagedOut.slots().read(number, offset >>> PhysicalMemory.PAGE_SHIFT, page, 0);
    return switch (state) {
      case PRESENT -> found(path, "in page file " + number);
      case NO_FILE -> absent(path, "page file " + number + " was not given");
      case TRUNCATED -> absent(path, "page file " + number + " ends before");
      case FOREIGN -> absent(path, "page file " + number + " is of another system");
      case NOT_IN_STORE -> absent(path, "the compressed store has no usable record of it");
    };
  }

  private ExtractedPage stored(String path, long key) throws IOException {
    Optional<StorePages> store = pagedOut.store();
    if (store.isEmpty()) {
      return absent(path, "no compressed store could be opened");
    }
    StoredPageStatus status = store.get().readKey(key, page, 0);
    return status == StoredPageStatus.OK
        ? found(path, "in the compressed store")
        : absent(path, "the compressed store says " + status.name().toLowerCase(Locale.ROOT));
  }

  private ExtractedPage virtual(String path, long pid, long at) throws IOException {
    EprocessLayout layout = EprocessLayout.resolve(machine.symbols());
    // Of processes that had the same id, the one that still runs is meant.
    Optional<Eprocess> process =
        ProcessList.walk(machine, layout).processes().stream()
            .filter(listed -> listed.uniqueProcessId() == pid)
            .min(Comparator.comparing(listed -> listed.exitTime() != 0));
    if (process.isEmpty()) {
      return absent(path, "no process has the id " + pid);
    }
    return virtual(path, machine.space(process.get().directoryTableBase()), at);
  }

  private ExtractedPage virtual(String path, PagedAddressSpace space, long at) throws IOException {
    PageAccount account = pagedOut.accounts().of(space, at);
    return space.read(at, page, 0, page.length)
        ? found(path, account.toString())
        : absent(path, account.toString());
  }

  private ExtractedPage found(String path, String where) {
    return new ExtractedPage(path, Optional.of(page.clone()), where);
  }

  private static ExtractedPage absent(String path, String why) {
    return new ExtractedPage(path, Optional.empty(), why);
  }
}
