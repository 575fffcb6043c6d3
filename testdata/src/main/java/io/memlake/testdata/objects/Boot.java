package io.memlake.testdata.objects;

import io.memlake.testdata.kernel.KernelImage;
import io.memlake.testdata.kernel.KernelRegions;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Frames;
import java.util.SplittableRandom;

/**
 * One boot of the machine: what everything in it shares.
 *
 * @param computerName name of the host
 * @param frames physical memory
 * @param regions where the parts of kernel space lie
 * @param kernel the kernel image
 * @param objects the object manager, with the pool
 * @param systemPtes kernel addresses for stacks and mappings
 * @param sharedDataPfn frame of shared user data
 * @param bootTime when the system started, as a file time
 * @param systemTime the machine's present, as a file time
 * @param random source of all chance in the machine
 */
public record Boot(
    String computerName,
    Frames frames,
    KernelRegions regions,
    KernelImage kernel,
    ObjectManager objects,
    SystemPtes systemPtes,
    long sharedDataPfn,
    long bootTime,
    long systemTime,
    SplittableRandom random) {

  /** Layouts of the kernel. */
  public KernelLayout layout() {
    return kernel.layout();
  }

  /** One structure's layout. */
  public StructLayout struct(String name) {
    return kernel.layout().struct(name);
  }

  /** Windows build number. */
  public int build() {
    return kernel.layout().build();
  }

  /** The kernel's address space. */
  public AddressSpace space() {
    return kernel.space();
  }

  /** The kernel pool. */
  public KernelPool pool() {
    return objects.pool();
  }
}
