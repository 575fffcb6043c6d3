package io.memlake.engine.objects.registry;

import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.Optional;

/**
 * The address spaces that hives lie in. Since Windows 10 1803 their bins are views in the user half
 * of a process named Registry; what describes them stays in the kernel's half.
 *
 * @param kernel the kernel's space
 * @param registry the space of the process Registry; empty where there is none
 * @param registryPid its process id, 0 where there is none
 */
public record HiveSpaces(AddressSpace kernel, Optional<AddressSpace> registry, int registryPid) {

  /** Reads bytes wherever they lie, all or nothing. */
  boolean read(long address, byte[] target, int offset, int length) throws IOException {
    if (isKernel(address)) {
      return kernel.read(address, target, offset, length);
    }
    return registry.isPresent() && registry.get().read(address, target, offset, length);
  }

  /** Whether an address lies in the kernel's half. */
  public static boolean isKernel(long address) {
    return address < 0;
  }
}
