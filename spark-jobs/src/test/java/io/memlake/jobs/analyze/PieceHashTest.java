package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.evidence.FilePiece;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceHashTest {
  private static final String QUICK = "quick";

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    assertThat(TestSpark.session()).isNotNull();
  }

  @Test
  void piecesCoverAFileOnceAndTheLastMayBeShorter() {
    assertThat(FilePiece.of("f", 5, 2))
        .containsExactly(
            new FilePiece("f", 0, 2), new FilePiece("f", 2, 2), new FilePiece("f", 4, 1));
    assertThat(FilePiece.of("f", 4, 2))
        .containsExactly(new FilePiece("f", 0, 2), new FilePiece("f", 2, 2));
    assertThat(FilePiece.of("f", 0, 2)).containsExactly(new FilePiece("f", 0, 0));
  }

  @Test
  void evidenceHashedInPiecesIsVerifiedAndItsChangeIsRefused() throws Exception {
    Path image = folder.resolve("WS01.raw");
    RawWriter.writePadded(
        SyntheticMachine.windows(19041).seed(3).ram(64L << 20).standardProcesses().build(), image);
    Path lake = folder.resolve("lake");
    assertThat(analyze(lake, image).code()).isZero();
    String sha256 =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(image)));
    assertThat(
            CommandRun.rows(
                lake,
                "SELECT sha256 IS NULL, piece_bytes, size(piece_sha256), piece_sha256[0]"
                    + " FROM evidence"))
        .containsExactly("true," + FilePiece.BYTES + ",1," + sha256);
    assertThat(CommandRun.of("verify", "--lake", lake).code()).isZero();

    // In a page of zeros, far from everything that the fingerprint samples.
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(sparePage(image));
      file.write(1);
    }
    assertThat(CommandRun.of("verify", "--lake", lake).code()).isEqualTo(4);
    CommandRun spread = CommandRun.of("verify", "--lake", lake, "--master", "local[2]");
    assertThat(spread.code()).as(spread.err()).isEqualTo(4);
    assertThat(spread.out()).contains("SHA-256 is ");
    CommandRun again = analyze(lake, image, "--restart");
    assertThat(again.code()).as(again.err()).isEqualTo(4);
    assertThat(again.err()).contains("pieces:");
  }

  /** A byte in the second half of the file whose page is zero. */
  private static long sparePage(Path image) throws Exception {
    byte[] bytes = Files.readAllBytes(image);
    for (int page = bytes.length / 4096 * 5 / 8; page < bytes.length / 4096; page++) {
      boolean zero = true;
      for (int i = 0; i < 4096 && zero; i++) {
        zero = bytes[page * 4096 + i] == 0;
      }
      if (zero) {
        return page * 4096L + 2000;
      }
    }
    throw new AssertionError("no page of zeros");
  }

  private static CommandRun analyze(Path lake, Path image, String... more) {
    Object[] arguments = new Object[5 + more.length];
    arguments[0] = image;
    arguments[1] = "--profile";
    arguments[2] = QUICK;
    arguments[3] = "--hash";
    arguments[4] = "pieces";
    System.arraycopy(more, 0, arguments, 5, more.length);
    return CommandRun.analyze(lake, arguments);
  }
}
