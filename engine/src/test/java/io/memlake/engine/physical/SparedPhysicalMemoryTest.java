package io.memlake.engine.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparedPhysicalMemoryTest {
  private static final int PAGES = 64;

  @Test
  void oneBadFrameIsAbsentAndItsNeighboursAreThere() throws IOException {
    PhysicalMemory memory = SparedPhysicalMemory.wrap(new Bad(17, 18));
    byte[] pages = new byte[PAGES * PhysicalMemory.PAGE_SIZE];
    Arrays.fill(pages, (byte) 0x5A);
    boolean[] present = new boolean[PAGES];
    memory.readPages(0, PAGES, pages, 0, present);
    for (int i = 0; i < PAGES; i++) {
      assertThat(present[i]).as("frame %d", i).isEqualTo(i != 17);
      assertThat(pages[i * PhysicalMemory.PAGE_SIZE]).isEqualTo((byte) (i == 17 ? 0 : i));
    }
    assertThat(memory.read(17L << 12, pages, 0, 8)).isFalse();
    assertThat(memory.read(18L << 12, pages, 0, 8)).isTrue();
  }

  @Test
  void aMediumThatIsGoneFailsInTheEnd() throws IOException {
    PhysicalMemory memory = SparedPhysicalMemory.wrap(new Bad(0, PAGES));
    byte[] bytes = new byte[8];
    for (int i = 0; i < SparedPhysicalMemory.MAX_FAILURES; i++) {
      assertThat(memory.read(0, bytes, 0, 8)).isFalse();
    }
    assertThatThrownBy(() -> memory.read(0, bytes, 0, 8))
        .isInstanceOf(IOException.class)
        .hasMessage("bad sector");
  }

  /** Frames that hold their number, some of them on a bad spot. */
  private record Bad(long first, long end) implements PhysicalMemory {
    @Override
    public String name() {
      return "bad";
    }

    @Override
    public List<PageRun> runs() {
      return List.of(new PageRun(0, PAGES, PageState.PRESENT));
    }

    @Override
    public PageState stateOf(long pfn) {
      return PageState.PRESENT;
    }

    @Override
    public boolean read(long physicalAddress, byte[] target, int offset, int length)
        throws IOException {
      long pfn = physicalAddress >>> PAGE_SHIFT;
      if (pfn >= first && pfn < end) {
        throw new IOException("bad sector");
      }
      Arrays.fill(target, offset, offset + length, (byte) pfn);
      return true;
    }

    @Override
    public void close() {}
  }
}
