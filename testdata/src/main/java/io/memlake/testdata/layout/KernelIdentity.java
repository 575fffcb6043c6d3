package io.memlake.testdata.layout;

import java.util.HexFormat;
import java.util.Locale;

/**
 * Which kernel a layout belongs to.
 *
 * @param version file version of the kernel, for example 10.0.19041.985
 * @param pdbName name of its PDB, for example ntkrnlmp.pdb
 * @param pdbGuid 32 upper-case hex digits as in symbol file names
 * @param pdbAge age of the PDB
 */
public record KernelIdentity(String version, String pdbName, String pdbGuid, int pdbAge) {

  /** Checks the form of version and GUID. */
  public KernelIdentity {
    if (!version.matches("\\d+\\.\\d+\\.\\d+\\.\\d+")) {
      throw new IllegalArgumentException(version + " is not a version like 10.0.19041.985");
    }
    if (!pdbGuid.matches("[0-9A-F]{32}")) {
      throw new IllegalArgumentException(pdbGuid + " is not a GUID of 32 hex digits");
    }
  }

  static int buildOf(String version) {
    return part(version, 2);
  }

  /** Windows build number. */
  public int build() {
    return buildOf(version);
  }

  /** Major version: 6 or 10. */
  public int major() {
    return part(version, 0);
  }

  /** Minor version. */
  public int minor() {
    return part(version, 1);
  }

  /** Servicing revision, the last part of the version. */
  public int revision() {
    return part(version, 3);
  }

  /** The GUID as an RSDS record stores it: the first three groups little-endian, then 8 bytes. */
  public byte[] guidBytes() {
    byte[] text = HexFormat.of().parseHex(pdbGuid.toLowerCase(Locale.ROOT));
    int[] order = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
    byte[] stored = new byte[order.length];
    for (int i = 0; i < order.length; i++) {
      stored[i] = text[order[i]];
    }
    return stored;
  }

  private static int part(String version, int index) {
    return Integer.parseInt(version.split("\\.", -1)[index]);
  }
}
