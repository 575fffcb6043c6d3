package io.memlake.testdata.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where the parts of kernel space lie in one boot. Up to Windows 8.1 most are fixed; from build
 * 14393 on each region begins in a top-level entry chosen at boot, as does the self-map.
 *
 * @param selfMapIndex entry of the top page table that points to the table itself
 * @param kernelBase virtual address of the kernel image
 * @param driverBase virtual address where driver images begin
 * @param nonPagedPool start of nonpaged pool
 * @param pagedPool start of paged pool
 * @param systemPtes start of system page-table entries: kernel stacks and mappings
 * @param sessionSpace start of session space
 * @param pfnDatabase start of the frame database
 */
public record KernelRegions(
    int selfMapIndex,
    long kernelBase,
    long driverBase,
    long nonPagedPool,
    long pagedPool,
    long systemPtes,
    long sessionSpace,
    long pfnDatabase) {

  private static final int FIXED_SELF_MAP_INDEX = 0x1ED;
  private static final int BUILD_8_1 = 9600;
  private static final int BUILD_1607 = 14393;
  private static final int BUILD_1809 = 17763;
  private static final int SHARED_DATA_INDEX = 0x1EF;
  private static final int KERNEL_INDEX = 0x1F0;
  private static final long TWO_MIB = 0x200000;
  private static final long ONE_GIB = 1L << 30;

  /** Chooses the regions of a boot. */
  public static KernelRegions choose(int build, SplittableRandom random) {
    if (build < BUILD_8_1) {
      long kernel = 0xFFFFF80002800000L + random.nextInt(0x600) * 0x1000L;
      return new KernelRegions(
          FIXED_SELF_MAP_INDEX,
          kernel,
          0xFFFFF88000C00000L,
          0xFFFFFA8000C00000L,
          0xFFFFF8A000000000L,
          0xFFFFF88002000000L,
          0xFFFFF90000000000L,
          0xFFFFFA8000000000L);
    }
    long gib = random.nextInt(build < BUILD_1607 ? 4 : 0x1F);
    long inGib = random.nextInt(0x80) * TWO_MIB;
    long page = build < BUILD_1809 ? random.nextInt(0x200) * 0x1000L : 0;
    long kernel = 0xFFFFF80000000000L + gib * ONE_GIB + 0x1000000 + inGib + page;
    if (build < BUILD_1607) {
      return new KernelRegions(
          FIXED_SELF_MAP_INDEX,
          kernel,
          (kernel & -ONE_GIB) + 0x20000000,
          0xFFFFE00000000000L,
          0xFFFFC00000000000L,
          0xFFFFD00020000000L,
          0xFFFFF90000000000L,
          0xFFFFFA8000000000L);
    }
    return randomized(kernel, random);
  }

  private static KernelRegions randomized(long kernel, SplittableRandom random) {
    List<Integer> free = new ArrayList<>();
    for (int index = 0x100; index < 0x1FF; index++) {
      if (index != SHARED_DATA_INDEX && index != KERNEL_INDEX) {
        free.add(index);
      }
    }
    Collections.shuffle(free, new java.util.Random(random.nextLong()));
    return new KernelRegions(
        free.get(0),
        kernel,
        (kernel & -ONE_GIB) + 0x20000000,
        top(free.get(1)) + random.nextInt(0x100) * ONE_GIB,
        top(free.get(2)) + random.nextInt(0x100) * ONE_GIB,
        top(free.get(3)) + random.nextInt(0x100) * ONE_GIB,
        top(free.get(4)),
        top(free.get(5)));
  }

  private static long top(int index) {
    return 0xFFFFL << 48 | (long) index << 39;
  }

  /** Virtual address at which the self-map shows page-table entries. */
  public long pteBase() {
    return top(selfMapIndex);
  }
}
