package io.memlake.engine.image.minidump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.MemoryEvidence;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.virtual.VirtualBlock;
import io.memlake.engine.image.virtual.VirtualMemory;
import io.memlake.testdata.image.MinidumpWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinidumpFormatTest {
  private static final String NAME = "probe.dmp";

  @TempDir Path folder;

  private byte[] write(boolean padded) throws IOException {
    Path file = folder.resolve(NAME);
    MinidumpWriter.write(padded, file);
    return Files.readAllBytes(file);
  }

  private static ImageIndex open(byte[] bytes) throws IOException {
    return ImageFormats.standard().index(NAME, new MemoryEvidence().put(NAME, bytes));
  }

  private static ImageIndex sample(String name) throws IOException {
    Path file = SampleData.file("formats/minidump/" + name);
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theListsOfAFullDumpAreRead(boolean padded) throws IOException {
    byte[] bytes = write(padded);
    ImageIndex index = open(bytes);
    assertThat(index.format()).isEqualTo("minidump");
    assertThat(index.variant()).isEqualTo("full memory, x64");
    assertThat(index.runs()).isEmpty();
    assertThat(index.warnings()).isEmpty();
    assertThat(index.hints().build()).hasValue(19045);
    assertThat(index.hints().values()).containsEntry("pid", "4711");
    ProcessDump process = index.processDump().orElseThrow();
    assertThat(process.pid()).isEqualTo(MinidumpWriter.PID);
    assertThat(process.modules())
        .extracting(DumpModule::name)
        .containsExactly("probe.exe", "ntdll.dll");
    DumpModule library = process.modules().get(1);
    assertThat(library.base()).isEqualTo(0x7FFA_0000_0000L);
    assertThat(library.pdbGuid()).isEqualTo("11223344556677880102030405060708");
    assertThat(library.pdbName()).isEqualTo("ntdll.pdb");
    assertThat(process.threads()).extracting(DumpThread::tid).containsExactly(100L, 104L);
    assertThat(process.threads().get(1).startAddress()).isEqualTo(0x7FFA_0000_1230L);
    assertThat(process.handles()).extracting(DumpHandle::type).containsExactly("File", "Event");
    assertThat(process.regions()).hasSize(4);
    byte[] heap = new byte[MinidumpWriter.HEAP_SIZE];
    try (VirtualMemory memory =
        index.virtualMemory().orElseThrow().open(new MemoryEvidence().put(NAME, bytes))) {
      assertThat(memory.read(MinidumpWriter.HEAP, heap, 0, heap.length)).isTrue();
      assertThat(memory.read(MinidumpWriter.HEAP + heap.length, heap, 0, 1)).isFalse();
    }
    assertThat(heap).isEqualTo(MinidumpWriter.heap());
  }

  @Test
  void theIndexTravelsToAnotherMachine() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(open(write(false)));
    }
    assertThat(out.size()).isLessThan(16 << 10);
  }

  @Test
  void memoryThatTheFileDoesNotHoldIsLeftOut() throws IOException {
    byte[] bytes = write(false);
    ImageIndex index = open(Arrays.copyOf(bytes, bytes.length - 0x1800));
    assertThat(index.warnings()).contains("2 ranges of memory are not or not wholly in the file");
    assertThat(index.virtualMemory().orElseThrow().blocks())
        .contains(new VirtualBlock(MinidumpWriter.PEB, 0x800, bytes.length - 0x2000));
  }

  @Test
  void aCountThatLiesCostsTheRecordsThatAreNotThere() throws IOException {
    byte[] bytes = write(false);
    int modules = stream(bytes, 4);
    LittleEndian.putI32(bytes, modules, -1);
    ImageIndex index = open(bytes);
    assertThat(index.processDump().orElseThrow().modules()).hasSize(2);
    assertThat(index.warnings())
        .containsExactly("The list of kind 4 claims 4294967295 records, 2 are in the file");
    byte[] memory = write(false);
    LittleEndian.putI64(memory, stream(memory, 9), Long.MAX_VALUE);
    assertThat(open(memory).warnings()).anyMatch(w -> w.contains("claims 9223372036854775807"));
    LittleEndian.putI64(memory, stream(memory, 9), 5);
    LittleEndian.putI64(memory, stream(memory, 9) + 24, Long.MAX_VALUE - 5);
    assertThat(open(memory).warnings()).isNotEmpty();
  }

  private static int stream(byte[] bytes, int type) {
    for (int at = 32; ; at += 12) {
      if (LittleEndian.i32(bytes, at) == type) {
        return LittleEndian.i32(bytes, at + 8);
      }
    }
  }

  @Test
  void aDirectoryOutsideTheFileIsRefused() throws IOException {
    byte[] bytes = write(false);
    LittleEndian.putI32(bytes, 12, 0x7FFF_FFFF);
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("a directory of 8 streams at 0x7fffffff does not fit the file");
    assertThatThrownBy(() -> open(Arrays.copyOf(bytes, 20)))
        .hasMessageContaining("the minidump header");
  }

  @Test
  void theTwoRangesOfALldbSampleAreWhereTheyShouldBe() throws IOException {
    assertThat(sample("lldb-regions-memlist64.dmp").virtualMemory().orElseThrow().blocks())
        .containsExactly(
            new VirtualBlock(0x1000, 0x10, 0xD4), new VirtualBlock(0x2000, 0x20, 0xE4));
  }

  /** Counts by a reader of a few lines in another language, which shares nothing with this one. */
  @ParameterizedTest
  @CsvSource({
    "lldb-sigsegv.dmp, x64, 16299, 4, 1, 15",
    "lldb-regions-memlist64.dmp, arm64, 0, 0, 0, 2",
    "lldb-fizzbuzz_no_heap.dmp, x86, 7601, 6, 1, 2",
    "plaso-WER1090.tmp.mdmp, x64, 7601, 30, 2, 44",
    "test.dmp, x86, 2600, 13, 2, 3",
    "rizin-calc.dmp, x64, 7601, 28, 5, 9",
    "breakpad-stack_exhaustion.dmp, x86, 7600, 26, 2, 5",
    "breakpad-tiny-exe-fastfail.dmp, x64, 19042, 21, 4, 14",
    "invalid-parameter.dmp, x64, 17134, 31, 6, 10",
    "linux-mini.dmp, x64, 0, 8, 1, 2"
  })
  void everySampleIsRead(
      String name, String architecture, int build, int modules, int threads, int ranges)
      throws IOException {
    ImageIndex index = sample(name);
    ProcessDump process = index.processDump().orElseThrow();
    assertThat(process.architecture()).isEqualTo(architecture);
    assertThat(process.build()).isEqualTo(build);
    assertThat(process.modules()).hasSize(modules);
    assertThat(process.threads()).hasSize(threads);
    assertThat(index.virtualMemory().orElseThrow().blocks()).hasSize(ranges);
    assertThat(process.modules()).allMatch(module -> !module.path().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid-range.dmp", "invalid-record-count.dmp"})
  void brokenSamplesGiveWhatTheyHave(String name) throws IOException {
    ImageIndex index = sample(name);
    assertThat(index.format()).isEqualTo("minidump");
    assertThat(index.warnings()).isNotEmpty();
    assertThat(index.hints().values()).containsKey(ImageHints.TAKEN_AT);
  }

  @Test
  void everyCutLeavesOnlyMemoryThatTheFileHolds() throws IOException {
    byte[] bytes = write(true);
    List<VirtualBlock> whole = open(bytes).virtualMemory().orElseThrow().blocks();
    int dumps = 0;
    for (int length = 64; length < bytes.length; length += 61) {
      try {
        ImageIndex index = open(Arrays.copyOf(bytes, length));
        List<VirtualBlock> blocks = index.virtualMemory().orElseThrow().blocks();
        for (VirtualBlock block : blocks) {
          assertThat(block.fileOffset() + block.length()).isLessThanOrEqualTo(length);
          assertThat(whole)
              .anyMatch(
                  b ->
                      b.virtualAddress() == block.virtualAddress()
                          && b.fileOffset() == block.fileOffset());
        }
        assertThat(blocks.equals(whole) || !index.warnings().isEmpty()).isTrue();
        dumps++;
      } catch (CorruptImageException | UnsupportedImageException e) {
        assertThat(e.getMessage()).contains(NAME);
      }
    }
    assertThat(dumps).isPositive();
  }

  @Test
  void anyDamageGivesADumpOrAnError() throws IOException {
    byte[] bytes = write(true);
    DamagedImages.check(bytes, 0, 32 + 12 * 8, 200, new MemoryEvidence());
    DamagedImages.check(bytes, 128, 1200, 200, new MemoryEvidence());
    DamagedImages.checkCuts(bytes, 1, 1500, 13);
  }
}
