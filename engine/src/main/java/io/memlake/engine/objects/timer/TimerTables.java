package io.memlake.engine.objects.timer;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The timers of all processors: since Windows 7 each has a table of list heads, 256 or twice 256.
 *
 * @param timers sound timers, by processor and slot
 * @param breaks where lists are damaged
 * @param problems tables that could not be read, in words
 */
public record TimerTables(List<KernelTimer> timers, List<ListBreak> breaks, List<String> problems) {
  private static final int MAXIMUM_PROCESSORS = 2048;

  /** Timers in one slot; thousands in all are usual. */
  private static final int MAXIMUM_IN_SLOT = 65536;

  private static final int NOTIFICATION = 8;
  private static final int SYNCHRONIZATION = 9;

  /** Copies the lists. */
  public TimerTables {
    timers = List.copyOf(timers);
    breaks = List.copyOf(breaks);
    problems = List.copyOf(problems);
  }

  /**
   * Walks the tables.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack timers
   * @throws IOException when the medium fails
   */
  public static TimerTables walk(Machine machine) throws IOException {
    Walk walk = new Walk(machine);
    OptionalLong processors = walk.memory.addressOf("KiProcessorBlock");
    if (processors.isEmpty()) {
      walk.problems.add("the address of KiProcessorBlock is unknown");
    }
    long count = walk.memory.u32("KeNumberProcessors").orElse(MAXIMUM_PROCESSORS);
    for (int cpu = 0; cpu < Math.min(count, MAXIMUM_PROCESSORS) && processors.isPresent(); cpu++) {
      OptionalLong prcb = walk.memory.i64(processors.getAsLong() + (long) cpu * Long.BYTES);
      if (prcb.orElse(0) == 0) {
        break;
      }
      walk.processor(cpu, prcb.getAsLong());
    }
    return new TimerTables(walk.timers, walk.breaks, walk.problems);
  }

  /** One walk. */
  private static final class Walk {
    private final KernelMemory memory;
    private final AddressSpace space;
    private final int table;
    private final int slots;
    private final int slotSize;
    private final int slotLinks;
    private final StructType timer;
    private final int links;
    private final int dueTime;
    private final int period;
    private final int dpc;
    private final int signal;
    private final int type;
    private final int routine;
    private final int context;
    private final boolean encoded;
    private final long waitNever;
    private final long waitAlways;
    private final List<KernelTimer> timers = new ArrayList<>();
    private final List<ListBreak> breaks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();

    Walk(Machine machine) throws IOException {
      memory = machine.kernelMemory();
      space = machine.kernelSpace();
      FieldType entries = machine.symbols().struct("_KTIMER_TABLE").field("TimerEntries");
      StructType entry = machine.symbols().struct("_KTIMER_TABLE_ENTRY");
      table = machine.symbols().struct("_KPRCB").offsetOf("TimerTable") + entries.offset();
      slotSize = entry.size();
      slots = entries.size() / slotSize;
      slotLinks = entry.offsetOf("Entry");
      timer = machine.symbols().struct("_KTIMER");
      links = timer.offsetOf("TimerListEntry");
      dueTime = timer.offsetOf("DueTime");
      period = timer.offsetOf("Period");
      dpc = timer.offsetOf("Dpc");
      signal = timer.offsetOf("Header.SignalState");
      type = timer.offsetOf("Header.Type");
      StructType call = machine.symbols().struct("_KDPC");
      routine = call.offsetOf("DeferredRoutine");
      context = call.offsetOf("DeferredContext");
      OptionalLong never = memory.i64("KiWaitNever");
      OptionalLong always = memory.i64("KiWaitAlways");
      encoded =
          memory.addressOf("KiWaitNever").isPresent()
              && memory.addressOf("KiWaitAlways").isPresent();
      waitNever = never.orElse(0);
      waitAlways = always.orElse(0);
      if (encoded && (never.isEmpty() || always.isEmpty())) {
        problems.add("KiWaitNever or KiWaitAlways is not in the image: routines stay encoded");
      }
    }

    void processor(int cpu, long prcb) throws IOException {
      byte[] heads = new byte[slots * slotSize];
      boolean[] present = new boolean[heads.length / 0x1000 + 2];
      int found = space.readSparse(prcb + table, heads, 0, heads.length, present);
      if (found == 0) {
        problems.add("the timers of processor " + cpu + " are not in the image");
        return;
      }
      for (int bucket = 0; bucket < slots; bucket++) {
        long head = prcb + table + (long) bucket * slotSize + slotLinks;
        long first = LittleEndian.i64(heads, bucket * slotSize + slotLinks);
        if (first == head || first == 0) {
          continue;
        }
        ListWalk walk = ListWalk.of(space, head, Long.BYTES, MAXIMUM_IN_SLOT);
        breaks.addAll(walk.breaks());
        for (ListMember member : walk.members()) {
          timer(cpu, bucket, member.links() - links);
        }
      }
    }

    private void timer(int cpu, int bucket, long at) throws IOException {
      Optional<byte[]> bytes = space.map(at, timer.size());
      if (bytes.isEmpty()) {
        problems.add("timer " + Hex.address(at) + " is not in the image");
        return;
      }
      byte[] fields = bytes.get();
      int kind = LittleEndian.u8(fields, type) & 0x7F;
      if ((kind != NOTIFICATION && kind != SYNCHRONIZATION) || !seen.add(at)) {
        problems.add("entry " + Hex.address(at) + " is no timer");
        return;
      }
      long call = decode(LittleEndian.i64(fields, dpc), at);
      byte[] pointer = new byte[Long.BYTES];
      long address = 0;
      long argument = 0;
      if (call < 0 && space.read(call + routine, pointer, 0, Long.BYTES)) {
        address = LittleEndian.i64(pointer, 0);
        argument =
            space.read(call + context, pointer, 0, Long.BYTES) ? LittleEndian.i64(pointer, 0) : 0;
      }
      timers.add(
          new KernelTimer(
              at,
              cpu,
              bucket,
              kind,
              LittleEndian.i64(fields, dueTime),
              LittleEndian.i32(fields, period),
              LittleEndian.i32(fields, signal) != 0,
              call < 0 ? call : 0,
              address < 0 ? address : 0,
              argument));
    }

    private long decode(long stored, long at) {
      if (!encoded) {
        return stored;
      }
      long turned = Long.rotateLeft(stored ^ waitNever, (int) waitNever);
      return Long.reverseBytes(turned ^ at) ^ waitAlways;
    }
  }
}
