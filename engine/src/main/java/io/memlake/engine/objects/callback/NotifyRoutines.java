package io.memlake.engine.objects.callback;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The arrays of notify routines of processes, threads and images. A slot is a pointer whose low
 * four bits count references; it leads to a block with the routine at 8 and its context at 16.
 */
final class NotifyRoutines {
  /** Slots of an array since Windows Vista. */
  private static final int SLOTS = 64;

  /** The array of images has held 64 slots since Windows 8.1, 8 before. */
  private static final int FEW_SLOTS = 8;

  private static final int FIRST_BUILD_WITH_64_IMAGE_SLOTS = 9600;
  private static final int BLOCK_SIZE = 24;
  private static final int ROUTINE = 8;
  private static final int CONTEXT = 16;
  private static final long REFERENCES = 0xF;

  private final KernelMemory memory;
  private final int build;

  NotifyRoutines(KernelMemory memory, int build) {
    this.memory = memory;
    this.build = build;
  }

  List<CallbackRoutine> list() throws IOException {
    List<CallbackRoutine> routines = new ArrayList<>();
    int imageSlots = build < FIRST_BUILD_WITH_64_IMAGE_SLOTS ? FEW_SLOTS : SLOTS;
    for (Map.Entry<String, Integer> array :
        List.of(
            Map.entry("PspCreateProcessNotifyRoutine", SLOTS),
            Map.entry("PspCreateThreadNotifyRoutine", SLOTS),
            Map.entry("PspLoadImageNotifyRoutine", imageSlots))) {
      OptionalLong at = memory.addressOf(array.getKey());
      for (int slot = 0; at.isPresent() && slot < array.getValue(); slot++) {
        OptionalLong reference = memory.i64(at.getAsLong() + (long) slot * Long.BYTES);
        long block = reference.orElse(0) & ~REFERENCES;
        Optional<byte[]> bytes =
            block < 0 ? memory.space().map(block, BLOCK_SIZE) : Optional.empty();
        if (bytes.isPresent() && LittleEndian.i64(bytes.get(), ROUTINE) < 0) {
          routines.add(
              new CallbackRoutine(
                  array.getKey(),
                  LittleEndian.i64(bytes.get(), ROUTINE),
                  block,
                  slot,
                  "",
                  LittleEndian.i64(bytes.get(), CONTEXT)));
        }
      }
    }
    return routines;
  }
}
