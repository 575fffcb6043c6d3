package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.Containers;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same machine out of every container: the same bytes in every frame. */
class EveryContainerTest {

  @TempDir Path folder;

  @Test
  void everyContainerHoldsTheSameFrames() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041).seed(5).ram(48L << 20).standardProcesses().build();
    Map<String, Path> files = Containers.write(machine, machine.crashDumpHeader(), folder);
    Map<String, String> seen = new LinkedHashMap<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      ImageIndex index =
          ImageFormats.standard().index(file.getValue().toString(), new LocalEvidence());
      seen.put(file.getKey(), contents(index, machine.runs()));
    }
    assertThat(seen).hasSizeGreaterThan(33);
    assertThat(seen.values()).containsOnly(seen.get("raw"));
  }

  /** A checksum over all frames of RAM; frames of zeros count as zeros however they are told. */
  private static String contents(ImageIndex index, List<FrameRun> runs) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] frames = new byte[256 * 4096];
    boolean[] present = new boolean[256];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      for (FrameRun run : runs) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn += 256) {
          int count = (int) Math.min(256, run.endPfn() - pfn);
          memory.readPages(pfn, count, frames, 0, present);
          crc.update(frames, 0, count * 4096);
        }
      }
    }
    return Long.toHexString(crc.getValue());
  }
}
