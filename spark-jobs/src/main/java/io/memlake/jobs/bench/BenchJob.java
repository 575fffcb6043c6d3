package io.memlake.jobs.bench;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.FileHash;
import io.memlake.jobs.hunt.yara.LiteralChunk;
import io.memlake.jobs.hunt.yara.PageHits;
import io.memlake.jobs.hunt.yara.rules.RuleGate;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.jobs.plan.ChunkBatch;
import io.memlake.jobs.plan.ImageSplit;
import io.memlake.jobs.plan.SplitPlan;
import io.memlake.jobs.session.Tasks;
import io.memlake.jobs.task.ChunkTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    return run(image, Optional.empty());
  }

  /** As the other, with the search for the literals of YARA rules. */
  public List<Measurement> run(String image, Optional<RuleGate> gate) throws IOException {
    ImageIndex index = ImageFormats.standard().index(image, evidence);
    int cores = spark.defaultParallelism();
    List<ImageSplit> splits = SplitPlan.of(index.runs(), splitPages(index, cores));
    Path folder = Files.createTempDirectory("memlake-bench-");
    Broadcast<ImageIndex> shared = spark.broadcast(index);
    Broadcast<HadoopEvidence> files = spark.broadcast(evidence);
    try {
      List<Stage> stages = new ArrayList<>();
      stages.add(plainRead(index.files(), cores));
      if (cores > 1) {
        stages.add(plainRead(index.files(), 1));
      }
      for (boolean carving : new boolean[] {false, true}) {
        stages.add(chunkScan(index, splits, cores, carving));
        if (cores > 1) {
          stages.add(chunkScan(index, splits, 1, carving));
        }
      }
      gate.ifPresent(rules -> stages.add(literals(index, splits, cores, rules)));
      // First, since many quick jobs warm up what every job of Spark goes through.
      stages.add(emptyJob(splits, cores));
      stages.add(chunkJob(shared, files, splits, cores, folder, false));
      stages.add(chunkJob(shared, files, splits, cores, folder, true));
      stages.add(hash(index.files().get(0)));
      return new Rounds(stages).run();
    } finally {
      shared.destroy();
      files.destroy();
      Folders.delete(folder);
    }
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

  private Stage plainRead(List<String> files, int threads) throws IOException {
    List<Stage.Work> pieces = new ArrayList<>();
    long total = 0;
    for (String file : files) {
      long size = size(file);
      long piece = Math.max(BLOCK_BYTES, size / threads / BLOCK_BYTES * BLOCK_BYTES + BLOCK_BYTES);
      for (long from = 0; from < size; from += piece) {
        long start = from;
        long end = Math.min(size, from + piece);
        pieces.add(() -> read(file, start, end));
      }
      total += size;
    }
    return new Stage("plain read", threads, total, () -> Threads.run(threads, pieces));
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

  /** The scan alone, as the profile quick or standard asks for it. */
  private Stage chunkScan(ImageIndex index, List<ImageSplit> splits, int threads, boolean carving) {
    List<Stage.Work> pieces = new ArrayList<>();
    for (ImageSplit split : splits) {
      pieces.add(() -> ChunkTask.scan(index, evidence, split, Long.BYTES, carving));
    }
    return new Stage(
        carving ? "chunk scan, standard" : "chunk scan, quick",
        threads,
        memoryBytes(splits),
        () -> Threads.run(threads, pieces));
  }

  private Stage literals(ImageIndex index, List<ImageSplit> splits, int threads, RuleGate gate) {
    List<Stage.Work> pieces = new ArrayList<>();
    for (ImageSplit split : splits) {
      pieces.add(
          () -> {
            try (PhysicalMemory memory = index.open(evidence)) {
              LiteralChunk.search(
                  memory, split.firstPfn(), split.pageCount(), gate, new PageHits());
            }
          });
    }
    String name = "literals of " + gate.gatedRules() + " YARA rules";
    return new Stage(name, threads, memoryBytes(splits), () -> Threads.run(threads, pieces));
  }

  /** The whole stage as an analysis runs it: through Spark, findings written and committed. */
  private Stage chunkJob(
      Broadcast<ImageIndex> image,
      Broadcast<HadoopEvidence> files,
      List<ImageSplit> splits,
      int cores,
      Path folder,
      boolean carving) {
    List<ChunkBatch> batches = ChunkBatch.of(splits, cores);
    ChunkTask task = new ChunkTask(1, Long.BYTES, carving);
    Path run = folder.resolve("run");
    return new Stage(
        "chunk stage on Spark, " + (carving ? "standard" : "quick"),
        cores,
        memoryBytes(splits),
        () -> {
          ChunkStore store = new ChunkStore(run.toUri().toString());
          Tasks.run(
              spark,
              "bench",
              batches,
              batch ->
                  task.run(
                      image.value(), files.value(), batch, store, files.value().configuration()),
              result -> {});
        },
        // Chunks that are there would not be scanned again.
        () -> Folders.delete(run));
  }

  /** What Spark takes for as many tasks that do nothing: a fixed cost, whatever the image. */
  private Stage emptyJob(List<ImageSplit> splits, int cores) {
    List<ChunkBatch> batches = ChunkBatch.of(splits, cores);
    return new Stage(
        "empty Spark job",
        cores,
        0,
        () -> Tasks.run(spark, "bench", batches, batch -> 0, result -> {}));
  }

  private Stage hash(String file) throws IOException {
    return new Stage("SHA-256 of the file", 1, size(file), () -> FileHash.sha256(file, evidence));
  }

  private long size(String file) throws IOException {
    try (ByteSource source = evidence.open(file)) {
      return source.size();
    }
  }

  private static long memoryBytes(List<ImageSplit> splits) {
    return splits.stream().mapToLong(ImageSplit::readablePages).sum() << PhysicalMemory.PAGE_SHIFT;
  }
}
