package io.memlake.engine.image.vmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.MemoryEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.image.VmwareWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmwareFormatTest extends PhysicalMemoryContract {

  private static final long CR3 = 0x1AD002;

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(51, 0, 400, 0x100000, 64);
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(writeMemory(2, true));
  }

  private Path writeMemory(int version, boolean regions) throws IOException {
    Path memory = folder.resolve("guest.vmem");
    RawWriter.writeUnpadded(frames(), memory);
    VmwareWriter.writeState(frames(), version, regions, false, CR3, folder.resolve("guest.vmss"));
    return memory;
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everyVersionOfTheStateFileGivesTheRegionsAndTheTopTable(int version) throws IOException {
    ImageIndex index = open(writeMemory(version, true));
    assertThat(index.format()).isEqualTo("vmware");
    assertThat(index.variant()).isEqualTo("memory and state");
    assertThat(index.runs())
        .containsExactly(
            new PageRun(0, 400, PageState.PRESENT), new PageRun(0x100000, 64, PageState.PRESENT));
    assertThat(index.hints().number(ImageHints.DTB)).hasValue(0x1AD000);
    assertThat(index.hints().values()).containsEntry("memory_mib", "1");
  }

  @Test
  void theStateFileLeadsToTheSameMemory() throws IOException {
    Path memory = writeMemory(3, true);
    ImageIndex index = open(folder.resolve("guest.vmss"));
    assertThat(index.runs()).isEqualTo(open(memory).runs());
    assertThat(index.files())
        .containsExactly(folder.resolve("guest.vmss").toString(), memory.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void memoryInsideTheStateFileIsReadThere(int version) throws IOException {
    Path file = folder.resolve("inline.vmsn");
    VmwareWriter.writeState(frames(), version, true, true, CR3, file);
    ImageIndex index = open(file);
    assertThat(index.variant()).isEqualTo("memory in the state file");
    assertThat(index.runs()).isEqualTo(index().runs());
    byte[] frame = new byte[4096];
    try (var memory = index.open(new LocalEvidence())) {
      assertThat(memory.read(0x100001L << 12, frame, 0, 4096)).isTrue();
    }
    assertThat(frame).isEqualTo(frames().frame(0x100001));
  }

  @Test
  void memoryWithoutAStateFileHasAnAssumedMap() throws IOException {
    Path memory = writeMemory(2, true);
    Files.delete(folder.resolve("guest.vmss"));
    ImageIndex index = open(memory);
    assertThat(index.variant()).isEqualTo("memory only");
    assertThat(index.runs()).containsExactly(new PageRun(0, 464, PageState.PRESENT));
    assertThat(index.warnings())
        .containsExactly("There is no .vmss or .vmsn file beside the memory; its map is assumed");
  }

  @Test
  void moreThanThreeGibibytesWithoutRegionsLeaveTheHoleOfVmware() throws IOException {
    Path memory = writeMemory(2, false);
    try (var channel = Files.newByteChannel(memory, StandardOpenOption.WRITE)) {
      channel.position((3L << 30) + 0x3FFF);
      channel.write(ByteBuffer.allocate(1));
    }
    ImageIndex index = open(memory);
    assertThat(index.runs())
        .containsExactly(
            new PageRun(0, 0xC0000, PageState.PRESENT),
            new PageRun(0x100000, 4, PageState.PRESENT));
    assertThat(index.warnings())
        .containsExactly("No list of memory regions: RAM above 3 GiB is assumed to go on at 4 GiB");
  }

  @Test
  void aTruncatedMemoryFileIsReported() throws IOException {
    Path memory = writeMemory(2, true);
    byte[] bytes = Files.readAllBytes(memory);
    Files.write(memory, Arrays.copyOf(bytes, bytes.length - 10 * 4096));
    assertThat(open(memory).runs())
        .endsWith(
            new PageRun(0x100000, 54, PageState.PRESENT),
            new PageRun(0x100036, 10, PageState.TRUNCATED));
  }

  @Test
  void aStateFileThatEndsBeforeItsRegionsLeavesTheMapAssumed() throws IOException {
    Path memory = writeMemory(2, true);
    Path state = folder.resolve("guest.vmss");
    byte[] bytes = Files.readAllBytes(state);
    Files.write(state, Arrays.copyOf(bytes, 360));
    assertThat(open(memory).warnings())
        .containsExactly(
            "The state file ends inside its group memory, and the list of regions may have been"
                + " behind that; its map is assumed");
    Files.write(state, new byte[1]);
    assertThat(open(memory).warnings())
        .containsExactly(state + " is not a VMware state file; its map is assumed");
  }

  @Test
  void aStateFileWithoutMemoryIsRefused() throws IOException {
    Files.delete(writeMemory(2, true));
    assertThatThrownBy(() -> open(folder.resolve("guest.vmss")))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("a VMware state file without memory");
  }

  @Test
  void aStateFileOfTooManyGroupsIsRefused() throws IOException {
    writeMemory(2, true);
    Path state = folder.resolve("guest.vmss");
    byte[] bytes = Files.readAllBytes(state);
    bytes[9] = (byte) 0xFF;
    Files.write(state, bytes);
    assertThatThrownBy(() -> open(state))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("groups does not fit the file");
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    Path file = folder.resolve("inline.vmsn");
    VmwareWriter.writeState(frames(), 2, true, true, CR3, file);
    DamagedImages.check(Files.readAllBytes(file), 0, 900, 700, new MemoryEvidence());
  }
}
