package io.memlake.engine.objects.vad;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.vad.VadGap.Reason;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the tree of descriptors of a process. A lost node costs what lies below it and nothing
 * else.
 *
 * <p>The short form ({@code VadS}, {@code VadF}) has no room for a file; which form a node has is
 * told by its pool tag, and by its flag of private memory where the tag is lost.
 */
public final class VadReader {
  /** The tag is the second number of the pool header, which is as long as two addresses. */
  private static final int TAG_BEFORE_NODE = 12;

  private static final int TAG_BEFORE_NODE_32 = 4;
  private static final int NODE_ALIGNMENT = 8;

  private final VadLayout layout;

  private VadReader(VadLayout layout) {
    this.layout = layout;
  }

  /**
   * Resolves the layout.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols do not describe
   *     descriptors
   */
  public static VadReader of(SymbolTable symbols) {
    return new VadReader(VadLayout.resolve(symbols));
  }

  /** The layout by which nodes are read. */
  public VadLayout layout() {
    return layout;
  }

  /**
   * All descriptors of a process.
   *
   * @param space any space with the kernel half: the kernel's or the process's own
   * @param eprocess kernel address of the process
   * @throws IOException when the medium fails
   */
  public VadTree tree(AddressSpace space, long eprocess) throws IOException {
    byte[] bytes = new byte[Long.BYTES];
    int width = layout.root().size();
    if (!space.read(eprocess + layout.root().offset(), bytes, 0, width)) {
      return new VadTree(List.of(), List.of(new VadGap(0, 0, Reason.UNREADABLE)), -1);
    }
    long root = width == Long.BYTES ? LittleEndian.i64(bytes, 0) : LittleEndian.u32(bytes, 0);
    return new Walk(space).from(root, count(space, eprocess));
  }

  private long count(AddressSpace space, long eprocess) throws IOException {
    if (layout.count().isEmpty()) {
      return -1;
    }
    BitsField field = layout.count().get();
    byte[] bytes = new byte[field.offset() + field.size()];
    // Only the number itself is read; its place in the buffer is that in the structure.
    return space.read(eprocess + field.offset(), bytes, field.offset(), field.size())
        ? field.in(bytes, 0)
        : -1;
  }

  /** One link that is still to be followed. */
  private record Link(long parent, long node) {}

  private final class Walk {
    private final AddressSpace space;
    private final Set<Long> seen = new HashSet<>();
    private final Deque<Link> open = new ArrayDeque<>();
    private final List<VadNode> nodes = new ArrayList<>();
    private final List<VadGap> gaps = new ArrayList<>();
    private final byte[] tag = new byte[Integer.BYTES];

    Walk(AddressSpace space) {
      this.space = space;
    }

    VadTree from(long root, long count) throws IOException {
      follow(0, root);
      while (!open.isEmpty()) {
        Link link = open.pop();
        if (nodes.size() >= VadTree.MAXIMUM_NODES) {
          gaps.add(new VadGap(link.parent(), link.node(), Reason.LIMIT));
          break;
        }
        visit(link);
      }
      nodes.sort(Comparator.comparing(VadNode::start, Long::compareUnsigned));
      return new VadTree(nodes, gaps, count);
    }

    private void follow(long parent, long node) {
      if (node == 0) {
        return;
      }
      if (!isKernel(node) || (node & (NODE_ALIGNMENT - 1)) != 0) {
        gaps.add(new VadGap(parent, node, Reason.BAD_POINTER));
      } else if (!seen.add(node)) {
        gaps.add(new VadGap(parent, node, Reason.LOOP));
      } else {
        open.push(new Link(parent, node));
      }
    }

    private void visit(Link link) throws IOException {
      Optional<byte[]> bytes = space.map(link.node(), layout.shortSize());
      if (bytes.isEmpty()) {
        gaps.add(new VadGap(link.parent(), link.node(), Reason.UNREADABLE));
        return;
      }
      byte[] node = bytes.get();
      long start = layout.start(node);
      long end = layout.end(node);
      if (Long.compareUnsigned(start, end) > 0 || isKernel(end)) {
        gaps.add(new VadGap(link.parent(), link.node(), Reason.BAD_RANGE));
        return;
      }
      nodes.add(node(link, node, start, end));
      follow(link.node(), layout.left().in(node, 0));
      follow(link.node(), layout.right().in(node, 0));
    }

    private VadNode node(Link link, byte[] node, long start, long end) throws IOException {
      boolean isPrivate = layout.privateMemory().in(node, 0) != 0;
      String name = tag(link.node());
      byte[] mapped = hasLongForm(name, isPrivate) ? longForm(link.node()) : null;
      return new VadNode(
          link.node(),
          link.parent(),
          name,
          start,
          end,
          type(node),
          (int) layout.protection().in(node, 0),
          isPrivate,
          number(layout.memCommit(), node) != 0,
          number(layout.commitCharge(), node),
          mapped == null ? 0 : subsection(mapped),
          mapped == null ? 0 : kernelOrZero(layout.firstPrototypePte().in(mapped, 0)),
          mapped == null ? 0 : kernelOrZero(layout.lastContiguousPte().in(mapped, 0)));
    }

    private VadType type(byte[] node) {
      return layout.type().isEmpty() && number(layout.imageMap(), node) != 0
          ? VadType.IMAGE_MAP
          : VadType.of(number(layout.type(), node));
    }

    private byte[] longForm(long node) throws IOException {
      return space.map(node, layout.longSize()).orElse(null);
    }

    private String tag(long node) throws IOException {
      int before = space.pointerSize() == Long.BYTES ? TAG_BEFORE_NODE : TAG_BEFORE_NODE_32;
      if (!space.read(node - before, tag, 0, tag.length)) {
        return "";
      }
      String text = new String(tag, StandardCharsets.ISO_8859_1);
      return text.startsWith("Vad") ? text : "";
    }

    private long subsection(byte[] mapped) {
      long named = kernelOrZero(layout.subsection().in(mapped, 0));
      return named == 0 ? 0 : named + layout.subsectionBehind();
    }

    private long kernelOrZero(long address) {
      return isKernel(address) ? address : 0;
    }

    private boolean isKernel(long address) {
      return space.isKernel(address);
    }
  }

  private static boolean hasLongForm(String tag, boolean isPrivate) {
    return switch (tag) {
      case "VadS", "VadF" -> false;
      case "" -> !isPrivate;
      default -> true;
    };
  }

  private static long number(Optional<BitsField> field, byte[] node) {
    return field.isPresent() ? field.get().in(node, 0) : 0;
  }
}
