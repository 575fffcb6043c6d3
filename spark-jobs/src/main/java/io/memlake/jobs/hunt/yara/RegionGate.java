package io.memlake.jobs.hunt.yara;

import io.memlake.engine.extract.MemoryRegion;
import io.memlake.engine.extract.ProcessPages;
import io.memlake.engine.objects.pagedout.PageSource;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.hunt.yara.rules.RuleGate;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the regions of a process in which some rule may match: what was found in each of their
 * pages counts together, with what runs across the borders of pages that follow each other in the
 * process.
 */
final class RegionGate implements ProcessPages.Visitor {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  /** Bytes on each side of a border: the part of a literal that is looked up is shorter. */
  private static final int EDGE = 32;

  private final RuleGate gate;
  private final HostHits hits;
  private final Set<MemoryRegion> wanted = new HashSet<>();
  private final BitSet found = new BitSet();
  private final byte[] border = new byte[2 * EDGE];
  private final byte[] tail = new byte[EDGE];
  private MemoryRegion region;
  private long next;
  private boolean begun;
  private long shown;

  RegionGate(RuleGate gate, HostHits hits) {
    this.gate = gate;
    this.hits = hits;
  }

  /** The regions to evaluate, when all were shown. */
  Set<MemoryRegion> wanted() {
    end();
    return wanted;
  }

  /** How many regions were shown. */
  long shown() {
    return shown;
  }

  @Override
  public void region(MemoryRegion begins) {
    end();
    region = begins;
    shown++;
    begun = false;
    found.clear();
  }

  @Override
  public void page(
      PagedAddressSpace space, long virtualAddress, PageSource source, int number, long place)
      throws IOException {
    hits.addTo(source, number, place, found);
    byte[] head = new byte[0];
    if (space.read(virtualAddress, border, EDGE, EDGE)) {
      head = Arrays.copyOfRange(border, EDGE, 2 * EDGE);
    }
    if (begun && head.length > 0) {
      if (next == virtualAddress) {
        across(tail, head);
      } else {
        // Between pages that do not meet the engine sees zeros.
        across(tail, new byte[EDGE]);
        across(new byte[EDGE], head);
      }
    }
    begun = head.length > 0 && space.read(virtualAddress + PAGE - EDGE, tail, 0, EDGE);
    next = virtualAddress + PAGE;
  }

  private void across(byte[] before, byte[] behind) {
    System.arraycopy(before, 0, border, 0, EDGE);
    System.arraycopy(behind, 0, border, EDGE, EDGE);
    gate.find(border, 0, border.length, found);
  }

  private void end() {
    if (region != null && (hits.isCut() || gate.isOpen(found))) {
      wanted.add(region);
    }
  }
}
