package io.memlake.testdata.machine;

import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.RamMap;
import io.memlake.testdata.objects.Boot;
import java.util.Arrays;
import java.util.List;

/**
 * Contents of files in memory: page after page in a view of the system cache, each in a frame
 * anywhere; or in frames that nothing maps any more, as on the standby list.
 */
final class CachedFiles {

  /** A file and whether the cache still maps it. */
  static final class Spec {
    private final byte[] content;
    private final boolean mapped;

    Spec(byte[] content, boolean mapped) {
      this.content = content.clone();
      this.mapped = mapped;
    }
  }

  private CachedFiles() {}

  static void write(Boot boot, List<Spec> files) {
    for (Spec file : files) {
      int pages = (file.content.length + RamMap.FRAME_SIZE - 1) / RamMap.FRAME_SIZE;
      if (file.mapped) {
        long view = boot.systemPtes().reserve(pages);
        boot.space().mapRange(view, (long) pages * RamMap.FRAME_SIZE, Access.KERNEL_READ_WRITE);
        boot.space().write(view, file.content);
        continue;
      }
      for (int page = 0; page < pages; page++) {
        int from = page * RamMap.FRAME_SIZE;
        byte[] part = Arrays.copyOfRange(file.content, from, from + RamMap.FRAME_SIZE);
        System.arraycopy(part, 0, boot.frames().content(boot.frames().take()), 0, part.length);
      }
    }
  }
}
