package io.memlake.engine.image.savevm;

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
import io.memlake.engine.physical.PageRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.SavevmWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavevmFormatTest extends PhysicalMemoryContract {
  private static final String NAME = "guest.save";

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(91, 0, 160, 256, 300, 0x10000, 65);
  }

  @Override
  protected boolean mayElideZeros() {
    return true;
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(write());
  }

  private byte[] write() throws IOException {
    Path file = folder.resolve(NAME);
    SavevmWriter.write(frames(), file);
    return Files.readAllBytes(file);
  }

  private ImageIndex open(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(NAME), bytes);
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @Test
  void theMachineIsTold() throws IOException {
    assertThat(index().variant()).isEqualTo("pc-i440fx-9.0");
  }

  @Test
  void ramAboveFourGibibytesLiesBehindTheHole() {
    MachineMap small = MachineMap.of("pc-i440fx-7.2", 0xD000_0000L);
    assertThat(small.physical(0xC800_0000L)).isEqualTo(0xC800_0000L);
    MachineMap large = MachineMap.of("pc-i440fx-7.2", 8L << 30);
    assertThat(large.physical(0xBFFF_F000L)).isEqualTo(0xBFFF_F000L);
    assertThat(large.physical(0xC000_0000L)).isEqualTo(1L << 32);
    assertThat(MachineMap.of("pc-q35-7.2", 8L << 30).physical(0x8000_0000L)).isEqualTo(1L << 32);
    assertThat(MachineMap.of("pc-q35-7.2", 0xA000_0000L).physical(0x9000_0000L))
        .isEqualTo(0x9000_0000L);
    assertThat(MachineMap.of("virt", 8L << 30).known()).isFalse();
  }

  @Test
  void theHeaderOfLibvirtIsSkipped() throws IOException {
    Path file = folder.resolve("libvirt.save");
    SavevmWriter.writeLibvirt(frames(), file);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(open(bytes).variant()).isEqualTo("libvirt, pc-i440fx-9.0");
    LittleEndian.putI32(bytes, 28, 1);
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("a compressed saved state of libvirt");
  }

  @Test
  void aCutStreamGivesThePagesBeforeTheCut() throws IOException {
    byte[] bytes = write();
    ImageIndex index = open(Arrays.copyOf(bytes, bytes.length - 40 * 4104));
    assertThat(index.warnings()).singleElement().asString().contains("the file ends inside");
    long pages = index.runs().stream().mapToLong(PageRun::pageCount).sum();
    assertThat(pages).isBetween(400L, 500L);
  }

  @Test
  void aStreamWithoutRamIsCorrupt() throws IOException {
    byte[] bytes = write();
    assertThatThrownBy(() -> open(Arrays.copyOf(bytes, 40)))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("the file ends inside the stream");
    bytes[8] = 4;
    assertThatThrownBy(() -> open(bytes)).hasMessageContaining("a section of unknown kind 4");
  }

  @Test
  void pagesOfABlockThatWasNotAnnouncedAreTold() throws IOException {
    byte[] bytes = write();
    // The name of the block in the list of sizes: pages have the right one.
    int name = 8 + 5 + 13 + 5 + 4 + 8 + 8 + 1;
    bytes[name] = 'x';
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("a page of the block pc.ram, which was not announced");
  }

  @Test
  void pagesInWaysThatCannotBeReadAreRefused() throws IOException {
    byte[] bytes = write();
    // The flags of the first record that is not the list of blocks.
    int record = 8 + 5 + 13 + 5 + 4 + 8 + 8 + 7 + 8 + 8 + 8 + 8 + 5 + 5;
    bytes[record + 7] |= 0x40;
    assertThatThrownBy(() -> open(bytes)).hasMessageContaining("(flags 0x48)");
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    byte[] bytes = write();
    DamagedImages.check(bytes, 0, 200, 200, new MemoryEvidence());
    DamagedImages.check(bytes, 0, bytes.length, 100, new MemoryEvidence());
    DamagedImages.checkCuts(bytes, 1, 300, 3);
  }
}
