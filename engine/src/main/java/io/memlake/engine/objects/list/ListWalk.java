package io.memlake.engine.objects.list;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks a {@code LIST_ENTRY} ring from its head in both directions and unites what it meets, so
 * that one broken link costs nothing and two broken links cost only what lies between them.
 *
 * @param members the entries, in forward order; those that only the backward walk met come last, in
 *     the order that the list would have them
 * @param breaks where the walks ended early or the links disagree
 */
public record ListWalk(List<ListMember> members, List<ListBreak> breaks) {

  /** Copies the lists. */
  public ListWalk {
    members = List.copyOf(members);
    breaks = List.copyOf(breaks);
  }

  /**
   * Walks the ring.
   *
   * @param head virtual address of the head's links, which is no member itself
   * @param pointerSize bytes of a link: 8, or 4 in the lists of a 32-bit process
   * @param limit members after which each direction is cut off
   * @throws IOException when the medium fails
   */
  public static ListWalk of(AddressSpace space, long head, int pointerSize, int limit)
      throws IOException {
    List<ListBreak> breaks = new ArrayList<>();
    Direction forward = new Direction(space, head, pointerSize, limit, true);
    Direction backward = new Direction(space, head, pointerSize, limit, false);
    forward.walk(breaks);
    backward.walk(breaks);
    List<ListMember> members = new ArrayList<>(forward.met.size());
    for (long links : forward.met) {
      members.add(new ListMember(links, true, backward.met.contains(links)));
    }
    List<ListMember> tail = new ArrayList<>();
    for (long links : backward.met) {
      if (!forward.met.contains(links)) {
        tail.add(0, new ListMember(links, false, true));
      }
    }
    members.addAll(tail);
    return new ListWalk(members, breaks);
  }

  /** One direction of a walk. */
  private static final class Direction {
    private final AddressSpace space;
    private final long head;
    private final int pointerSize;
    private final int limit;
    private final boolean forward;
    private final String name;
    private final byte[] links;
    private final Set<Long> met = new LinkedHashSet<>();

    Direction(AddressSpace space, long head, int pointerSize, int limit, boolean forward) {
      this.space = space;
      this.head = head;
      this.pointerSize = pointerSize;
      this.limit = limit;
      this.forward = forward;
      this.name = forward ? "forward" : "backward";
      this.links = new byte[2 * pointerSize];
    }

    void walk(List<ListBreak> breaks) throws IOException {
      long at = head;
      if (!read(at)) {
        breaks.add(new ListBreak(name, head, head, ListBreak.Reason.UNREADABLE));
        return;
      }
      while (true) {
        long next = link(forward);
        if (next == head) {
          return;
        }
        ListBreak.Reason wrong = wrong(next);
        if (wrong != null) {
          breaks.add(new ListBreak(name, at, next, wrong));
          return;
        }
        met.add(next);
        if (!read(next)) {
          breaks.add(new ListBreak(name, at, next, ListBreak.Reason.UNREADABLE));
          return;
        }
        if (link(!forward) != at) {
          breaks.add(new ListBreak(name, at, next, ListBreak.Reason.ONE_SIDED));
        }
        at = next;
      }
    }

    private ListBreak.Reason wrong(long next) {
      // A list never leaves the half, of the user or of the kernel, in which it begins.
      boolean sameHalf = space.isKernel(next) == space.isKernel(head);
      if (next == 0 || !sameHalf || (next & (pointerSize - 1)) != 0) {
        return ListBreak.Reason.BAD_POINTER;
      }
      if (met.contains(next)) {
        return ListBreak.Reason.LOOP;
      }
      return met.size() >= limit ? ListBreak.Reason.LIMIT : null;
    }

    private boolean read(long at) throws IOException {
      return space.read(at, links, 0, links.length);
    }

    private long link(boolean flink) {
      int at = flink ? 0 : pointerSize;
      return pointerSize == Long.BYTES ? LittleEndian.i64(links, at) : LittleEndian.u32(links, at);
    }
  }
}
