package io.memlake.engine.paging;

import java.util.ArrayList;
import java.util.List;

/** One pass over the sorted tables of a reverse map that finds contradictions. */
final class ConflictSearch {
  private final List<MappingOwner> owners;
  private final MappingTable frames;
  private final MappingTable slots;
  private final MappingTable tables;
  private final List<Long> examples = new ArrayList<>();

  ConflictSearch(
      List<MappingOwner> owners, MappingTable frames, MappingTable slots, MappingTable tables) {
    this.owners = owners;
    this.frames = frames;
    this.slots = slots;
    this.tables = tables;
  }

  FrameConflicts find() {
    long privateFrames = sharedThoughPrivate(frames, true);
    long privateSlots = sharedThoughPrivate(slots, false);
    long mappedTables = 0;
    long sharedTables = 0;
    int end;
    for (int i = 0; i < tables.size(); i = end) {
      long pfn = tables.place(i);
      end = i + 1;
      boolean shared = false;
      while (tables.isAt(end, pfn)) {
        shared |= tables.owner(end) != tables.owner(i);
        end++;
      }
      boolean mapped = isMappedByProgram(pfn);
      sharedTables += shared ? 1 : 0;
      mappedTables += mapped ? 1 : 0;
      if (shared || mapped) {
        example(pfn);
      }
    }
    return new FrameConflicts(privateFrames, privateSlots, mappedTables, sharedTables, examples);
  }

  private long sharedThoughPrivate(MappingTable table, boolean nameExamples) {
    long found = 0;
    int end;
    for (int i = 0; i < table.size(); i = end) {
      long place = table.place(i);
      int processes = 0;
      int last = -1;
      boolean belongsToOne = false;
      for (end = i; table.isAt(end, place); end++) {
        int owner = table.owner(end);
        // The kernel may map any page for a moment: for input and output, or to copy it.
        if (owner != last && !owners.get(owner).kernel()) {
          processes++;
        }
        last = owner;
        belongsToOne |= (table.flags(end) & MappingFlags.PRIVATE) != 0;
      }
      if (processes > 1 && belongsToOne) {
        found++;
        if (nameExamples) {
          example(place);
        }
      }
    }
    return found;
  }

  private boolean isMappedByProgram(long pfn) {
    for (int i = frames.first(pfn); frames.isAt(i, pfn); i++) {
      if ((frames.flags(i) & MappingFlags.USER) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Each kind comes in rising order, so its first ones are all that can be among the first. */
  private void example(long pfn) {
    if (examples.size() < 2 * FrameConflicts.MAX_EXAMPLES) {
      examples.add(pfn);
    }
  }
}
