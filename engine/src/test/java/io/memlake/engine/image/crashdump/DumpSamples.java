package io.memlake.engine.image.crashdump;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.testdata.image.CrashDumpWriter.Machine;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.file.Path;

/** What the tests of dumps share. */
final class DumpSamples {
  static final Machine MACHINE =
      new Machine(
          0x1AD000L,
          0xFFFF_FA80_0000_0000L,
          0xFFFF_F804_7C62_A2B0L,
          0xFFFF_F804_7C61_DF80L,
          0xFFFF_F804_7C60_0B20L,
          19041,
          4,
          132_583_462_420_000_000L);

  /** Runs whose borders fall on, before and behind the words of a bitmap. */
  static final FrameSource FRAMES =
      PatternFrames.of(12, 1, 63, 65, 3, 128, 128, 300, 1, 302, 90, 0x1000, 65);

  private DumpSamples() {}

  static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }
}
