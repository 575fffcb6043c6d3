package io.memlake.testdata.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class RamLikeFramesTest {
  @Test
  void theyCompressAsRamDoes() {
    RamLikeFrames frames = new RamLikeFrames(7, List.of(new FrameRun(16, 2048)));
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    byte[] target = new byte[3 * FrameSource.FRAME];
    long packed = 0;
    int zeros = 0;
    for (long pfn = 16; pfn < 16 + 2048; pfn++) {
      byte[] frame = frames.frame(pfn);
      assertThat(frames.frame(pfn)).isEqualTo(frame);
      zeros += frames.isZero(pfn) ? 1 : 0;
      deflater.reset();
      deflater.setInput(frame);
      deflater.finish();
      packed += deflater.deflate(target);
    }
    deflater.end();
    assertThat(zeros).isBetween(400, 650);
    assertThat((double) packed / (2048L * FrameSource.FRAME)).isBetween(0.25, 0.5);
  }
}
