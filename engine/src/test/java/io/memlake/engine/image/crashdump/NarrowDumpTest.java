package io.memlake.engine.image.crashdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.testdata.image.CrashDumpWriter;
import io.memlake.testdata.image.CrashDumpWriter.Machine;
import io.memlake.testdata.image.FrameSource;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of 32-bit systems. */
class NarrowDumpTest extends PhysicalMemoryContract {

  private static final Machine MACHINE =
      new Machine(
          0x185060L,
          0x83C0_0000L,
          0x8296_2850L,
          0x8295_A658L,
          0x8294_5C28L,
          7601,
          2,
          132_583_462_420_000_000L);

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return DumpSamples.FRAMES;
  }

  @Override
  protected ImageIndex index() throws IOException {
    return DumpSamples.open(write(1));
  }

  private Path write(int type) throws IOException {
    Path file = folder.resolve("narrow.dmp");
    CrashDumpWriter.write32(frames(), MACHINE, true, type, file);
    return file;
  }

  @Test
  void theHeaderGivesHintsWithoutSignExtension() throws IOException {
    ImageIndex index = index();
    assertThat(index.variant()).isEqualTo("full, 32-bit");
    assertThat(index.hints().number(ImageHints.DTB)).hasValue(0x185060);
    assertThat(index.hints().number(ImageHints.KDBG)).hasValue(0x8294_5C28L);
    assertThat(index.hints().number(ImageHints.PS_ACTIVE_PROCESS_HEAD)).hasValue(0x8295_A658L);
    assertThat(index.hints().number(ImageHints.MACHINE)).hasValue(0x14C);
    assertThat(index.hints().build()).hasValue(7601);
    assertThat(index.hints().values()).containsEntry("pae", "1");
    assertThat(index.hints().takenAt()).isPresent();
  }

  @Test
  void bitmapsFollowTheSmallerHeader() throws IOException {
    ImageIndex full = index();
    ImageIndex bitmap = DumpSamples.open(write(5));
    assertThat(bitmap.variant()).isEqualTo("bitmap, 32-bit");
    assertThat(bitmap.runs()).isEqualTo(full.runs());
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    DamagedImages.check(write(1), 0x1000, 1000);
  }
}
