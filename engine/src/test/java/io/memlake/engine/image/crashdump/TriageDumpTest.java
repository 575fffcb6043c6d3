package io.memlake.engine.image.crashdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.MemoryEvidence;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.image.virtual.VirtualBlock;
import io.memlake.engine.image.virtual.VirtualMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** On the two real triage dumps of the sample data. */
class TriageDumpTest {

  private static TriageDump open(String name) throws IOException {
    return (TriageDump)
        ImageFormats.standard()
            .index(SampleData.file("formats/crashdump/" + name).toString(), new LocalEvidence());
  }

  @Test
  void theRealX64DumpTellsAboutItsMachine() throws IOException {
    TriageDump dump = open("rizin-triage_x64.dmp");
    assertThat(dump.format()).isEqualTo("crashdump");
    assertThat(dump.variant()).isEqualTo("triage, 64-bit");
    assertThat(dump.runs()).isEmpty();
    ImageHints hints = dump.hints();
    assertThat(hints.number(ImageHints.DTB)).hasValue(0x1AD000);
    assertThat(hints.build()).hasValue(19041);
    assertThat(hints.number("kernel_base")).hasValue(0xFFFF_F804_7BA0_0000L);
    assertThat(hints.values())
        .containsEntry("processors", "16")
        .containsEntry("bugcheck", "0x1000007e")
        .containsEntry("drivers", "151");
    assertThat(hints.takenAt().orElseThrow().toString()).startsWith("2021-02-21T01:38:22");
    assertThat(dump.warnings()).isEmpty();
  }

  @Test
  void theRealX64DumpHoldsItsBlocksAndDrivers() throws IOException {
    TriageDump dump = open("rizin-triage_x64.dmp");
    long end = 0;
    for (VirtualBlock block : dump.memory().blocks()) {
      assertThat(Long.compareUnsigned(block.virtualAddress(), end)).isGreaterThanOrEqualTo(0);
      end = block.end();
    }
    assertThat(dump.memory().byteCount()).isEqualTo(1_153_874L + 0x380);
    assertThat(dump.drivers())
        .anyMatch(
            driver ->
                driver.name().equals("\\SystemRoot\\system32\\ntoskrnl.exe")
                    && driver.base() == 0xFFFF_F804_7BA0_0000L);
    byte[] kdbg = new byte[0x20];
    try (VirtualMemory memory = dump.memory().open(new LocalEvidence())) {
      assertThat(memory.read(0xFFFF_F804_7C60_0B20L, kdbg, 0, kdbg.length)).isTrue();
      assertThat(memory.read(0x1000, kdbg, 0, 1)).isFalse();
    }
    assertThat(Arrays.copyOfRange(kdbg, 0x10, 0x14)).asString().isEqualTo("KDBG");
    assertThat(LittleEndian.i64(kdbg, 0x18)).isEqualTo(0xFFFF_F804_7BA0_0000L);
  }

  @Test
  void theRealArm64DumpTellsAboutItsMachine() throws IOException {
    TriageDump dump = open("rizin-triage_arm64.dmp");
    assertThat(dump.hints().number(ImageHints.DTB)).hasValue(0x946A_A000L);
    assertThat(dump.hints().number(ImageHints.MACHINE)).hasValue(0xAA64);
    assertThat(dump.hints().build()).hasValue(22000);
    assertThat(dump.hints().number("kernel_base")).hasValue(0xFFFF_F803_F2E0_0000L);
    assertThat(dump.hints().values())
        .containsEntry("processors", "8")
        .containsEntry("bugcheck", "0x1c8");
  }

  @Test
  void aDumpThatWasNotWrittenToItsEndIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(SampleData.file("formats/crashdump/rizin-triage_x64.dmp"));
    MemoryEvidence evidence =
        new MemoryEvidence().put("cut.dmp", Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> ImageFormats.standard().index("cut.dmp", evidence))
        .hasMessageContaining("ends inside or before the end mark of the triage dump");
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    DamagedImages.check(SampleData.file("formats/crashdump/rizin-triage_x64.dmp"), 0x2080, 200);
  }
}
