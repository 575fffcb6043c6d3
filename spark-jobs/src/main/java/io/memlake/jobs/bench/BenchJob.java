package io.memlake.jobs.bench;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.FileHash;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.jobs.plan.ImageSplit;
import io.memlake.jobs.plan.SplitPlan;
import io.memlake.jobs.session.Tasks;
import io.memlake.jobs.task.ChunkTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Measures the stages that go through all of an image. */
public final class BenchJob {
  /** The block size at which plain reading is fastest. */
  private static final int BLOCK_BYTES = 256 << 10;

  private final JavaSparkContext spark;
  private final HadoopEvidence evidence;

  /** Measures on the cores of {@code spark}. */
  public BenchJob(JavaSparkContext spark, HadoopEvidence evidence) {
    this.spark = spark;
    this.evidence = evidence;
  }

  /**
   * All measurements, the limit first: reading the file with as many threads as there are cores and
   * looking at no byte of it.
   */
  public List<Measurement> run(String image) throws IOException {
    ImageIndex index = ImageFormats.standard().index(image, evidence);
    int cores = spark.defaultParallelism();
    List<ImageSplit> splits = SplitPlan.of(index.runs(), splitPages(index, cores));
    long memoryBytes =
        splits.stream().mapToLong(ImageSplit::readablePages).sum() << PhysicalMemory.PAGE_SHIFT;
    List<Measurement> measured = new ArrayList<>();
    measured.add(plainRead(index.files(), cores));
    measured.add(plainRead(index.files(), 1));
    measured.add(chunkScan(index, splits, cores, memoryBytes));
    measured.add(chunkScan(index, splits, 1, memoryBytes));
    measured.add(chunkJob(index, splits, cores, memoryBytes));
    measured.add(hash(index.files().get(0)));
    return measured;
  }

  /** As the analysis cuts it, but at least one split a core. */
  private static long splitPages(ImageIndex index, int cores) {
    long readable =
        index.runs().stream()
            .filter(run -> run.state().readable())
            .mapToLong(run -> run.pageCount())
            .sum();
    return Math.max(1, Math.min(SplitPlan.pagesFor(readable), (readable + cores - 1) / cores));
  }

  private Measurement plainRead(List<String> files, int threads) throws IOException {
    List<Repeated.Work> pieces = new ArrayList<>();
    long total = 0;
    for (String file : files) {
      long size;
      try (ByteSource source = evidence.open(file)) {
        size = source.size();
      }
      long piece = Math.max(BLOCK_BYTES, size / threads / BLOCK_BYTES * BLOCK_BYTES + BLOCK_BYTES);
      for (long from = 0; from < size; from += piece) {
        long start = from;
        long end = Math.min(size, from + piece);
        pieces.add(() -> read(file, start, end));
      }
      total += size;
    }
    double seconds = Repeated.seconds(() -> Repeated.inParallel(threads, pieces));
    return new Measurement("plain read", threads, total, seconds);
  }

  private void read(String file, long start, long end) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    try (ByteSource source = evidence.open(file)) {
      for (long at = start; at < end; ) {
        int count = source.read(at, block, 0, (int) Math.min(BLOCK_BYTES, end - at));
        if (count <= 0) {
          break;
        }
        at += count;
      }
    }
  }

  private Measurement chunkScan(
      ImageIndex index, List<ImageSplit> splits, int threads, long memoryBytes) throws IOException {
    List<Repeated.Work> pieces = new ArrayList<>();
    for (ImageSplit split : splits) {
      pieces.add(() -> ChunkTask.scan(index, evidence, split));
    }
    double seconds = Repeated.seconds(() -> Repeated.inParallel(threads, pieces));
    return new Measurement("chunk scan", threads, memoryBytes, seconds);
  }

  /** The whole stage as an analysis runs it: through Spark, findings written and committed. */
  private Measurement chunkJob(
      ImageIndex index, List<ImageSplit> splits, int cores, long memoryBytes) throws IOException {
    Path folder = Files.createTempDirectory("memlake-bench-");
    AtomicInteger run = new AtomicInteger();
    Broadcast<ImageIndex> image = spark.broadcast(index);
    Broadcast<HadoopEvidence> files = spark.broadcast(evidence);
    ChunkTask task = new ChunkTask(1);
    try {
      double seconds =
          Repeated.seconds(
              () -> {
                // A store of its own for each run: chunks that are there are not scanned again.
                String name = folder.toUri() + "run-" + run.incrementAndGet();
                ChunkStore store = new ChunkStore(name);
                Tasks.run(
                    spark,
                    "bench",
                    splits,
                    split ->
                        task.run(
                            image.value(),
                            files.value(),
                            split,
                            store,
                            files.value().configuration()),
                    result -> {});
              });
      return new Measurement("chunk stage on Spark", cores, memoryBytes, seconds);
    } finally {
      image.destroy();
      files.destroy();
      delete(folder);
    }
  }

  private Measurement hash(String file) throws IOException {
    long size;
    try (ByteSource source = evidence.open(file)) {
      size = source.size();
    }
    return new Measurement(
        "SHA-256 of the file", 1, size, Repeated.seconds(() -> FileHash.sha256(file, evidence)));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
