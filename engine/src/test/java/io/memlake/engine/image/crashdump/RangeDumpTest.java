package io.memlake.engine.image.crashdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.testdata.image.CrashDumpWriter;
import io.memlake.testdata.image.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeDumpTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return DumpSamples.FRAMES;
  }

  @Override
  protected ImageIndex index() throws IOException {
    return DumpSamples.open(write(8));
  }

  private Path write(int type) throws IOException {
    Path file = folder.resolve("ranges.dmp");
    CrashDumpWriter.writeRanges(frames(), DumpSamples.MACHINE, type, file);
    return file;
  }

  @Test
  void allRangeTypesHoldTheSameRuns() throws IOException {
    ImageIndex kernel = index();
    assertThat(kernel.variant()).isEqualTo("kernel ranges, 64-bit");
    for (int type : new int[] {9, 10}) {
      assertThat(DumpSamples.open(write(type)).runs()).isEqualTo(kernel.runs());
    }
    assertThat(DumpSamples.open(write(10)).variant()).isEqualTo("full ranges, 64-bit");
  }

  @Test
  void theCountsOfAFullDumpEndTheTable() throws IOException {
    Path file = write(10);
    byte[] bytes = Files.readAllBytes(file);
    LittleEndian.putI64(bytes, 0x2028, 66);
    Files.write(file, bytes);
    assertThat(DumpSamples.open(file).runs()).hasSize(2);
  }

  @Test
  void aRangeThatLiesAboutItsLengthIsTold() throws IOException {
    Path file = write(10);
    byte[] bytes = Files.readAllBytes(file);
    long last = 0x2030 + 16L * (frames().runs().size() - 1);
    LittleEndian.putI64(bytes, (int) last + 8, 1);
    Files.write(file, bytes);
    assertThat(DumpSamples.open(file).warnings())
        .singleElement()
        .asString()
        .startsWith("The header counts " + frames().frameCount() + " pages, its ranges hold ");
  }

  @Test
  void metadataThatDoesNotMatchTheFramesIsRefused() throws IOException {
    Path file = write(8);
    byte[] bytes = Files.readAllBytes(file);
    LittleEndian.putI64(bytes, 0x2010, 12345);
    Files.write(file, bytes);
    assertThatThrownBy(() -> DumpSamples.open(file))
        .hasMessageContaining("which does not match metadata of 0x3039 bytes");
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    DamagedImages.check(write(10), 0x2300, 1000);
  }
}
