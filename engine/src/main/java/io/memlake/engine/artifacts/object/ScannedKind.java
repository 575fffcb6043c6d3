package io.memlake.engine.artifacts.object;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.objects.pool.ObjectScan;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.schemas.row.KernelObjectRow;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A type of objects that the pool scan looks for.
 *
 * @param type name of the type
 * @param tags pool tags that its objects have had
 * @param typeVariable kernel variable that points at the type
 * @param size bytes of the object
 * @param sound tells real objects from others
 * @param filler writes what the object itself says
 */
record ScannedKind(
    String type,
    Set<String> tags,
    String typeVariable,
    int size,
    Predicate<byte[]> sound,
    Filler filler) {

  /** Writes columns from the bytes of an object. */
  @FunctionalInterface
  interface Filler {
    void fill(KernelObjectRow row, byte[] bytes) throws IOException;
  }

  List<PoolObject> scan(MachineView view) throws IOException {
    return view.candidates().scanned()
        ? ObjectScan.objects(
            view.machine(),
            view.candidates().pages(),
            view.candidates().hits(),
            tags,
            typeVariable,
            size,
            object -> object.rightType().orElse(true) && sound.test(object.bytes()))
        : List.of();
  }

  void fill(KernelObjectRow row, byte[] bytes) throws IOException {
    filler.fill(row, bytes);
  }
}
