package io.memlake.engine.objects.pagedout;

import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PteState;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.paging.pagefile.SlotState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;

/**
 * Says of single pages where they are and, when they cannot be had, why. The answers follow the
 * same order of questions as reading does; they allocate, so readers ask only for pages without a
 * frame.
 */
public final class PageAccounts {
  private final PageSlots slots;
  private final int storeNumber;
  private final PrototypePages prototypes;
  private final byte[] page = new byte[PhysicalMemory.PAGE_SIZE];

  /**
   * Accounts of one machine.
   *
   * @param prototypes null when the symbols do not describe descriptors
   */
  PageAccounts(PageSlots slots, int storeNumber, PrototypePages prototypes) {
    this.slots = slots;
    this.storeNumber = storeNumber;
    this.prototypes = prototypes;
  }

  /**
   * Where the page of an address is.
   *
   * @throws IOException when the medium fails
   */
  public PageAccount of(PagedAddressSpace space, long virtualAddress) throws IOException {
    PteState state = space.explain(virtualAddress);
    if (state instanceof PteState.VadLookup) {
      return fromDescriptor(space, virtualAddress, false);
    }
    if (state instanceof PteState.Unmapped) {
      return fromDescriptor(space, virtualAddress, true);
    }
    if (state instanceof PteState.Prototype prototype) {
      return ofPrototype(space, prototype.target());
    }
    return of(space, state);
  }

  /**
   * Where the page of an entry of an array of prototype entries is.
   *
   * @throws IOException when the medium fails
   */
  public PageAccount ofPrototype(PagedAddressSpace space, long entry) throws IOException {
    return ofPrototype(space, space.explainPrototype(entry));
  }

  private PageAccount of(PagedAddressSpace space, PteState state) throws IOException {
    if (state instanceof PteState.Hardware hardware) {
      return frame(space, PageSource.FRAME, hardware.pfn());
    }
    if (state instanceof PteState.Large large) {
      return frame(space, PageSource.FRAME, large.pfn());
    }
    if (state instanceof PteState.Transition transition) {
      return frame(space, PageSource.TRANSITION, transition.pfn());
    }
    if (state instanceof PteState.PageFile slot) {
      return slot(slot.number(), slot.page());
    }
    if (state instanceof PteState.DemandZero) {
      return PageAccount.present(PageSource.ZERO, -1, -1);
    }
    if (state instanceof PteState.Decommitted) {
      return PageAccount.nowhere(PageAbsence.DECOMMITTED);
    }
    if (state instanceof PteState.Subsection file) {
      return file(file.address());
    }
    if (state instanceof PteState.FileBacked file) {
      return file(file.address());
    }
    if (state instanceof PteState.MissingTable) {
      return PageAccount.nowhere(PageAbsence.TABLE_MISSING);
    }
    return PageAccount.nowhere(
        state instanceof PteState.Unknown || state instanceof PteState.Prototype
            ? PageAbsence.UNKNOWN_ENTRY
            : PageAbsence.NOT_MAPPED);
  }

  private PageAccount fromDescriptor(PagedAddressSpace space, long virtualAddress, boolean empty)
      throws IOException {
    VadNode node = prototypes == null ? null : prototypes.find(space, virtualAddress);
    if (node == null) {
      boolean lost =
          !empty || (prototypes != null && !prototypes.isComplete(space, virtualAddress));
      return PageAccount.nowhere(lost ? PageAbsence.DESCRIPTOR_MISSING : PageAbsence.NOT_MAPPED);
    }
    if (!node.hasPrototypes()) {
      if (empty && PrototypePages.isZero(node)) {
        return PageAccount.present(PageSource.ZERO, -1, -1);
      }
      return PageAccount.nowhere(empty ? PageAbsence.RESERVED : PageAbsence.DESCRIPTOR_MISSING);
    }
    long at = prototypes.prototypeOf(space, node, virtualAddress);
    if (at == PrototypePages.NO_ENTRY || !prototypes.readEntry(space, at)) {
      return PageAccount.nowhere(PageAbsence.PROTOTYPE_MISSING).throughPrototype();
    }
    return ofPrototype(space, space.explainPrototype(prototypes.entry(space)));
  }

  /** An empty prototype entry is a page of the section that got no memory yet. */
  private PageAccount ofPrototype(PagedAddressSpace space, PteState state) throws IOException {
    PageAccount account = of(space, state);
    if (state instanceof PteState.Unmapped) {
      account = PageAccount.nowhere(PageAbsence.RESERVED);
    } else if (state instanceof PteState.MissingTable) {
      account = PageAccount.nowhere(PageAbsence.PROTOTYPE_MISSING);
    }
    return account.throughPrototype();
  }

  private PageAccount frame(PagedAddressSpace space, PageSource source, long pfn)
      throws IOException {
    long at = pfn << PhysicalMemory.PAGE_SHIFT;
    return space.memory().read(at, page, 0, 1)
        ? PageAccount.present(source, -1, at)
        : PageAccount.absent(source, -1, at, PageAbsence.FRAME_MISSING);
  }

  private PageAccount slot(int number, long slot) throws IOException {
    long place = slot << PhysicalMemory.PAGE_SHIFT;
    PageSource source = number == storeNumber ? PageSource.STORE : PageSource.PAGE_FILE;
    SlotState state = slots.read(number, slot, page, 0);
    return state == SlotState.PRESENT
        ? PageAccount.present(source, number, place)
        : PageAccount.absent(source, number, place, absence(state));
  }

  private static PageAbsence absence(SlotState state) {
    return switch (state) {
      case TRUNCATED -> PageAbsence.PAGE_FILE_TRUNCATED;
      case FOREIGN -> PageAbsence.PAGE_FILE_FOREIGN;
      case NOT_IN_STORE -> PageAbsence.STORE_RECORD_MISSING;
      case NO_FILE, PRESENT -> PageAbsence.PAGE_FILE_NOT_GIVEN;
    };
  }

  private static PageAccount file(long address) {
    return PageAccount.absent(PageSource.FILE, -1, address, PageAbsence.FILE_BACKED)
        .throughPrototype();
  }
}
