package io.memlake.engine.paging;

import io.memlake.engine.physical.CachedPhysicalMemory;
import io.memlake.engine.physical.FrameMap;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Translations a second of one thread. The goal is 20 million of hot pages. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TranslationBenchmark {
  private static final int ADDRESSES = 1 << 14;
  private static final int WARM_PAGES = 1 << 16;
  private static final int HOT_PAGES = 1 << 10;
  private static final long BASE = 0x7FF6_0000_0000L;

  private final long[] hot = new long[ADDRESSES];
  private final long[] warm = new long[ADDRESSES];
  private final byte[] target = new byte[8];
  private PagedAddressSpace space;

  /** Maps 256 MiB of scattered frames. */
  @Setup
  public void map() {
    TableWriter tables = new TableWriter(4, 0x1AD, new FrameMap());
    Random random = new Random(1);
    for (int page = 0; page < WARM_PAGES; page++) {
      tables.map(BASE + page * 4096L, 0x100000L + random.nextInt(1 << 22));
    }
    for (int page = 0; page < HOT_PAGES; page++) {
      tables.frames.frame(tables.get(tables.slot(BASE + page * 4096L, 1)) >>> 12);
    }
    for (int i = 0; i < ADDRESSES; i++) {
      hot[i] = BASE + random.nextInt(HOT_PAGES) * 4096L + (random.nextInt(512) << 3);
      warm[i] = BASE + random.nextInt(WARM_PAGES) * 4096L + random.nextInt(4096);
    }
    CachedPhysicalMemory memory = CachedPhysicalMemory.of(tables.frames, 4 * HOT_PAGES);
    space = AddressSpaces.x64(memory, tables.root, PteLayout.x64(0), PagedOutPages.NONE);
  }

  /** Random addresses in 4 MiB. */
  @Benchmark
  @OperationsPerInvocation(ADDRESSES)
  public long hotPages() throws IOException {
    long sum = 0;
    for (long address : hot) {
      sum += space.translate(address);
    }
    return sum;
  }

  /** Random addresses in 256 MiB: most miss the hot pages and find their table in the cache. */
  @Benchmark
  @OperationsPerInvocation(ADDRESSES)
  public long warmTables() throws IOException {
    long sum = 0;
    for (long address : warm) {
      sum += space.translate(address);
    }
    return sum;
  }

  /** Reads of 8 bytes in 4 MiB, through a cache that holds all their frames. */
  @Benchmark
  @OperationsPerInvocation(ADDRESSES)
  public long hotReads() throws IOException {
    long sum = 0;
    for (long address : hot) {
      sum += space.read(address, target, 0, 8) ? target[0] : 1;
    }
    return sum;
  }
}
