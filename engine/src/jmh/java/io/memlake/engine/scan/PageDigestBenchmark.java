package io.memlake.engine.scan;

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

/** Pages a microsecond: one page is 4096 bytes, so 2.5 pages are about 10 GB/s. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class PageDigestBenchmark {

  /** Share of pages that are all zero. */
  @Param({"0", "30", "60"})
  public int zeroPercent;

  private final PageDigest digest = new PageDigest(PoolTags.ALL);
  private byte[] block;

  /** Fills a block of 64 pages, the size that a chunk scan reads at once. */
  @Setup
  public void fill() {
    block = new byte[ChunkScan.BLOCK_PAGES * 4096];
    Random random = new Random(11);
    byte[] page = new byte[4096];
    for (int i = 0; i < ChunkScan.BLOCK_PAGES; i++) {
      if (random.nextInt(100) >= zeroPercent) {
        random.nextBytes(page);
        System.arraycopy(page, 0, block, i * 4096, 4096);
      }
    }
  }

  /** Kind, hash and pool headers of each page of a block that lies in the cache. */
  @Benchmark
  @OperationsPerInvocation(ChunkScan.BLOCK_PAGES)
  public long digestPages() {
    long sum = 0;
    for (int at = 0; at < block.length; at += 4096) {
      digest.scan(block, at);
      sum += digest.hash() ^ digest.hash2();
    }
    return sum;
  }
}
