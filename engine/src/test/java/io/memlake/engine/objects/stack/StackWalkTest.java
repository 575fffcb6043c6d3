package io.memlake.engine.objects.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.PlacedBytes;
import io.memlake.engine.pe.PeImage;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Stacks and unwind data that no compiler makes. */
class StackWalkTest {
  private static final long BASE = 0x7FF0_0000_0000L;
  private static final int IMAGE_SIZE = 0x4000;
  private static final long STACK = 0x1_0000L;
  private static final int STACK_SIZE = 0x4000;
  private static final StackBounds BOUNDS = new StackBounds(STACK, STACK + STACK_SIZE);

  private final Memory memory = new Memory();

  /** An image with functions at 0x1000 and 0x1100, and a stack. */
  private static final class Memory {
    final byte[] image = new byte[IMAGE_SIZE];
    final byte[] stack = new byte[STACK_SIZE];
    final PlacedBytes space = PlacedBytes.of(BASE, image).put(STACK, stack);

    Memory() {
      LittleEndian.putU16(image, 0, PeImage.MZ);
      LittleEndian.putI32(image, 0x3C, 0x80);
      LittleEndian.putI32(image, 0x80, 0x4550);
      LittleEndian.putU16(image, 0x84, PeImage.MACHINE_X64);
      LittleEndian.putU16(image, 0x86, 1);
      LittleEndian.putU16(image, 0x94, 0xF0);
      LittleEndian.putU16(image, 0x98, 0x20B);
      LittleEndian.putI32(image, 0x98 + 56, IMAGE_SIZE);
      LittleEndian.putI32(image, 0x98 + 112 + 3 * 8, 0x3000);
      LittleEndian.putI32(image, 0x98 + 112 + 3 * 8 + 4, 24);
      int section = 0x98 + 0xF0;
      LittleEndian.putI32(image, section + 8, 0x1000);
      LittleEndian.putI32(image, section + 12, 0x1000);
      LittleEndian.putI32(image, section + 36, 0x6000_0020);
      function(0, 0x1000, 0x1100, 0x2000);
      function(1, 0x1100, 0x1200, 0x2100);
    }

    void function(int index, int begin, int end, int unwind) {
      LittleEndian.putI32(image, 0x3000 + index * 12, begin);
      LittleEndian.putI32(image, 0x3000 + index * 12 + 4, end);
      LittleEndian.putI32(image, 0x3000 + index * 12 + 8, unwind);
    }

    /** Unwind data with codes, given as they are stored. */
    void unwind(int at, int flags, int... slots) {
      image[at] = (byte) (1 | flags << 3);
      image[at + 2] = (byte) slots.length;
      for (int i = 0; i < slots.length; i++) {
        LittleEndian.putU16(image, at + 4 + i * 2, slots[i]);
      }
    }

    void word(long address, long value) {
      LittleEndian.putI64(stack, (int) (address - STACK), value);
    }
  }

  private StackWalk walk(long ip, long sp) throws IOException {
    CodeImage image = CodeImage.of(memory.space, "a.dll", BASE, IMAGE_SIZE);
    CodeImages images = at -> image.covers(at) ? Optional.of(image) : Optional.empty();
    return StackWalk.of(memory.space, images, BOUNDS, new Registers(ip, sp), false);
  }

  @Test
  void aFrameOfTheProcessorLeadsToWhereItWasInterrupted() throws IOException {
    memory.unwind(0x2000, 0, 0x1A00);
    memory.unwind(0x2100, 0);
    long frame = STACK + 0x108;
    memory.word(frame, BASE + 0x1150);
    memory.word(frame + 24, STACK + 0x800);
    StackWalk walk = walk(BASE + 0x1010, STACK + 0x100);
    assertThat(walk.frames()).hasSize(2);
    assertThat(walk.frames().get(1).ip()).isEqualTo(BASE + 0x1150);
    assertThat(walk.frames().get(1).sp()).isEqualTo(STACK + 0x800);
    assertThat(walk.end()).isEqualTo(StackEnd.BOTTOM);
  }

  @Test
  void codeThatWasEnteredFromUserModeEndsTheStack() throws IOException {
    memory.unwind(0x2000, 0, 0x0A00);
    memory.word(STACK + 0x100, 0xFFFF_8000_0000_1000L);
    memory.word(STACK + 0x118, STACK + 0x800);
    assertThat(walk(BASE + 0x1010, STACK + 0x100).end()).isEqualTo(StackEnd.USER_MODE);
  }

  @Test
  void aStackFullOfOneAddressEnds() throws IOException {
    memory.unwind(0x2000, 0);
    for (long at = STACK; at < STACK + STACK_SIZE; at += Long.BYTES) {
      memory.word(at, BASE + 0x1010);
    }
    StackWalk walk = walk(BASE + 0x1010, STACK);
    assertThat(walk.frames()).hasSize(StackWalk.MAXIMUM_FRAMES);
    assertThat(walk.end()).isEqualTo(StackEnd.LIMIT);
  }

  @Test
  void piecesThatAreChainedInACircleLeadNowhere() throws IOException {
    memory.unwind(0x2000, 4);
    LittleEndian.putI32(memory.image, 0x2004, 0x1000);
    LittleEndian.putI32(memory.image, 0x2008, 0x1100);
    LittleEndian.putI32(memory.image, 0x200C, 0x2000);
    StackWalk walk = walk(BASE + 0x1010, STACK + 0x100);
    assertThat(walk.frames()).hasSize(1);
    assertThat(walk.end()).isEqualTo(StackEnd.NOTHING_LEFT);
  }

  @Test
  void aStackThatIsNotInTheImageSaysSo() throws IOException {
    memory.unwind(0x2000, 0);
    memory.space.remove(STACK);
    assertThat(walk(BASE + 0x1010, STACK + 0x100).end()).isEqualTo(StackEnd.UNREADABLE);
  }

  @Test
  void onlyAddressesBehindCallsAreTakenForReturns() throws IOException {
    memory.image[0x2000] = 7;
    memory.image[0x1120 - 5] = (byte) 0xE8;
    memory.image[0x1140 - 5] = (byte) 0x90;
    memory.unwind(0x2100, 0);
    memory.word(STACK + 0x100, BASE + 0x1140);
    memory.word(STACK + 0x110, BASE + 0x1120);
    StackWalk walk = walk(BASE + 0x1010, STACK + 0x100);
    assertThat(walk.frames()).hasSize(2);
    assertThat(walk.frames().get(1).ip()).isEqualTo(BASE + 0x1120);
    assertThat(walk.frames().get(1).method()).isEqualTo(FrameMethod.SCAN);
  }

  @Test
  void anyUnwindDataAndAnyStackEnd() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      byte[] unwind = new byte[0x1000];
      random.nextBytes(unwind);
      for (int at = 0; at < unwind.length; at += 0x100) {
        unwind[at] = (byte) (1 + random.nextInt(2) + (random.nextInt(4) == 0 ? 4 << 3 : 0));
      }
      System.arraycopy(unwind, 0, memory.image, 0x2000, unwind.length);
      for (long at = STACK; at < STACK + STACK_SIZE; at += Long.BYTES) {
        memory.word(
            at, random.nextInt(3) == 0 ? BASE + 0x1000 + random.nextInt(0x200) : random.nextLong());
      }
      StackWalk walk = walk(BASE + 0x1000 + random.nextInt(0x200), STACK + random.nextInt(64) * 8L);
      assertThat(walk.frames()).hasSizeBetween(1, StackWalk.MAXIMUM_FRAMES);
    }
  }
}
