package io.memlake.testdata.fleet;

import io.memlake.testdata.pe.PeImage;
import io.memlake.testdata.pe.PeSection;
import io.memlake.testdata.process.CoreModules;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.process.Protection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A program that paging hits hard: an image of its own, of whose code half is in a page file; the
 * bins of a registry hive, which are in the compressed store; and a ledger of text.
 */
public final class LedgerProgram {
  /** Name of the process. */
  public static final String NAME = "ledger.exe";

  /** A program with the same image, of which the file's image section is in memory. */
  public static final String SETUP = "\\Program Files\\Ledger\\setup.exe";

  /** Bytes of the image that it mapped by itself. */
  public static final int IMAGE_SIZE = 0xC000;

  /** Bytes of the hive's bins. */
  public static final int HIVE_SIZE = 0x9000;

  /** Bytes of the ledger. */
  public static final int TEXT_SIZE = 0x25000;

  private static final int PAGE = 0x1000;
  private static final int CODE = 0x1000;
  private static final int DATA = 0x9000;

  private LedgerProgram() {}

  static ProcessSpec process() {
    return new ProcessSpec(NAME)
        .parent("explorer.exe")
        .path("C:\\Program Files\\Ledger\\ledger.exe")
        .commandLine("\"C:\\Program Files\\Ledger\\ledger.exe\" --book 2024")
        .startedAfter(Duration.ofMinutes(15))
        .modules(CoreModules.windows())
        .privateRegion(IMAGE_SIZE, Protection.EXECUTE_READ_WRITE, image())
        .privateRegion(HIVE_SIZE, Protection.READ_WRITE, hiveBins())
        .privateRegion(TEXT_SIZE, Protection.READ_WRITE, text());
  }

  /** The image as it is mapped; in its file every byte stands at the same place. */
  public static byte[] image() {
    byte[] code = new byte[DATA - CODE];
    new SplittableRandom(3).nextBytes(code);
    byte[] image = new byte[IMAGE_SIZE];
    PeImage pe =
        PeImage.x64(IMAGE_SIZE, 0x5E0C1ED6, true)
            .section(new PeSection(".text", CODE, DATA - CODE, PeSection.CODE))
            .section(new PeSection(".data", DATA, IMAGE_SIZE - DATA, PeSection.DATA))
            .part(CODE, code);
    for (Map.Entry<Integer, byte[]> part : pe.parts(0x180000000L).entrySet()) {
      System.arraycopy(part.getValue(), 0, image, part.getKey(), part.getValue().length);
    }
    return image;
  }

  /** Bins with key nodes of one cell a page, as compressible as real ones. */
  public static byte[] hiveBins() {
    byte[] bins = new byte[HIVE_SIZE];
    byte[] cell = "nk  ControlSet001\\Services\\ledger ".getBytes(StandardCharsets.US_ASCII);
    for (int page = 0; page < HIVE_SIZE; page += PAGE) {
      for (int i = 0x20; i < PAGE; i++) {
        bins[page + i] = cell[i % cell.length];
      }
      System.arraycopy("hbin".getBytes(StandardCharsets.US_ASCII), 0, bins, page, 4);
      bins[page + 5] = (byte) (page >>> 8);
      bins[page + 9] = (byte) (PAGE >>> 8);
      bins[page + 0x40] = (byte) (page >>> 12);
    }
    return bins;
  }

  /** Lines of numbered bookings. */
  public static byte[] text() {
    StringBuilder text = new StringBuilder(TEXT_SIZE);
    SplittableRandom random = new SplittableRandom(4);
    for (int line = 0; text.length() < TEXT_SIZE - 64; line++) {
      text.append("booking ").append(line).append(" amount ").append(random.nextInt(100_000));
      text.append(" account DE02-").append(random.nextInt(10_000)).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
