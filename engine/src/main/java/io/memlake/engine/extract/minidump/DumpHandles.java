package io.memlake.engine.extract.minidump;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.handle.Handle;
import io.memlake.engine.objects.handle.HandleTableReader;
import io.memlake.engine.objects.handle.ObjectDescriber;
import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.objects.object.ObjectReader;
import io.memlake.engine.objects.process.Eprocess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The handle list of a minidump. */
final class DumpHandles {
  private static final int HEADER_SIZE = 16;
  private static final int ENTRY_SIZE = 32;

  /** Handles that are listed; names need room below 4 GiB. */
  private static final int MAXIMUM_HANDLES = 1 << 18;

  private DumpHandles() {}

  /** Appends the list and the names that it refers to. */
  static int write(DumpBytes out, Machine machine, Eprocess process) throws IOException {
    ObjectReader objects = ObjectReader.of(machine);
    ObjectDescriber describer = ObjectDescriber.of(machine, objects, process.layout());
    List<Handle> handles = new ArrayList<>();
    if (process.objectTable() < 0) {
      HandleTableReader.of(machine.symbols())
          .walk(
              machine.kernelSpace(),
              process.objectTable(),
              handle -> {
                if (handles.size() < MAXIMUM_HANDLES) {
                  handles.add(handle);
                }
              });
    }
    int at = out.reserve(HEADER_SIZE + handles.size() * ENTRY_SIZE);
    out.u32(at, HEADER_SIZE);
    out.u32(at + 4, ENTRY_SIZE);
    out.u32(at + 8, handles.size());
    int entry = at + HEADER_SIZE;
    for (Handle handle : handles) {
      out.u64(entry, handle.value());
      out.u32(entry + 16, handle.attributes());
      out.u32(entry + 20, handle.grantedAccess());
      Optional<ExecutiveObject> object = objects.read(handle.target() + objects.bodyOffset());
      if (object.isPresent()) {
        out.u32(entry + 24, object.get().handleCount());
        out.u32(entry + 28, object.get().pointerCount());
        if (object.get().type().isPresent()) {
          out.u32(entry + 8, out.text(object.get().type().get()));
        }
        Optional<String> name = describer.describe(object.get()).name();
        if (name.isPresent()) {
          out.u32(entry + 12, out.text(name.get()));
        }
      }
      entry += ENTRY_SIZE;
    }
    return at;
  }
}
