package io.memlake.testdata.process;

import java.util.SplittableRandom;

/** Where Windows puts things in user space: image bases of a boot, private memory of a process. */
final class UserLayout {

  private static final long GRANULARITY = 0x10000;
  private static final int BUILD_8 = 9200;

  private final boolean windows7;
  private final SplittableRandom random;
  private long wideDll;
  private long wideProgram;
  private long narrowDll;
  private long narrowProgram;

  UserLayout(int build, SplittableRandom random) {
    this.windows7 = build < BUILD_8;
    this.random = random;
    long slide = random.nextInt(0x800) * GRANULARITY;
    this.wideDll = (windows7 ? 0x7FEFF000000L : 0x7FFD20000000L) - slide;
    this.wideProgram = (windows7 ? 0x13F000000L : 0x7FF620000000L) + slide;
    this.narrowDll = 0x77000000L - slide % 0x2000000;
    this.narrowProgram = 0x00A00000L + slide % 0x800000;
  }

  /** The base of an image in this boot: programs upwards, libraries downwards. */
  long imageBase(ModuleSpec module, boolean program) {
    long size = (module.size() + GRANULARITY - 1) & -GRANULARITY;
    long gap = (1L + random.nextInt(8)) * GRANULARITY;
    if (program) {
      long base = module.wide() ? wideProgram : narrowProgram;
      if (module.wide()) {
        wideProgram += size + gap;
      } else {
        narrowProgram += size + gap;
      }
      return base;
    }
    if (module.wide()) {
      wideDll -= size + gap;
      return wideDll;
    }
    narrowDll -= size + gap;
    return narrowDll;
  }

  boolean windows7() {
    return windows7;
  }

  /** Where a process' private memory begins. */
  long privateStart(boolean wow64) {
    if (wow64) {
      return 0x02000000 + random.nextInt(0x10) * GRANULARITY;
    }
    if (windows7) {
      return 0x20000 + random.nextInt(0x10) * GRANULARITY;
    }
    return 0x10000000000L
        + random.nextInt(0x10000) * 0x1000000L
        + random.nextInt(0x100) * GRANULARITY;
  }

  /** Where a process' environment blocks begin: PEB and TEBs. */
  long environmentBlocks(boolean wow64) {
    if (windows7) {
      return wow64 ? 0x7EF00000L : 0x7FFFFF00000L;
    }
    return wow64
        ? 0x7F000000L + random.nextInt(8) * 0x200000L
        : 0x1000000000L + random.nextInt(0x4000) * 0x200000L;
  }
}
