package io.memlake.engine.paging;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Whose page tables hold a mapping.
 *
 * @param pid the process; for the kernel that of System
 * @param dtb directory table base, without PCID bits: tells processes apart that had one pid
 * @param kernel whether these are the tables that all processes share
 */
public record MappingOwner(int pid, long dtb, boolean kernel)
    implements Serializable, Comparable<MappingOwner> {

  /** Processes by pid, the kernel last: who asks for one owner wants the process. */
  private static final Comparator<MappingOwner> ORDER =
      Comparator.comparing(MappingOwner::kernel)
          .thenComparingInt(MappingOwner::pid)
          .thenComparingLong(MappingOwner::dtb);

  @Override
  public int compareTo(MappingOwner other) {
    return ORDER.compare(this, other);
  }
}
