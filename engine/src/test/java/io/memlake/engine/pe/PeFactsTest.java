package io.memlake.engine.pe;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.paging.PlacedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tables of an executable; {@code golden.py} made it and says what pefile reads from it. */
class PeFactsTest {
  private static final long BASE = 0x1_4000_0000L;
  private static final int PAGE = 4096;

  private final byte[] image = load();
  private final PlacedBytes space = PlacedBytes.of(BASE, image);

  private static byte[] load() {
    try (InputStream in = PeFactsTest.class.getResourceAsStream("sample.bin")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private PeFacts facts() throws IOException {
    return PeFacts.of(space, PeImage.at(space, BASE).orElseThrow());
  }

  @Test
  void everythingIsAsPefileReadsIt() throws IOException {
    PeFacts facts = facts();
    ImportTable imports = facts.imports().orElseThrow();
    assertThat(imports.hash()).contains("010f4f382abfd6d49b6b086825270996");
    assertThat(imports.modules()).containsExactly("KERNEL32.dll", "WS2_32.dll", "custom.OCX");
    assertThat(imports.functions()).isEqualTo(4);
    assertThat(facts.richHash()).contains("40631575d518506c02ea7ae60553e929");
    assertThat(facts.exports()).isEqualTo(3);
    assertThat(facts.exportName()).isEqualTo("sample.dll");
    assertThat(facts.machine()).isEqualTo("x64");
    assertThat(facts.sectionNames()).containsExactly(".text", ".rdata", ".rsrc");
    VersionResource version = facts.version().orElseThrow();
    assertThat(version.text("CompanyName")).contains("Example GmbH");
    assertThat(version.text("FileDescription")).contains("Pr\u00fcfling");
    assertThat(version.text("FileVersion")).contains("1.2.3.4");
    assertThat(version.text("OriginalFilename")).contains("sample.dll");
    assertThat(version.text("LegalCopyright")).isEmpty();
  }

  @Test
  void anAbsentPageCostsOnlyWhatItHolds() throws IOException {
    space.losePage(BASE + 2 * PAGE);
    PeFacts facts = facts();
    assertThat(facts.imports()).isEmpty();
    assertThat(facts.exports()).isEqualTo(-1);
    assertThat(facts.version()).isPresent();
    space.findPage(BASE + 2 * PAGE);
    space.losePage(BASE + 3 * PAGE);
    assertThat(facts().version()).isEmpty();
    assertThat(facts().imports()).isPresent();
  }

  @Test
  void aNameThatIsMissingLeavesNoHash() throws IOException {
    // The first name of the first module leads out of the image.
    image[0x2400] = 0;
    image[0x2402] = 0x7F;
    ImportTable imports = facts().imports().orElseThrow();
    assertThat(imports.hash()).isEmpty();
    assertThat(imports.functions()).isEqualTo(4);
  }

  /** Every walk ends and nothing throws, whatever stands in counts, offsets and lengths. */
  @Test
  void damagedTablesEndInEveryCase() throws IOException {
    byte[] sound = image.clone();
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      System.arraycopy(sound, 0, image, 0, sound.length);
      for (int i = 0; i < 8; i++) {
        int[] starts = {0x80, 0x118, 0x2000, 0x2400, 0x2800, 0x3000, 0x3080};
        int at = starts[random.nextInt(starts.length)] + random.nextInt(0x180);
        image[at] = (byte) random.nextInt();
      }
      Optional<PeImage> header = PeImage.at(space, BASE);
      if (header.isPresent()) {
        assertThat(PeFacts.of(space, header.get())).isNotNull();
      }
    }
  }
}
