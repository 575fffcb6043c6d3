package io.memlake.engine.image.hyperv;

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
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.HyperVWriter;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HyperVFormatTest extends PhysicalMemoryContract {
  private static final String NAME = "guest.vmrs";
  private static final int OBJECTS = 0x2000;

  /** The first key table behind two object tables of 4 KiB. */
  private static final int KEYS = 0x4000;

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(61, 0, 700, 1024, 300, 0x100000, 130);
  }

  @Override
  protected ImageIndex index() throws IOException {
    Path file = folder.resolve(NAME);
    Files.write(file, bytes());
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  private byte[] bytes() throws IOException {
    Path file = folder.resolve("written.vmrs");
    HyperVWriter.write(frames(), false, file);
    return Files.readAllBytes(file);
  }

  private static ImageIndex open(byte[] file) throws IOException {
    return ImageFormats.standard().index(NAME, new MemoryEvidence().put(NAME, file));
  }

  /** The place of a key's head by its name. */
  private static int key(byte[] file, String name) {
    byte[] wanted = (name + "\0").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    for (int at = KEYS; at < file.length; at++) {
      if (Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at - 21;
      }
    }
    throw new AssertionError("There is no key " + name);
  }

  @Test
  void theStateIsToldAndHasNoWarnings() throws IOException {
    ImageIndex index = index();
    assertThat(index.format()).isEqualTo("hyperv");
    assertThat(index.variant()).isEqualTo("vmrs");
    assertThat(index.warnings()).isEmpty();
    assertThat(index.hints().values()).containsEntry("vm_version", "10.0");
  }

  @Test
  void framesOfBlocksThatNobodySavedAreNotDumped() throws IOException {
    FrameSource sparse =
        new FrameSource() {
          @Override
          public List<FrameRun> runs() {
            return List.of(new FrameRun(0, 600), new FrameRun(1000, 300));
          }

          @Override
          public byte[] frame(long pfn) {
            return pfn >= 256 && pfn < 512 ? new byte[4096] : frames().frame(pfn % 700);
          }
        };
    Path file = folder.resolve(NAME);
    HyperVWriter.write(sparse, true, file);
    ImageIndex index = ImageFormats.standard().index(file.toString(), new LocalEvidence());
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      assertThat(memory.read(255 << 12, frame, 0, 4096)).isTrue();
      assertThat(memory.read(256 << 12, frame, 0, 4096)).isFalse();
      assertThat(memory.read(511 << 12, frame, 0, 4096)).isFalse();
      // The second range begins inside a block of the first.
      assertThat(memory.read(1200L << 12, frame, 0, 4096)).isTrue();
      assertThat(frame).isEqualTo(sparse.frame(1200));
    }
  }

  @Test
  void theHeaderWithTheHigherSequenceCountsAndOneIsEnough() throws IOException {
    byte[] file = bytes();
    Arrays.fill(file, 0, 46, (byte) 0);
    assertThat(open(file).warnings()).isEmpty();
    file[0x1000 + 30]++;
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("neither header of the Hyper-V store matches its CRC-32");
  }

  @Test
  void aConfigurationIsRefusedByWhatItIs() throws IOException {
    Path file = folder.resolve("guest.vmcx");
    HyperVWriter.writeConfiguration(file);
    assertThatThrownBy(() -> ImageFormats.standard().index(file.toString(), new LocalEvidence()))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("a Hyper-V store without a guest's memory");
  }

  @Test
  void wrongChecksumsAndChangesThatWaitAreTold() throws IOException {
    byte[] file = bytes();
    file[key(file, "VmVersion") + 16]++;
    int log = (int) LittleEndian.i64(file, 26);
    LittleEndian.putI32(file, log + 8, 3);
    assertThat(open(file).warnings())
        .containsExactly(
            "The store was not closed: 3 changes in its log are not applied",
            "1 entries of the store's tables do not match their CRC-32");
  }

  @Test
  void objectTablesThatRunInACircleEnd() throws IOException {
    byte[] file = bytes();
    int last = OBJECTS + 8 + 18 * 199;
    LittleEndian.putI64(file, last + 5, OBJECTS);
    assertThat(open(file).warnings())
        .contains("The object tables of the store run in a circle at 0x2000");
  }

  @Test
  void aCountThatLiesIsBoundedByTheFile() throws IOException {
    byte[] file = bytes();
    LittleEndian.putI32(file, OBJECTS + 4, -1);
    assertThat(open(file).warnings())
        .anyMatch(w -> w.startsWith("The object table at 0x2000 claims 4294967295 objects"));
  }

  @Test
  void aBlockThatCannotBeDecodedHasNoFramesAndOthersDo() throws IOException {
    byte[] file = bytes();
    int key = key(file, "RamBlock1");
    int value = key + 21 + "RamBlock1".length() + 1;
    int at = (int) LittleEndian.i64(file, value + 4);
    Arrays.fill(file, at, at + 400, (byte) 0xFF);
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = open(file).open(new MemoryEvidence().put(NAME, file))) {
      assertThat(memory.read(10 << 12, frame, 0, 4096)).isTrue();
      assertThat(memory.read(300 << 12, frame, 0, 4096)).isFalse();
      assertThat(memory.read(600 << 12, frame, 0, 4096)).isTrue();
    }
  }

  @Test
  void aCutFileTellsWhatIsMissing() throws IOException {
    byte[] file = bytes();
    ImageIndex index = open(Arrays.copyOf(file, file.length - (1 << 20)));
    assertThat(index.warnings()).anyMatch(w -> w.contains("is not wholly in the file"));
    int[] boundaries = {
      1, 45, 46, 0x1000, 0x102E, OBJECTS, OBJECTS + 8, OBJECTS + 20, KEYS, KEYS + 9
    };
    for (int length : boundaries) {
      assertThatThrownBy(() -> open(Arrays.copyOf(file, length)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(NAME);
    }
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    byte[] file = bytes();
    DamagedImages.check(file, 0, 0x2100, 60, new MemoryEvidence());
    DamagedImages.check(file, KEYS, 0x1000, 100, new MemoryEvidence());
  }
}
