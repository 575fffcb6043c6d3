package io.memlake.engine.pe;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.paging.AddressSpace;
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
  private final boolean[] absent = new boolean[image.length / PAGE];

  private static byte[] load() {
    try (InputStream in = PeFactsTest.class.getResourceAsStream("sample.bin")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private PeFacts facts() throws IOException {
    Bytes space = new Bytes();
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
    absent[2] = true;
    PeFacts facts = facts();
    assertThat(facts.imports()).isEmpty();
    assertThat(facts.exports()).isEqualTo(-1);
    assertThat(facts.version()).isPresent();
    absent[2] = false;
    absent[3] = true;
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
      Bytes space = new Bytes();
      Optional<PeImage> header = PeImage.at(space, BASE);
      if (header.isPresent()) {
        assertThat(PeFacts.of(space, header.get())).isNotNull();
      }
    }
  }

  /** The image as it lies in memory. */
  private final class Bytes implements AddressSpace {
    @Override
    public long dtb() {
      return 0;
    }

    @Override
    public int pointerSize() {
      return Long.BYTES;
    }

    @Override
    public long translate(long virtualAddress) {
      return ABSENT;
    }

    @Override
    public boolean read(long virtualAddress, byte[] target, int offset, int length) {
      long at = virtualAddress - BASE;
      if (at < 0 || at + length > image.length) {
        return false;
      }
      for (long page = at / PAGE; page <= (at + Math.max(length, 1) - 1) / PAGE; page++) {
        if (absent[(int) page]) {
          return false;
        }
      }
      System.arraycopy(image, (int) at, target, offset, length);
      return true;
    }

    @Override
    public int readSparse(
        long virtualAddress, byte[] target, int offset, int length, boolean[] present) {
      throw new UnsupportedOperationException("tables are read whole");
    }
  }
}
