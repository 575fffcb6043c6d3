package io.memlake.testdata.process;

import io.memlake.testdata.objects.Boot;

/** Threads of processes without user space: they run kernel code only. */
final class MinimalThreads {

  private final Boot boot;
  private final Ids ids;

  MinimalThreads(Boot boot, Ids ids) {
    this.boot = boot;
    this.ids = ids;
  }

  void write(DraftProcess process) {
    long start = boot.kernel().address("KiIdleLoop");
    for (int i = 0; i < process.spec.threads; i++) {
      long address = start + boot.random().nextInt(0x400) * 16L;
      process.threads.add(
          new Threads.Plan(ids.next(), address, address, 0, process.createTime + i * 1000L, 0));
    }
  }
}
