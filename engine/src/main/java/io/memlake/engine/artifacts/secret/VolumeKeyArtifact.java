package io.memlake.engine.artifacts.secret;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.diskkey.VolumeKey;
import io.memlake.engine.objects.pool.PoolAllocation;
import io.memlake.engine.objects.pool.PoolHit;
import io.memlake.engine.objects.pool.ScannedPlace;
import io.memlake.schemas.row.BitlockerKeyRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fills {@code bitlocker_keys} from the allocations in which BitLocker keeps its expanded keys.
 * Tags and sizes changed from build to build, the round keys did not: what proves a key is that.
 */
public final class VolumeKeyArtifact implements MachineArtifact<BitlockerKeyRow> {
  /** How sure a key is by its tag: other drivers use CNG, too, and allocate without a tag. */
  private static final Map<String, Integer> TAGS =
      Map.of("FVEc", 95, "dFVE", 95, "Cngb", 80, "None", 70);

  @Override
  public String table() {
    return "bitlocker_keys";
  }

  @Override
  public Class<BitlockerKeyRow> rowType() {
    return BitlockerKeyRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super BitlockerKeyRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    List<BitlockerKeyRow> found = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (PoolHit hit : view.candidates().hits()) {
      String tag = text(hit.tag());
      if (!TAGS.containsKey(tag) || !seen.add(hit.place())) {
        continue;
      }
      Optional<PoolAllocation> allocation =
          PoolAllocation.read(view.machine(), view.candidates().pages(), hit);
      Optional<VolumeKey> key = allocation.flatMap(one -> VolumeKey.find(tag, one.data()));
      if (key.isPresent()) {
        PoolAllocation one = allocation.get();
        found.add(row(one, ObjectOrigin.at(view.candidates(), one.place()), key.get()));
      }
    }
    found.sort(
        Comparator.comparing(BitlockerKeyRow::getAddress)
            .thenComparing(BitlockerKeyRow::getForensicPath));
    for (BitlockerKeyRow row : found) {
      rows.accept(row);
    }
    return Collected.of(found.size(), 0);
  }

  private static BitlockerKeyRow row(
      PoolAllocation allocation, ObjectOrigin origin, VolumeKey key) {
    BitlockerKeyRow row = new BitlockerKeyRow();
    row.setSource("scan");
    row.setLayer(origin.layer());
    row.setForensicPath(origin.path());
    row.setConfidence(TAGS.get(allocation.tag()));
    row.setAddress(ScannedPlace.offset(allocation.place()));
    row.setVa(allocation.virtualAddress() == 0 ? null : allocation.virtualAddress());
    row.setPoolTag(allocation.tag());
    row.setAlgorithm(key.algorithm());
    row.setFvek(Hex.bytes(key.key()));
    row.setTweak(key.tweak().length == 0 ? null : Hex.bytes(key.tweak()));
    row.setDislocker(Hex.bytes(key.dislockerFile()));
    row.setSchedules(key.schedules());
    return row;
  }

  private static String text(int tag) {
    return ""
        + (char) (tag & 0xFF)
        + (char) (tag >>> 8 & 0xFF)
        + (char) (tag >>> 16 & 0xFF)
        + (char) (tag >>> 24);
  }
}
