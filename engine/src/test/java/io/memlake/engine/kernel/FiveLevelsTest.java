package io.memlake.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.artifacts.host.HostArtifact;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.physical.FrameMap;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines with 5-level page tables (LA57) are told, so that nobody takes them for damaged. */
class FiveLevelsTest {
  private static final long ROOT = 0x1AD000;

  @TempDir Path folder;

  /** Five tables that map the shared page of Windows, the first of which maps itself. */
  private static FrameMap frames() {
    FrameMap frames = new FrameMap();
    frames.putLong(ROOT + 0x1ED * 8, ROOT | 0x63);
    long[] tables = {ROOT, 0x1AE000, 0x1AF000, 0x1B0000, 0x1B1000};
    int[] indexes = {0x1FF, 0x1EF, 0, 0, 0};
    for (int i = 0; i < tables.length; i++) {
      long next = i + 1 < tables.length ? tables[i + 1] : 0x30000;
      frames.putLong(tables[i] + indexes[i] * 8L, next | 0x63);
    }
    return frames.putInt(0x3026C, 10).putInt(0x30270, 0);
  }

  @Test
  void theyAreFoundByTheirSelfMapAndByTheHeader() throws IOException {
    assertThat(FiveLevels.in(frames(), ImageHints.NONE))
        .hasValueSatisfying(vote -> assertThat(vote.value()).isEqualTo(ROOT));
    ImageHints header = ImageHints.of(Map.of(ImageHints.DTB, "0x1ad000"));
    assertThat(FiveLevels.in(frames(), header)).isPresent();
    assertThat(FiveLevels.in(new FrameMap().putInt(0x30000, 1), header)).isEmpty();
  }

  @Test
  void theReasonIsWhatPeopleRead() throws IOException {
    Path image = folder.resolve("server.raw");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(8 << 20);
      byte[] page = new byte[4096];
      for (long pfn = 0; pfn < 0x800; pfn++) {
        if (frames().read(pfn << 12, page, 0, page.length)) {
          file.seek(pfn << 12);
          file.write(page);
        }
      }
    }
    MachineDescription found =
        MachineDiscovery.discover(
            ImageFormats.standard().index(image.toString(), new LocalEvidence()),
            new LocalEvidence(),
            SampleMachines.embeddedSymbols(),
            DiscoverySettings.DEFAULT);
    String said = "this is a 64-bit Windows with 5-level page tables (LA57)";
    assertThat(found.problem()).hasValueSatisfying(problem -> assertThat(problem).contains(said));
    // The same sentence stands in the row of the host and is what opening fails with.
    assertThat(HostArtifact.unopened(found).getWarnings())
        .anyMatch(warning -> warning.contains(said));
    assertThatThrownBy(
            () -> Machine.open(found, new LocalEvidence(), SampleMachines.embeddedSymbols()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(said);
  }
}
