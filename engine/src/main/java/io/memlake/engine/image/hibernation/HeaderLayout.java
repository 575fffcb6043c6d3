package io.memlake.engine.image.hibernation;

import java.util.List;
import java.util.Optional;

/**
 * Where {@code PO_MEMORY_IMAGE} has its fields since Windows 8, told by its own length. Offsets by
 * the public symbols of each build.
 *
 * @param length {@code LengthSelf}
 * @param windows which releases
 * @param wide whether pages are 64-bit numbers
 * @param loaderPages {@code NumPagesForLoader}
 * @param bootPage {@code FirstBootRestorePage}
 * @param kernelPage {@code FirstKernelRestorePage}
 * @param kernelPages {@code KernelPagesProcessed}
 * @param hiberboot flag of fast startup
 * @param hypervisor {@code HvCr3} or {@code HvPageTableRoot}
 * @param securePage {@code FirstSecureRestorePage}; 0 where there is none
 */
record HeaderLayout(
    int length,
    String windows,
    boolean wide,
    int loaderPages,
    int bootPage,
    int kernelPage,
    int kernelPages,
    int hiberboot,
    int hypervisor,
    int securePage) {

  private static final List<HeaderLayout> ALL =
      List.of(
          narrow(0x2C8, "8 to 8.1", 0x1B0, 0x27C, 0x280),
          narrow(0x310, "10 1507 to 1511", 0x1F8, 0x2C4, 0x2C8),
          narrow(0x328, "10 1607", 0x200, 0x2CC, 0x2D0),
          narrow(0x338, "10 1703 to 1803", 0x210, 0x2DC, 0x2E0),
          narrow(0x340, "10 1809 to 22H2", 0x210, 0x2DC, 0x2E0),
          new HeaderLayout(0x360, "8 to 8.1", true, 0x58, 0x60, 0x68, 0x1C8, 0x2FC, 0x300, 0),
          wide(0x3B0, "10 1507 to 1511", 0x218, 0x34C, 0x350, 0),
          wide(0x3C8, "10 1607", 0x220, 0x354, 0x358, 0x60),
          wide(0x3D8, "10 1703 to 1803", 0x230, 0x364, 0x368, 0x60),
          wide(0x3E0, "10 1809 to 22H2", 0x230, 0x364, 0x368, 0x60),
          wide(0x448, "11 21H2 to 23H2", 0x230, 0x3CC, 0x3D0, 0x60),
          wide(0x4D8, "11 24H2", 0x238, 0x464, 0x468, 0x60));

  private static HeaderLayout narrow(
      int length, String windows, int kernelPages, int hiberboot, int hypervisor) {
    return new HeaderLayout(
        length, windows, false, 0x48, 0x50, 0x54, kernelPages, hiberboot, hypervisor, 0);
  }

  private static HeaderLayout wide(
      int length, String windows, int kernelPages, int hiberboot, int hypervisor, int securePage) {
    return new HeaderLayout(
        length, windows, true, 0x58, 0x68, 0x70, kernelPages, hiberboot, hypervisor, securePage);
  }

  /** The layout of a header that says it has {@code length} bytes. */
  static Optional<HeaderLayout> of(long length) {
    return ALL.stream().filter(layout -> layout.length == length).findFirst();
  }
}
