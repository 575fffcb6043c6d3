package io.memlake.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.paging.PagingMode;
import io.memlake.engine.physical.FrameMap;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherModesTest {
  private static final long PAE_ROOT = 0x319000;

  @TempDir Path folder;

  private static FrameMap pae() {
    FrameMap frames = new FrameMap();
    for (int i = 0; i < 4; i++) {
      frames.putLong(PAE_ROOT + i * 8L, PAE_ROOT + 0x1001 + i * 0x1000L);
    }
    frames.putLong(PAE_ROOT + 0x4000 + 0x1FE * 8, 0x31F063);
    frames.putLong(0x31F000 + 0x1F0 * 8, 0x30063);
    frames.putInt(0x3026C, 5).putInt(0x30270, 1);
    return frames;
  }

  @Test
  void a32BitWindowsWithPaeIsSaid() throws IOException {
    assertThat(OtherModes.in(pae(), ImageHints.NONE))
        .hasValueSatisfying(
            found -> {
              assertThat(found.root()).isEqualTo(PAE_ROOT);
              assertThat(found.mode()).isEqualTo(PagingMode.PAE);
            });
  }

  @Test
  void a32BitWindowsWithoutPaeIsSaid() throws IOException {
    FrameMap frames = new FrameMap();
    frames.putInt(0x39000 + 0xC00, 0x39063);
    frames.putInt(0x39000 + 0x3FF * 4, 0x24063);
    frames.putInt(0x24000 + 0x1F0 * 4, 0x30063);
    frames.putInt(0x3026C, 6).putInt(0x30270, 1);
    assertThat(OtherModes.in(frames, ImageHints.NONE))
        .hasValueSatisfying(found -> assertThat(found.mode()).isEqualTo(PagingMode.X86));
  }

  @Test
  void fiveLevelsAreSaid() throws IOException {
    FrameMap frames = new FrameMap();
    long root = 0x1AD000;
    frames.putLong(root + 0x1ED * 8, root | 0x63);
    long[] tables = {root, 0x1AE000, 0x1AF000, 0x1B0000, 0x1B1000};
    int[] indexes = {0x1FF, 0x1EF, 0, 0, 0};
    for (int i = 0; i < tables.length; i++) {
      long next = i + 1 < tables.length ? tables[i + 1] : 0x30000;
      frames.putLong(tables[i] + indexes[i] * 8L, next | 0x63);
    }
    frames.putInt(0x3026C, 10).putInt(0x30270, 0);
    assertThat(OtherModes.in(frames, ImageHints.NONE))
        .hasValueSatisfying(found -> assertThat(found.mode()).isEqualTo(PagingMode.X64_LA57));
  }

  @Test
  void theReasonReachesWhoeverAsksWhyAnImageIsNotOpened() throws IOException {
    Path image = folder.resolve("xp.raw");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(8 << 20);
      FrameMap frames = pae();
      byte[] page = new byte[4096];
      for (long pfn = 0; pfn < 0x800; pfn++) {
        if (frames.read(pfn << 12, page, 0, page.length)) {
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
    assertThat(found.problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("this is a 32-bit Windows with PAE"));
  }
}
