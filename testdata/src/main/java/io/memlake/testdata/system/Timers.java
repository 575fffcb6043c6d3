package io.memlake.testdata.system;

import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.PoolKind;
import java.util.ArrayList;
import java.util.List;

/** The timer tables of the processors, with procedure calls encoded as the kernel does. */
final class Timers {

  private static final int SYNCHRONIZATION = 9;
  private static final int NOTIFICATION = 8;
  private static final int DPC = 0x13;

  private final Host host;
  private final AddressSpace space;
  private final long waitNever;
  private final long waitAlways;

  Timers(Host host, long waitNever, long waitAlways) {
    this.host = host;
    this.space = host.boot().space();
    this.waitNever = waitNever;
    this.waitAlways = waitAlways;
  }

  void write(int processors, boolean rootkit) {
    int slot = host.facts().struct("_KTIMER_TABLE_ENTRY").size();
    int entries = host.facts().struct("_KTIMER_TABLE").field("TimerEntries").size() / slot;
    for (int cpu = 0; cpu < processors; cpu++) {
      long prcb =
          space.readNumber(host.address("KiProcessorBlock") + (long) cpu * Long.BYTES, Long.BYTES);
      long table = host.view("_KPRCB", prcb).addressOf("TimerTable");
      long first = host.view("_KTIMER_TABLE", table).addressOf("TimerEntries");
      for (int i = 0; i < entries; i++) {
        Struct head = host.view("_KTIMER_TABLE_ENTRY", first + (long) i * slot);
        LinkedLists.link(space, head.addressOf("Entry"), timers(cpu, i, rootkit));
      }
    }
  }

  private List<Long> timers(int cpu, int slot, boolean rootkit) {
    List<Long> links = new ArrayList<>();
    if (cpu == 0 && slot == 5) {
      links.add(timer(0x1_2345_6789L, 0, "tcpip.sys", 0x1f00));
      links.add(timer(0x1_2345_7000L, 1000, "ndis.sys", 0x2000));
    } else if (cpu == 0 && slot == 250 && rootkit) {
      links.add(timer(0x2_0000_0001L, 60_000, "", 0));
    } else if (cpu == 1 && slot == 7) {
      links.add(timer(0x9_8765_4321L, 0, "ntoskrnl.exe", 0x1a0c40));
    } else if (cpu == 1 && slot == 8) {
      links.add(timer(0x9_8765_9999L, 0, "none", 0));
    }
    return links;
  }

  /** A timer; module {@code none} has no procedure call, an empty one leads into no module. */
  private long timer(long due, int period, String module, long offset) {
    long at =
        host.boot()
            .pool()
            .allocate(PoolKind.NONPAGED, "Time", host.facts().struct("_KTIMER").size());
    Struct timer = host.view("_KTIMER", at);
    timer
        .set("Header.Type", period > 0 ? SYNCHRONIZATION : NOTIFICATION)
        .set("DueTime", due)
        .set("Period", period);
    long call = 0;
    if (!module.equals("none")) {
      call =
          host.boot()
              .pool()
              .allocate(PoolKind.NONPAGED, "KDpc", host.facts().struct("_KDPC").size());
      long routine =
          module.isEmpty()
              ? host.boot().systemPtes().reserve(1) + 0x20
              : host.module(module).base() + offset;
      host.view("_KDPC", call)
          .set("Type", DPC)
          .set("DeferredRoutine", routine)
          .set("DeferredContext", at);
    }
    timer.set("Dpc", encoded(call, at));
    return timer.addressOf("TimerListEntry");
  }

  private long encoded(long call, long timer) {
    long mixed = Long.reverseBytes(call ^ waitAlways) ^ timer;
    return Long.rotateRight(mixed, (int) (waitNever & 0xFF)) ^ waitNever;
  }
}
