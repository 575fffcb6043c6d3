package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The sweep over a whole image that looks for page tables and kernel when no hint leads to them, in
 * pages a microsecond: one page is 4096 bytes, so 1 page is about 4 GB/s. The memory is a copy from
 * a block in the cache, so that the number is that of the sweep and not of a disk.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class PhysicalSweepBenchmark {
  private static final int PAGES = 1 << 14;

  /** What the frames hold. */
  @Param({"zero", "random", "pointers"})
  public String content;

  private Repeated memory;

  /** Makes a block of 64 frames that repeats over 64 MiB. */
  @Setup
  public void fill() {
    byte[] block = new byte[64 * PhysicalMemory.PAGE_SIZE];
    Random random = new Random(5);
    if (content.equals("random")) {
      random.nextBytes(block);
    } else if (content.equals("pointers")) {
      for (int at = 0; at < block.length; at += Long.BYTES) {
        long value = 0xFFFF_8000_0000_0000L | (random.nextInt() & 0x7FFF_FFF8L);
        LittleEndian.putI64(block, at, value);
      }
    }
    memory = new Repeated(block);
  }

  /** Every locator that needs no page tables, over all frames. */
  @Benchmark
  @OperationsPerInvocation(PAGES)
  public long sweep() throws IOException {
    PhysicalSweep sweep = PhysicalSweep.over(memory, 0, PAGES);
    return sweep.sweptBytes() + sweep.tables().size();
  }

  private static final class Repeated implements PhysicalMemory {
    private final byte[] block;

    Repeated(byte[] block) {
      this.block = block;
    }

    @Override
    public String name() {
      return "block";
    }

    @Override
    public List<PageRun> runs() {
      return List.of(new PageRun(0, PAGES, PageState.PRESENT));
    }

    @Override
    public PageState stateOf(long pfn) {
      return pfn < PAGES ? PageState.PRESENT : PageState.NOT_DUMPED;
    }

    @Override
    public boolean read(long physicalAddress, byte[] target, int offset, int length) {
      System.arraycopy(block, (int) (physicalAddress % block.length), target, offset, length);
      return true;
    }

    @Override
    public void readPages(long firstPfn, int count, byte[] target, int offset, boolean[] present) {
      for (int i = 0; i < count; i++) {
        present[i] =
            read((firstPfn + i) << PAGE_SHIFT, target, offset + (i << PAGE_SHIFT), PAGE_SIZE);
      }
    }

    @Override
    public void close() {}
  }
}
