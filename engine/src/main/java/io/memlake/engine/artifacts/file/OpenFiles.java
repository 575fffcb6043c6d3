package io.memlake.engine.artifacts.file;

import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.objects.handle.Handle;
import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.objects.object.ObjectReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** File objects that handles of processes lead to, and how many do. */
final class OpenFiles {
  private static final String FILE = "File";

  private final Map<Long, Holders> byObject = new HashMap<>();
  private final Set<Long> others = new HashSet<>();
  private final ObjectReader objects;

  private OpenFiles(ObjectReader objects) {
    this.objects = objects;
  }

  /**
   * Who has a file open.
   *
   * @param handles how many handles
   * @param firstPid first process, in the order of the process table
   */
  record Holders(int handles, int firstPid) {}

  static OpenFiles of(MachineView view) throws IOException {
    OpenFiles files = new OpenFiles(view.kernel().objects());
    for (SeenProcess seen : view.processes().processes()) {
      long table = seen.process().objectTable();
      if (table != 0 && seen.process().virtualAddress() != 0) {
        int pid = (int) seen.process().uniqueProcessId();
        // What cannot be read is told by the table of handles.
        view.handleTableReader()
            .walk(view.machine().kernelSpace(), table, handle -> files.add(handle, pid));
      }
    }
    return files;
  }

  private void add(Handle handle, int pid) throws IOException {
    long body = handle.target() + objects.bodyOffset();
    Holders known = byObject.get(body);
    if (known != null) {
      byObject.put(body, new Holders(known.handles() + 1, known.firstPid()));
    } else if (!others.contains(body)) {
      Optional<ExecutiveObject> object = objects.read(body);
      boolean file = object.flatMap(ExecutiveObject::type).filter(FILE::equals).isPresent();
      if (file) {
        byObject.put(body, new Holders(1, pid));
      } else {
        others.add(body);
      }
    }
  }

  /** By address of the object. */
  Map<Long, Holders> byObject() {
    return byObject;
  }
}
