package io.memlake.schemas;

import io.memlake.schemas.row.ModulePageRow;
import io.memlake.schemas.row.ThreadFrameRow;
import java.util.List;
import java.util.stream.Stream;

/** Tables of what the memory of processes holds beyond their lists: stacks, pages of modules. */
final class ProcessMemoryTables {
  static final List<Table> ALL =
      Stream.of(ThreadFrameRow.getClassSchema(), ModulePageRow.getClassSchema())
          .map(Table::of)
          .toList();

  private ProcessMemoryTables() {}
}
