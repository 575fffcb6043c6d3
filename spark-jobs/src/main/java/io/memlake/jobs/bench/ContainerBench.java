package io.memlake.jobs.bench;

import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.Containers;
import io.memlake.testdata.image.CrashDumpWriter;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.RamLikeFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the same made pages out of every container, with one thread and with two that read half of
 * them each, all in the same rounds.
 */
public final class ContainerBench {
  /** Frames of one read, as scanners ask for them. */
  private static final int BATCH = 1024;

  private static final long FIRST_PFN = 0x1000;
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;
  private static final String RAW = "raw";
  private static final CrashDumpWriter.Machine MACHINE =
      new CrashDumpWriter.Machine(0x1AD000, 0, 0, 0, 0, 19041, 2, 132_583_462_420_000_000L);

  private ContainerBench() {}

  /**
   * Measures all containers that there is a writer for.
   *
   * @param mebibytes of memory in each
   * @param only names of containers; all when it is empty
   * @param folder for the containers, which are deleted
   */
  public static List<ContainerSpeed> run(int mebibytes, Set<String> only, Path folder)
      throws IOException {
    FrameSource frames =
        new RamLikeFrames(7, List.of(new FrameRun(FIRST_PFN, (long) mebibytes << 8)));
    Path place = Files.createTempDirectory(folder, "memlake-bench-");
    try {
      Map<String, Path> files = Containers.write(frames, MACHINE, place);
      if (!only.isEmpty()) {
        files.keySet().removeIf(name -> !name.equals(RAW) && !only.contains(name));
      }
      return measure(files, frames.frameCount());
    } finally {
      Folders.delete(place);
    }
  }

  private static List<ContainerSpeed> measure(Map<String, Path> files, long pages)
      throws IOException {
    List<Stage> stages = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      ImageIndex index =
          ImageFormats.standard().index(file.getValue().toString(), new LocalEvidence());
      long half = pages / 2;
      stages.add(stage(file.getKey(), 1, pages, List.of(read(index, 0, pages))));
      stages.add(
          stage(file.getKey(), 2, pages, List.of(read(index, 0, half), read(index, half, pages))));
    }
    List<Measurement> measured = new Rounds(stages).run();
    List<ContainerSpeed> speeds = new ArrayList<>();
    for (int i = 0; i < measured.size(); i += 2) {
      Measurement one = measured.get(i);
      Measurement two = measured.get(i + 1);
      speeds.add(
          new ContainerSpeed(
              one.stage(),
              one.bytes() / one.seconds() / (1 << 20),
              one.share(),
              one.seconds() / two.seconds(),
              2 * one.cpuSeconds() / two.cpuSeconds()));
    }
    return speeds;
  }

  private static Stage stage(String name, int threads, long pages, List<Stage.Work> pieces) {
    return new Stage(name, threads, pages * PAGE, () -> Threads.run(threads, pieces));
  }

  /** Opens the container anew, as a task does, so that nothing is decoded yet. */
  private static Stage.Work read(ImageIndex index, long from, long to) {
    return () -> {
      Evidence evidence = new LocalEvidence();
      byte[] frames = new byte[BATCH * PAGE];
      boolean[] present = new boolean[BATCH];
      try (PhysicalMemory memory = index.open(evidence)) {
        for (long at = from; at < to; at += BATCH) {
          int count = (int) Math.min(BATCH, to - at);
          memory.readPages(FIRST_PFN + at, count, frames, 0, present);
        }
      }
    };
  }
}
