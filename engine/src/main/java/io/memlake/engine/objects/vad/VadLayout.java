package io.memlake.engine.objects.vad;

import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.util.Optional;

/**
 * Where the fields of descriptors lie in one kernel. Names moved from build to build: the links
 * stand alone up to Windows 7, in {@code _MM_AVL_NODE} in Windows 8 and in {@code
 * _RTL_BALANCED_NODE} since 8.1; the short form is the start of the long one in all of them.
 *
 * @param root where {@code _EPROCESS} keeps the root of the tree
 * @param count where it keeps the number of nodes
 * @param shortSize bytes of {@code _MMVAD_SHORT}
 * @param longSize bytes of {@code _MMVAD}
 * @param left lower ranges
 * @param right higher ranges
 * @param startingVpn first page number
 * @param endingVpn last page number
 * @param startingVpnHigh bits 32 and above of the first page number, since Windows 8.1
 * @param endingVpnHigh bits 32 and above of the last page number
 * @param protection see {@link VadProtection}
 * @param type see {@link VadType}
 * @param imageMap whether it is a view of an executable, in NT 5, which has no type
 * @param privateMemory whether it is private
 * @param memCommit whether all was committed at once
 * @param commitCharge pages charged
 * @param subsection of the long form: where its subsection is, or before Vista its control area
 * @param subsectionBehind bytes from there to the first subsection: 0, or the size of a control
 *     area, which the first subsection follows
 * @param firstPrototypePte of the long form
 * @param lastContiguousPte of the long form
 */
public record VadLayout(
    PointerField root,
    Optional<BitsField> count,
    int shortSize,
    int longSize,
    PointerField left,
    PointerField right,
    BitsField startingVpn,
    BitsField endingVpn,
    Optional<BitsField> startingVpnHigh,
    Optional<BitsField> endingVpnHigh,
    BitsField protection,
    Optional<BitsField> type,
    Optional<BitsField> imageMap,
    BitsField privateMemory,
    Optional<BitsField> memCommit,
    Optional<BitsField> commitCharge,
    PointerField subsection,
    int subsectionBehind,
    PointerField firstPrototypePte,
    PointerField lastContiguousPte) {

  private static final String SHORT = "_MMVAD_SHORT";
  private static final String LONG = "_MMVAD";

  /**
   * Looks the fields up.
   *
   * @throws MissingSymbolException when a field is missing without which there is no range
   */
  public static VadLayout resolve(SymbolTable symbols) {
    StructType process = symbols.struct("_EPROCESS");
    StructType node = symbols.struct(SHORT);
    StructType mapped = symbols.struct(LONG);
    return new VadLayout(
        pointer(process, "VadRoot.Root", "VadRoot.BalancedRoot.RightChild", "VadRoot"),
        bits(process, "VadCount", "VadRoot.NumberGenericTableElements"),
        node.size(),
        mapped.size(),
        pointer(node, "VadNode.Left", "VadNode.LeftChild", "LeftChild"),
        pointer(node, "VadNode.Right", "VadNode.RightChild", "RightChild"),
        node.bits("StartingVpn"),
        node.bits("EndingVpn"),
        node.findBits("StartingVpnHigh"),
        node.findBits("EndingVpnHigh"),
        node.bits("u.VadFlags.Protection"),
        bits(node, "u.VadFlags.VadType"),
        bits(node, "u.VadFlags.ImageMap"),
        node.bits("u.VadFlags.PrivateMemory"),
        bits(node, "u1.VadFlags1.MemCommit", "u.VadFlags.MemCommit"),
        bits(node, "u1.VadFlags1.CommitCharge", "u.VadFlags.CommitCharge"),
        mapped.pointer(firstOf(mapped, "Subsection", "ControlArea")),
        mapped.find("Subsection").isPresent() ? 0 : symbols.struct("_CONTROL_AREA").size(),
        mapped.pointer("FirstPrototypePte"),
        mapped.pointer("LastContiguousPte"));
  }

  private static PointerField pointer(StructType type, String... paths) {
    return type.pointer(firstOf(type, paths));
  }

  private static Optional<BitsField> bits(StructType type, String... paths) {
    return type.findBits(firstOf(type, paths));
  }

  /** The first path that this kernel has; the last one when it has none. */
  private static String firstOf(StructType type, String... paths) {
    for (String path : paths) {
      if (type.find(path).isPresent()) {
        return path;
      }
    }
    return paths[paths.length - 1];
  }

  /** First address of the range. */
  long start(byte[] node) {
    return vpn(node, startingVpn, startingVpnHigh) << 12;
  }

  /** Last address of the range. */
  long end(byte[] node) {
    return (vpn(node, endingVpn, endingVpnHigh) << 12) | 0xFFF;
  }

  private static long vpn(byte[] node, BitsField low, Optional<BitsField> high) {
    long number = low.in(node, 0);
    return high.isPresent() ? number | (high.get().in(node, 0) << 32) : number;
  }
}
