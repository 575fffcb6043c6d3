package io.memlake.testdata.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.testdata.corpus.Corpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KernelLayoutTest {

  static Iterable<Integer> builds() {
    return KernelLayout.bundledBuilds();
  }

  /** Sizes and offsets that several public descriptions agree on. */
  @ParameterizedTest
  @CsvSource({
    "7601,  4F8, 180, 188, 290, 2E0, 200, 338, 308",
    "9600,  708, 2E0, 2E8, 3D0, 438, 408, 3E8, 470",
    "14393, 7D0, 2E8, 2F0, 3E0, 450, 418, 3F8, 488",
    "17763, 858, 2E0, 2E8, 3E0, 450, 418, 3F8, 488",
    "18362, 880, 2E8, 2F0, 3E8, 450, 418, 3F8, 488",
    "19041, A40, 440, 448, 540, 5A8, 570, 550, 5E0",
    "20348, B80, 440, 448, 540, 5A8, 570, 550, 5E0",
    "22000, B80, 440, 448, 540, 5A8, 570, 550, 5E0"
  })
  void processesHaveTheirKnownLayout(
      int build,
      String size,
      String pid,
      String links,
      String parent,
      String name,
      String objectTable,
      String peb,
      String threads) {
    StructLayout process = KernelLayout.bundled(build).struct("_EPROCESS");

    assertThat(process.size()).isEqualTo(hex(size));
    assertThat(process.offset("UniqueProcessId")).isEqualTo(hex(pid));
    assertThat(process.offset("ActiveProcessLinks")).isEqualTo(hex(links));
    assertThat(process.offset("InheritedFromUniqueProcessId")).isEqualTo(hex(parent));
    assertThat(process.offset("ImageFileName")).isEqualTo(hex(name));
    assertThat(process.offset("ObjectTable")).isEqualTo(hex(objectTable));
    assertThat(process.offset("Peb")).isEqualTo(hex(peb));
    assertThat(process.offset("ThreadListHead")).isEqualTo(hex(threads));
    assertThat(process.offset("Pcb.DirectoryTableBase")).isEqualTo(0x28);
  }

  private static int hex(String text) {
    return Integer.parseInt(text, 16);
  }

  @Test
  void bitFieldsKeepTheirPositions() {
    assertThat(KernelLayout.bundled(19041).struct("_MMVAD_SHORT").field("u.VadFlags.Protection"))
        .isEqualTo(new FieldLayout(0x30, 4, 7, 5));
    assertThat(KernelLayout.bundled(7601).struct("_MMVAD_SHORT").field("u.VadFlags.Protection"))
        .isEqualTo(new FieldLayout(0x28, 8, 56, 5));
  }

  @Test
  void theGuidIsStoredWithItsFirstGroupsTurned() {
    KernelIdentity id =
        new KernelIdentity("10.0.1.2", "x.pdb", "00112233445566778899AABBCCDDEEFF", 1);

    assertThat(id.guidBytes())
        .startsWith(0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99);
  }

  @Test
  void whatAKernelLacksIsNamed() {
    KernelLayout layout = KernelLayout.bundled(7601);

    assertThatThrownBy(() -> layout.struct("_EWOW64PROCESS"))
        .hasMessageContaining("_EWOW64PROCESS")
        .hasMessageContaining("7601");
    assertThatThrownBy(() -> layout.symbol("ObHeaderCookie"))
        .hasMessageContaining("ObHeaderCookie");
    assertThatThrownBy(() -> layout.struct("_EPROCESS").field("Nothing"))
        .hasMessageContaining("_EPROCESS.Nothing");
    assertThatThrownBy(() -> layout.struct("_EPROCESS").firstOf("A", "B"))
        .hasMessageContaining("A, B");
  }

  @ParameterizedTest
  @MethodSource("builds")
  void textFormKeepsEveryFact(int build) throws IOException {
    String text = LayoutText.write(KernelLayout.bundled(build));

    assertThat(
            LayoutText.write(
                LayoutText.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))))
        .isEqualTo(text);
  }

  @Test
  void brokenTextIsRefusedWithItsLine() {
    assertThatThrownBy(
            () ->
                LayoutText.read(
                    new ByteArrayInputStream("nonsense 1".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IOException.class)
        .hasMessage("Layout line not understood: nonsense 1");
  }

  @ParameterizedTest
  @MethodSource("builds")
  void bundledLayoutsAreWhatTheSymbolFilesSay(int build) throws IOException {
    KernelLayout bundled = KernelLayout.bundled(build);
    KernelIdentity id = bundled.identity();
    String name =
        "isf/windows/" + id.pdbName() + "/" + id.pdbGuid() + "-" + id.pdbAge() + ".json.xz";
    Path file = Corpus.file(name).orElse(null);
    assumeTrue(file != null, Corpus.missing(name));

    KernelLayout fresh = KernelLayout.fromIsf(file, id.version());

    assertThat(LayoutText.write(bundled)).isEqualTo(LayoutText.write(fresh));
  }
}
