package io.memlake.engine.objects.pagedout;

import io.memlake.engine.kernel.DtbOwners;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.objects.vad.VadReader;
import io.memlake.engine.objects.vad.VadTree;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The descriptors of the processes that were asked for last, by directory table base. */
final class VadTrees {
  /** A tree has some hundred nodes; one with all that are allowed takes some 40 MiB. */
  private static final int MAXIMUM_TREES = 8;

  private final Machine machine;
  private final VadReader reader;
  private final EprocessLayout processLayout;
  private final Map<Long, VadTree> trees =
      new LinkedHashMap<>(MAXIMUM_TREES * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, VadTree> eldest) {
          return size() > MAXIMUM_TREES;
        }
      };

  private long lastDtb;
  private VadTree last;
  private boolean listRead;

  /**
   * Trees of a machine.
   *
   * @param machine used for the list of processes alone
   */
  VadTrees(Machine machine, VadReader reader, EprocessLayout processLayout) {
    this.machine = machine;
    this.reader = reader;
    this.processLayout = processLayout;
  }

  /** The tree of the process behind a space; null when the process is not known. */
  VadTree of(AddressSpace space) throws IOException {
    long dtb = space.dtb();
    if (last != null && lastDtb == dtb) {
      return last;
    }
    VadTree tree = trees.get(dtb);
    if (tree == null) {
      long eprocess = owner(dtb);
      if (eprocess == DtbOwners.UNKNOWN) {
        return null;
      }
      tree = reader.tree(space.kernelView(), eprocess);
      trees.put(dtb, tree);
    }
    last = tree;
    lastDtb = dtb;
    return tree;
  }

  private long owner(long dtb) throws IOException {
    long owner = machine.owners().find(dtb);
    if (owner == DtbOwners.UNKNOWN && !listRead) {
      listRead = true;
      for (Eprocess process : ProcessList.walk(machine, processLayout).processes()) {
        if (process.exitTime() == 0) {
          machine.owners().add(process.directoryTableBase(), process.virtualAddress());
          process
              .userDirectoryTableBase()
              .ifPresent(user -> machine.owners().add(user, process.virtualAddress()));
        }
      }
      owner = machine.owners().find(dtb);
    }
    return owner;
  }
}
