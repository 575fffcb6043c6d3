package io.memlake.testdata.process;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.PoolKind;
import io.memlake.testdata.truth.VadTruth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The tree of a process' memory regions. Windows 7 keeps a {@code _MM_AVL_TABLE} whose embedded
 * node has the real root as its right child; later versions keep a {@code _RTL_AVL_TREE}. Private
 * memory is a short node ({@code VadS}), mapped files have long ones ({@code Vad }).
 */
final class VadTree {

  private static final int PAGE_SHIFT = 12;
  private static final int VPN_HIGH_SHIFT = 44;
  private static final int TYPE_IMAGE = 2;

  private final Boot boot;
  private final Struct process;
  private final List<Region> regions;
  private final List<VadTruth> truth = new ArrayList<>();
  private final boolean table;

  private VadTree(Boot boot, Struct process, List<Region> regions) {
    this.boot = boot;
    this.process = process;
    this.regions = regions.stream().sorted(Comparator.comparing(Region::start)).toList();
    this.table = process.layout().has("VadRoot.BalancedRoot.RightChild");
  }

  /** Writes the nodes and hangs them into the process; returns them by ascending address. */
  static List<VadTruth> write(Boot boot, Struct process, List<Region> regions) {
    VadTree tree = new VadTree(boot, process, regions);
    tree.write();
    return tree.truth;
  }

  private void write() {
    List<Long> nodes = regions.stream().map(this::allocate).toList();
    if (table) {
      long head = process.addressOf("VadRoot.BalancedRoot");
      boot.space().writeLong(head, head);
      long root = link(nodes, 0, nodes.size(), head);
      process
          .set("VadRoot.BalancedRoot.RightChild", root)
          .set("VadRoot.DepthOfTree", Integer.SIZE - Integer.numberOfLeadingZeros(nodes.size()))
          .set("VadRoot.NumberGenericTableElements", nodes.size())
          .set("VadRoot.NodeHint", root);
    } else {
      long root = link(nodes, 0, nodes.size(), 0);
      process.set("VadRoot.Root", root).set("VadHint", root).set("VadCount", nodes.size());
    }
  }

  private long allocate(Region region) {
    String struct = region.privateMemory() ? "_MMVAD_SHORT" : "_MMVAD";
    return boot.pool().allocate(PoolKind.NONPAGED, tag(region), boot.struct(struct).size());
  }

  private static String tag(Region region) {
    return region.privateMemory() ? "VadS" : "Vad ";
  }

  /** Builds a balanced tree over a range of sorted nodes and returns its root; 0 for none. */
  private long link(List<Long> nodes, int from, int to, long parent) {
    if (from == to) {
      return 0;
    }
    int middle = (from + to) >>> 1;
    long address = nodes.get(middle);
    Region region = regions.get(middle);
    long left = link(nodes, from, middle, address);
    truth.add(
        new VadTruth(
            address,
            parent,
            region.start(),
            region.end(),
            tag(region),
            region.protection().index(),
            region.commitCharge(),
            region.privateMemory(),
            region.file()));
    long right = link(nodes, middle + 1, to, address);
    int balance = Long.signum((to - middle - 1) - (long) (middle - from));
    fill(new Struct(boot.space(), address, boot.struct("_MMVAD_SHORT")), region);
    linkNode(address, left, right, parent, balance);
    if (!region.privateMemory()) {
      fillMapped(new Struct(boot.space(), address, boot.struct("_MMVAD")), region);
    }
    return address;
  }

  private void linkNode(long address, long left, long right, long parent, int balance) {
    StructLayout layout = boot.struct("_MMVAD_SHORT");
    Struct node = new Struct(boot.space(), address, layout);
    node.set(layout.firstOf("VadNode.Left", "LeftChild"), left);
    node.set(layout.firstOf("VadNode.Right", "RightChild"), right);
    node.set(layout.firstOf("VadNode.ParentValue", "u1.Parent"), parent | (balance & 3));
  }

  private static void fill(Struct node, Region region) {
    StructLayout layout = node.layout();
    node.set("StartingVpn", region.start() >>> PAGE_SHIFT)
        .set("EndingVpn", region.end() >>> PAGE_SHIFT)
        .setIfPresent("StartingVpnHigh", region.start() >>> VPN_HIGH_SHIFT)
        .setIfPresent("EndingVpnHigh", region.end() >>> VPN_HIGH_SHIFT)
        .setIfPresent("ReferenceCount", 1)
        .set("u.VadFlags.Protection", region.protection().index())
        .set("u.VadFlags.PrivateMemory", region.privateMemory() ? 1 : 0)
        .set("u.VadFlags.VadType", region.image() ? TYPE_IMAGE : 0);
    String commit = layout.firstOf("u1.VadFlags1.CommitCharge", "u.VadFlags.CommitCharge");
    node.set(commit, region.commitCharge());
    if (region.privateMemory()) {
      node.set(layout.firstOf("u1.VadFlags1.MemCommit", "u.VadFlags.MemCommit"), 1);
    }
  }

  private void fillMapped(Struct node, Region region) {
    node.set("Subsection", region.subsection())
        .set("FirstPrototypePte", region.prototypePtes())
        .set("LastContiguousPte", region.lastPrototypePte())
        .setIfPresent("VadsProcess", process.address())
        .setEmptyList("ViewLinks");
  }
}
