package io.memlake.engine.image.hibernation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.MemoryEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.OldHibernationWriter;
import io.memlake.testdata.image.OldHibernationWriter.Kind;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RangeTablesTest extends PhysicalMemoryContract {
  private static final String NAME = "hiberfil.sys";

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(52, 1, 150, 256, 90, 0x10000, 61);
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(write(Kind.SEVEN_64));
  }

  private byte[] write(Kind kind) throws IOException {
    Path file = folder.resolve(NAME);
    OldHibernationWriter.write(frames(), kind, 7, file);
    return Files.readAllBytes(file);
  }

  private ImageIndex open(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(NAME), bytes);
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyWindowsIsToldByItsTables(Kind kind) throws IOException {
    ImageIndex index = open(write(kind));
    String expected =
        switch (kind) {
          case XP_32 -> "Windows XP, 32-bit, xpress";
          case XP_64 -> "Windows XP and 2003, 64-bit, xpress";
          case VISTA_32 -> "Windows Vista, 32-bit, xpress";
          case VISTA_64, VISTA_SP1_64 -> "Windows Vista, 64-bit, xpress";
          case SEVEN_32 -> "Windows 7, 32-bit, xpress";
          case SEVEN_64 -> "Windows 7, 64-bit, xpress";
        };
    assertThat(index.variant()).isEqualTo(expected);
    assertThat(index.warnings()).isEmpty();
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      for (FrameRun run : frames().runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          assertThat(memory.read(pfn << 12, frame, 0, 4096)).as("frame %d", pfn).isTrue();
          assertThat(frame).as("frame %d", pfn).isEqualTo(frames().frame(pfn));
        }
      }
    }
  }

  @Test
  void aWipedFirstPageIsNoHindrance() throws IOException {
    byte[] bytes = write(Kind.SEVEN_64);
    Arrays.fill(bytes, 0, 4096, (byte) 0);
    ImageIndex index = open(bytes);
    assertThat(index.variant()).isEqualTo("Windows 7, 64-bit, xpress");
    assertThat(index.warnings()).singleElement().asString().contains("The first page was wiped");
    assertThat(index.runs()).hasSize(3);
  }

  @Test
  void tablesThatLeadBackEndTheFile() throws IOException {
    byte[] bytes = write(Kind.SEVEN_64);
    int second = (int) LittleEndian.i64(bytes, 3 * 4096) * 4096;
    LittleEndian.putI64(bytes, second, 3);
    assertThat(open(bytes).warnings())
        .containsExactly("The tables of ranges lead back to the one at page 3");
  }

  @Test
  void aNextTableOutsideTheFileEndsIt() throws IOException {
    byte[] bytes = write(Kind.SEVEN_64);
    LittleEndian.putI64(bytes, 3 * 4096, -2);
    assertThat(open(bytes).warnings())
        .singleElement()
        .asString()
        .startsWith("There is no table of ranges at page 18446744073709551614");
  }

  @Test
  void aBlockIsFoundAgainALittleFurtherOn() throws IOException {
    byte[] bytes = write(Kind.SEVEN_64);
    int third = afterBlock(bytes, afterBlock(bytes, 4 * 4096));
    int end = afterBlock(bytes, third);
    System.arraycopy(bytes.clone(), third, bytes, third + 8, end - third);
    Arrays.fill(bytes, third, third + 8, (byte) 0);
    ImageIndex index = open(bytes);
    assertThat(index.warnings()).singleElement().asString().contains("the next one is 8 bytes on");
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      assertThat(memory.read(34L << 12, frame, 0, 4096)).isTrue();
    }
    assertThat(frame).isEqualTo(frames().frame(34));
  }

  private static int afterBlock(byte[] bytes, int block) {
    return block + 32 + (((LittleEndian.i32(bytes, block + 8) >>> 10) + 8) & ~7);
  }

  @Test
  void aCutFileKnowsWhatItLost() throws IOException {
    byte[] bytes = write(Kind.SEVEN_64);
    ImageIndex index = open(Arrays.copyOf(bytes, afterBlock(bytes, 4 * 4096) + 500));
    assertThat(index.runs())
        .contains(new PageRun(1, 16, PageState.PRESENT), new PageRun(17, 19, PageState.TRUNCATED));
    assertThat(index.warnings()).hasSizeGreaterThanOrEqualTo(1);
  }

  @Test
  void aHeaderWithoutTablesIsCorrupt() throws IOException {
    byte[] bytes = write(Kind.SEVEN_64);
    Arrays.fill(bytes, 3 * 4096, 4 * 4096, (byte) 0);
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("leads to no memory");
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    byte[] bytes = write(Kind.SEVEN_64);
    DamagedImages.check(bytes, 0, 5 * 4096, 150, new MemoryEvidence());
    DamagedImages.check(bytes, 3 * 4096, bytes.length - 3 * 4096, 100, new MemoryEvidence());
    DamagedImages.checkCuts(bytes, 1, 5 * 4096, 211);
  }
}
