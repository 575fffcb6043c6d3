package io.memlake.testdata.store;

import io.memlake.testdata.compression.Lz4BlockWriter;
import io.memlake.testdata.compression.XpressWriter;

/** The layouts of the store manager that the builds of Windows had. */
public enum StoreFormat {
  /** Windows 10 1607, Server 2016. */
  BUILD_14393(14393, true, Globals.HERE, false, 0x420, 0x17A8, 0x1918),
  /** Windows 10 1703. */
  BUILD_15063(15063, true, Globals.HERE, false, 0x420, 0x1828, 0x1988),
  /** Windows 10 1709. */
  BUILD_16299(16299, true, Globals.HERE, false, 0x430, 0x1848, 0x19A8),
  /** Windows 10 1803. */
  BUILD_17134(17134, true, Globals.HERE, false, 0x430, 0x1848, 0x19A8),
  /** Windows 10 1809, Server 2019. */
  BUILD_17763(17763, true, Globals.HERE, false, 0x430, 0x1848, 0x19A8),
  /** Windows 10 1903 and 1909. */
  BUILD_18362(18362, true, Globals.HERE, false, 0x430, 0x1848, 0x19A8),
  /** Windows 10 2004 to 22H2. */
  BUILD_19041(19041, true, Globals.HERE, false, 0x430, 0x1848, 0x19B8),
  /** Server 2022. */
  BUILD_20348(20348, true, Globals.HERE, false, 0x430, 0x1848, 0x19B8),
  /** Windows 11 21H2. */
  BUILD_22000(22000, true, Globals.HERE, false, 0x430, 0x1848, 0x19B8),
  /** Windows 11 22H2 and 23H2. */
  BUILD_22621(22621, true, Globals.BEHIND_8, false, 0x430, 0x1848, 0x19B8),
  /** Windows 11 24H2, Server 2025. */
  BUILD_26100(26100, true, Globals.BEHIND_10, true, 0, 0x1B70, 0x1D08),
  /** Windows 10 1607, 32-bit. */
  BUILD_14393_X86(14393, false, Globals.HERE, false, 0x258, 0x1124, 0x1204),
  /** Windows 10 1703, 32-bit. */
  BUILD_15063_X86(15063, false, Globals.HERE, false, 0x258, 0x1174, 0x1244),
  /** Windows 10 1709 to 1909, 32-bit. */
  BUILD_18362_X86(18362, false, Globals.HERE, false, 0x25C, 0x1184, 0x1254),
  /** Windows 10 2004 and later, 32-bit. */
  BUILD_19041_X86(19041, false, Globals.HERE, false, 0x25C, 0x1184, 0x125C);

  private final int ntBuild;
  private final boolean wide;
  private final Globals globals;
  private final boolean lz4;
  private final int algorithmAt;
  private final int regionPointersAt;
  private final int ownerAt;

  /** Where the manager is, seen from {@code SmGlobals}. */
  enum Globals {
    HERE(0, 0),
    BEHIND_8(0x8, 0x7A8),
    BEHIND_10(0x10, 0xC30);

    private final int pointerAt;
    private final int distance;

    Globals(int pointerAt, int distance) {
      this.pointerAt = pointerAt;
      this.distance = distance;
    }
  }

  StoreFormat(
      int ntBuild,
      boolean wide,
      Globals globals,
      boolean lz4,
      int algorithmAt,
      int regionPointersAt,
      int ownerAt) {
    this.ntBuild = ntBuild;
    this.wide = wide;
    this.globals = globals;
    this.lz4 = lz4;
    this.algorithmAt = algorithmAt;
    this.regionPointersAt = regionPointersAt;
    this.ownerAt = ownerAt;
  }

  /**
   * The format of a build.
   *
   * @throws IllegalArgumentException when the build has no compressed memory
   */
  public static StoreFormat of(int ntBuild, boolean wide) {
    StoreFormat found = null;
    for (StoreFormat format : values()) {
      if (format.wide == wide && format.ntBuild <= ntBuild) {
        found = format;
      }
    }
    if (found == null) {
      throw new IllegalArgumentException("Build " + ntBuild + " has no compressed memory");
    }
    return found;
  }

  /** First build with this layout. */
  public int ntBuild() {
    return ntBuild;
  }

  /** Bytes of a pointer. */
  public int pointerSize() {
    return wide ? 8 : 4;
  }

  /** Whether pages are LZ4 blocks; XPRESS otherwise. */
  public boolean isLz4() {
    return lz4;
  }

  /** The compressed form of a page. */
  public byte[] compress(byte[] page) {
    return lz4 ? Lz4BlockWriter.compress(page) : XpressWriter.compress(page);
  }

  /** The key of a page: 24H2 leaves out the number of the page file. */
  public long key(int pageFileNumber, long page) {
    return lz4 ? page & 0x0FFF_FFFFL : ((long) pageFileNumber << 28 | page) & 0xFFFF_FFFFL;
  }

  boolean isManagerInGlobals() {
    return globals.pointerAt == 0;
  }

  int globalsPointerAt() {
    return globals.pointerAt;
  }

  int globalsDistance() {
    return globals.distance;
  }

  int keyTreeAt() {
    return wide ? 0x1C0 : 0xF4;
  }

  int metadataSize() {
    return wide ? 0x28 : 0x14;
  }

  int metadataOwnerAt() {
    return wide ? 0x18 : 0xC;
  }

  int pagesTreeAt() {
    return wide ? 0x50 : 0x38;
  }

  int chunkMetadataAt() {
    return wide ? 0x110 : 0xA4;
  }

  int chunkNumbersAt() {
    return chunkMetadataAt() + (wide ? 0x108 : 0x88);
  }

  int backPointerAt() {
    return wide ? 0x370 : 0x1F8;
  }

  int regionSizeMaskAt() {
    return wide ? 0x378 : 0x1FC;
  }

  int regionIndexShiftAt() {
    return wide ? 0x37C : 0x200;
  }

  /** Offset of the number of the algorithm, or 0 when there is none. */
  int algorithmAt() {
    return algorithmAt;
  }

  int regionPointersAt() {
    return regionPointersAt;
  }

  int ownerAt() {
    return ownerAt;
  }

  int chunkEntrySize() {
    return wide ? 0x10 : this == BUILD_14393_X86 ? 8 : 0xC;
  }
}
