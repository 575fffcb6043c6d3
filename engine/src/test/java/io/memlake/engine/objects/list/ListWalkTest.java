package io.memlake.engine.objects.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListWalkTest {
  private static final long HEAD = 0xFFFFF80000001000L;
  private static final long FIRST = 0xFFFFF80000002000L;
  private static final long SECOND = 0xFFFFF80000003000L;
  private static final long THIRD = 0xFFFFF80000004000L;
  private static final int LIMIT = 100;

  private final Links memory = new Links();

  @Test
  void anEmptyListHasNoMembers() throws IOException {
    memory.put(HEAD, HEAD, HEAD);
    ListWalk walk = walk(LIMIT);
    assertThat(walk.members()).isEmpty();
    assertThat(walk.breaks()).isEmpty();
  }

  @Test
  void aSoundListIsMetInBothDirections() throws IOException {
    ring();
    ListWalk walk = walk(LIMIT);
    assertThat(walk.members())
        .containsExactly(
            new ListMember(FIRST, true, true),
            new ListMember(SECOND, true, true),
            new ListMember(THIRD, true, true));
    assertThat(walk.breaks()).isEmpty();
  }

  @Test
  void whatOnlyTheBackwardWalkMeetsComesInListOrder() throws IOException {
    ring();
    memory.put(FIRST, 0xFFFFF80000009000L, HEAD);
    ListWalk walk = walk(LIMIT);
    assertThat(walk.members())
        .extracting(ListMember::links)
        .containsExactly(FIRST, 0xFFFFF80000009000L, SECOND, THIRD);
    assertThat(walk.breaks())
        .contains(
            new ListBreak("forward", FIRST, 0xFFFFF80000009000L, ListBreak.Reason.UNREADABLE),
            new ListBreak("backward", SECOND, FIRST, ListBreak.Reason.ONE_SIDED));
  }

  @Test
  void aLoopEndsTheWalk() throws IOException {
    ring();
    memory.put(THIRD, FIRST, SECOND);
    ListWalk walk = walk(LIMIT);
    assertThat(walk.members()).hasSize(3);
    assertThat(walk.breaks())
        .contains(new ListBreak("forward", THIRD, FIRST, ListBreak.Reason.LOOP));
  }

  /** An entry that leads into another list: its members are met once, and the walk ends there. */
  @Test
  void aListThatLeadsIntoAnotherEndsWhereThatOneCloses() throws IOException {
    long otherHead = 0xFFFFF8000000A000L;
    long otherFirst = 0xFFFFF8000000B000L;
    ring();
    memory.put(otherHead, otherFirst, otherFirst);
    memory.put(otherFirst, otherHead, otherHead);
    memory.put(FIRST, otherFirst, HEAD);
    ListWalk walk = walk(LIMIT);
    assertThat(walk.members())
        .containsExactly(
            new ListMember(FIRST, true, true),
            new ListMember(otherFirst, true, false),
            new ListMember(otherHead, true, false),
            new ListMember(SECOND, false, true),
            new ListMember(THIRD, false, true));
    assertThat(walk.breaks())
        .containsExactly(
            new ListBreak("forward", FIRST, otherFirst, ListBreak.Reason.ONE_SIDED),
            new ListBreak("forward", otherHead, otherFirst, ListBreak.Reason.LOOP),
            new ListBreak("backward", SECOND, FIRST, ListBreak.Reason.ONE_SIDED));
  }

  @Test
  void pointersOfTheOtherHalfAndCrookedOnesAreNotFollowed() throws IOException {
    ring();
    memory.put(FIRST, 0x00007FF000001000L, HEAD);
    memory.put(HEAD, FIRST, THIRD + 4);
    ListWalk walk = walk(LIMIT);
    assertThat(walk.breaks())
        .containsExactly(
            new ListBreak("forward", FIRST, 0x00007FF000001000L, ListBreak.Reason.BAD_POINTER),
            new ListBreak("backward", HEAD, THIRD + 4, ListBreak.Reason.BAD_POINTER));
  }

  @Test
  void aListLongerThanItsLimitIsCut() throws IOException {
    long at = HEAD;
    for (int i = 1; i <= 10; i++) {
      memory.put(at, at + 0x1000, at - 0x1000);
      at += 0x1000;
    }
    ListWalk walk = walk(5);
    assertThat(walk.members().stream().filter(ListMember::forward)).hasSize(5);
    assertThat(walk.breaks())
        .contains(new ListBreak("forward", HEAD + 0x5000, HEAD + 0x6000, ListBreak.Reason.LIMIT));
  }

  @Test
  void anAbsentHeadIsABreakAndNothingElse() throws IOException {
    ListWalk walk = walk(LIMIT);
    assertThat(walk.members()).isEmpty();
    assertThat(walk.breaks())
        .containsExactly(
            new ListBreak("forward", HEAD, HEAD, ListBreak.Reason.UNREADABLE),
            new ListBreak("backward", HEAD, HEAD, ListBreak.Reason.UNREADABLE));
  }

  private void ring() {
    memory.put(HEAD, FIRST, THIRD);
    memory.put(FIRST, SECOND, HEAD);
    memory.put(SECOND, THIRD, FIRST);
    memory.put(THIRD, HEAD, SECOND);
  }

  private ListWalk walk(int limit) throws IOException {
    return ListWalk.of(memory, HEAD, Long.BYTES, limit);
  }

  /** A space that holds pairs of links and nothing else. */
  private static final class Links implements AddressSpace {
    private final Map<Long, byte[]> pairs = new HashMap<>();

    void put(long at, long forward, long backward) {
      pairs.put(
          at,
          ByteBuffer.allocate(16)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(forward)
              .putLong(backward)
              .array());
    }

    @Override
    public long dtb() {
      return 0x1000;
    }

    @Override
    public int pointerSize() {
      return Long.BYTES;
    }

    @Override
    public long translate(long virtualAddress) {
      return ABSENT;
    }

    @Override
    public boolean read(long virtualAddress, byte[] target, int offset, int length) {
      byte[] pair = pairs.get(virtualAddress);
      if (pair == null) {
        return false;
      }
      System.arraycopy(pair, 0, target, offset, length);
      return true;
    }

    @Override
    public int readSparse(
        long virtualAddress, byte[] target, int offset, int length, boolean[] present) {
      present[0] = read(virtualAddress, target, offset, length);
      return present[0] ? 1 : 0;
    }
  }
}
