package io.memlake.engine.artifacts.registry;

import io.memlake.engine.objects.registry.CellSource;
import io.memlake.engine.objects.registry.HiveMap;
import io.memlake.engine.objects.registry.HiveSpaces;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.schemas.evidence.ForensicPath;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** Says in a row where a cell lies. Remembers the last block, since cells come block by block. */
final class CellPlaces {
  private final HiveMap cells;
  private final HiveSpaces spaces;
  private int block = -1;
  private String layer;

  CellPlaces(HiveMap cells, HiveSpaces spaces) {
    this.cells = cells;
    this.spaces = spaces;
  }

  /** Sets {@code layer} and {@code forensic_path}. */
  void into(IndexedRecord row, int cell) throws IOException {
    long address = cells.address(cell);
    if (address == AddressSpace.ABSENT) {
      return;
    }
    boolean kernel = HiveSpaces.isKernel(address);
    int at = cell & -CellSource.BLOCK;
    if (at != block) {
      Optional<AddressSpace> space = kernel ? Optional.of(spaces.kernel()) : spaces.registry();
      boolean framed = space.isPresent() && space.get().translate(address) != AddressSpace.ABSENT;
      layer = framed ? "physical" : null;
      block = at;
    }
    row.put(row.getSchema().getField("layer").pos(), layer);
    row.put(
        row.getSchema().getField("forensic_path").pos(),
        kernel
            ? ForensicPath.kernel(address)
            : ForensicPath.process(spaces.registryPid(), address));
  }
}
