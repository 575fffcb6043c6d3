package io.memlake.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkScanTest {

  private final SmallMemory memory = new SmallMemory();

  @Test
  void anySplitFindsTheSame() throws IOException {
    List<String> whole = found(0, 400);
    assertThat(whole).anyMatch(line -> line.startsWith("pool"));
    for (int parts : new int[] {2, 3, 7, 64, 399}) {
      List<String> pieces = new ArrayList<>();
      for (int i = 0; i < parts; i++) {
        long from = 400L * i / parts;
        long to = 400L * (i + 1) / parts;
        pieces.addAll(found(from, to - from));
      }
      assertThat(pieces).as("%d parts", parts).isEqualTo(whole);
    }
  }

  @Test
  void framesWithoutBytesAreCountedAndTheRestIsScanned() throws IOException {
    ChunkScan scan = new ChunkScan(PoolTags.ALL);
    ChunkCounts counts = scan.scan(memory, 0, 400, new Lines());
    assertThat(counts.lostPages()).isEqualTo(1);
    assertThat(counts.pages()).isEqualTo(100 + 149);
    assertThat(counts.poolHeaders()).isEqualTo(2);
    assertThat(found(0, 400)).contains("lost 260").doesNotContain("lost 120");
  }

  private List<String> found(long firstPfn, long pageCount) throws IOException {
    Lines lines = new Lines();
    new ChunkScan(PoolTags.ALL).scan(memory, firstPfn, pageCount, lines);
    return lines.lines;
  }

  private static final class Lines implements ChunkSink {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void page(long pfn, PageKind kind, long hash, long hash2) {
      lines.add("page " + pfn + " " + kind + " " + hash + " " + hash2);
    }

    @Override
    public void poolHeader(long physicalAddress, int tag) {
      lines.add("pool " + physicalAddress + " " + PoolTag.text(tag));
    }

    @Override
    public void lost(long pfn) {
      lines.add("lost " + pfn);
    }
  }

  /** Frames 0 to 99 and 250 to 399, with frame 260 gone and an unreadable run between. */
  private static final class SmallMemory implements PhysicalMemory {
    private final byte[] bytes = new byte[400 * PAGE_SIZE];

    SmallMemory() {
      Random random = new Random(3);
      for (int pfn = 0; pfn < 400; pfn++) {
        if (random.nextInt(3) > 0) {
          byte[] page = new byte[PAGE_SIZE];
          random.nextBytes(page);
          System.arraycopy(page, 0, bytes, pfn * PAGE_SIZE, PAGE_SIZE);
        }
      }
      poolHeader(63 * PAGE_SIZE + 0xFF0, "Proc");
      poolHeader(399 * PAGE_SIZE, "Thr\u00e5");
    }

    private void poolHeader(int at, String tag) {
      bytes[at + 2] = 0x7F;
      System.arraycopy(tag.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at + 4, 4);
    }

    @Override
    public String name() {
      return "small";
    }

    @Override
    public List<PageRun> runs() {
      return List.of(
          new PageRun(0, 100, PageState.PRESENT),
          new PageRun(100, 150, PageState.UNREADABLE),
          new PageRun(250, 150, PageState.PRESENT));
    }

    @Override
    public PageState stateOf(long pfn) {
      return runs().stream()
          .filter(run -> run.contains(pfn))
          .map(PageRun::state)
          .findFirst()
          .orElse(PageState.NOT_DUMPED);
    }

    @Override
    public boolean read(long physicalAddress, byte[] target, int offset, int length) {
      long pfn = physicalAddress >>> PAGE_SHIFT;
      if (!stateOf(pfn).readable() || pfn == 260) {
        return false;
      }
      System.arraycopy(bytes, (int) physicalAddress, target, offset, length);
      return true;
    }

    @Override
    public void close() {}
  }
}
