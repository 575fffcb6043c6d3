package io.memlake.engine.objects.shortcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.FileTime;
import io.memlake.engine.objects.value.MalformedObjectException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShortcutTest {
  private static final int ROUNDS = 2000;

  /** The link of MS-SHLLINK 3.1, "Shortcut to a File", whose values the specification lists. */
  private static final byte[] EXAMPLE =
      Base64.getMimeDecoder()
          .decode(
              """
              TAAAAAEUAgAAAAAAwAAAAAAAAEabAAgAIAAAANDp7vIVFckB0Onu8hUVyQHQ6e7yFRXJAQAAAAAA
              AAAAAQAAAAAAAAAAAAAAAAAAAL0AFAAfUOBP0CDqOmkQotgIACswMJ0ZAC9DOlwAAAAAAAAAAAAA
              AAAAAAAAAAAARgAxAAAAAAAsOWmjEAB0ZXN0AAAyAAcABADvviw5ZaMsOWmjJgAAAAMeAAAAAPUe
              AAAAAAAAAAAAAHQAZQBzAHQAAAAUAEgAMgAAAAAALDlpoyAAYS50eHQANAAHAAQA774sOWmjLDlp
              oyYAAAAtbgAAAACWAQAAAAAAAAAAAABhAC4AdAB4AHQAAAAUAAAAPAAAABwAAAABAAAAHAAAAC0A
              AAAAAAAAOwAAABEAAAADAAAAgYp6MBAAAAAAQzpcdGVzdFxhLnR4dAAABwAuAFwAYQAuAHQAeAB0
              AAcAQwA6AFwAdABlAHMAdABgAAAAAwAAoFgAAAAAAAAAY2hyaXMteHBzAAAAAAAAAEB4x5RH+sdG
              s1ZcLca20RXsRs17In/dEZSZABNyFodKQHjHlEf6x0azVlwtxrbRFexGzXsif90RlJkAE3IWh0oA
              AAAA
              """);

  private static Shortcut parse(byte[] bytes) throws MalformedObjectException {
    return Shortcut.parse("x.lnk", bytes, 0, bytes.length);
  }

  @Test
  void exampleOfTheSpecificationIsReadAsItSays() throws Exception {
    Shortcut link = parse(EXAMPLE);

    assertThat(link.target()).isEqualTo("C:\\test\\a.txt");
    assertThat(link.fileAttributes()).isEqualTo(0x20);
    assertThat(FileTime.instant(link.created()).orElseThrow().getEpochSecond())
        .isEqualTo(Instant.parse("2008-09-12T20:27:17Z").getEpochSecond());
    assertThat(link.accessed()).isEqualTo(link.created());
    assertThat(link.modified()).isEqualTo(link.created());
    assertThat(link.fileSize()).isZero();
    assertThat(link.showCommand()).isEqualTo(1);
    assertThat(link.location())
        .contains(new LinkLocation("C:\\test\\a.txt", 3, 0x307A8A81, "", "", "", ""));
    assertThat(link.relativePath()).isEqualTo(".\\a.txt");
    assertThat(link.workingDirectory()).isEqualTo("C:\\test");
    assertThat(link.arguments()).isEmpty();
    assertThat(link.blocks()).containsExactly(0xA0000003);
    assertThat(link.whole()).isTrue();
    assertThat(link.length()).isEqualTo(EXAMPLE.length);
  }

  @Test
  void trackerNamesComputerVolumeAndFile() throws Exception {
    LinkTracker tracker = parse(EXAMPLE).tracker().orElseThrow();

    assertThat(tracker.machine()).isEqualTo("chris-xps");
    assertThat(tracker.volumeId()).isEqualTo("94c77840-fa47-46c7-b356-5c2dc6b6d115");
    assertThat(tracker.fileId()).isEqualTo("7bcd46ec-7f22-11dd-9499-00137216874a");
    assertThat(tracker.birthFileId()).isEqualTo(tracker.fileId());
    assertThat(tracker.networkAddress()).contains("00:13:72:16:87:4A");
  }

  @Test
  void shellItemsAreThePathWithFileReferences() throws Exception {
    Shortcut link = parse(EXAMPLE);

    assertThat(ShellItem.path(link.items())).isEqualTo("C:\\test\\a.txt");
    assertThat(link.items())
        .extracting(ShellItem::name)
        .containsExactly("{20d04fe0-3aea-1069-a2d8-08002b30309d}", "C:\\", "test", "a.txt");
    assertThat(link.items().get(3).fileReference() & 0xFFFF_FFFF_FFFFL).isEqualTo(0x6E2D);
    assertThat(link.items().get(3).fileReference() >>> 48).isEqualTo(0x196);
  }

  @Test
  void shareIsJoinedWithItsRest() throws Exception {
    byte[] info = new byte[28 + 20 + 40];
    LittleEndian.putI32(info, 0, info.length);
    LittleEndian.putI32(info, 4, 28);
    LittleEndian.putI32(info, 8, 2);
    LittleEndian.putI32(info, 20, 28);
    LittleEndian.putI32(info, 24, 28 + 20 + 20);
    LittleEndian.putI32(info, 28, 40);
    LittleEndian.putI32(info, 28 + 4, 1);
    LittleEndian.putI32(info, 28 + 8, 20);
    LittleEndian.putI32(info, 28 + 12, 34);
    text(info, 28 + 20, "\\\\srv\\share");
    text(info, 28 + 34, "Z:");
    text(info, 28 + 20 + 20, "dir\\file.txt");

    Shortcut link = parse(link(0x2, info, new byte[4]));

    assertThat(link.target()).isEqualTo("\\\\srv\\share\\dir\\file.txt");
    assertThat(link.location().orElseThrow().device()).isEqualTo("Z:");
    assertThat(link.location().orElseThrow().driveType()).isZero();
  }

  @Test
  void textsOfOldLinksAreOneByteACharacter() throws Exception {
    byte[] text = {3, 0, 'a', 'b', (byte) 0xE9};

    Shortcut link = parse(link(0x20, text, new byte[4]));

    assertThat(link.arguments()).isEqualTo("abé");
  }

  @Test
  void pathWithVariablesIsTheTargetOfLastResort() throws Exception {
    byte[] block = new byte[0x314];
    LittleEndian.putI32(block, 0, block.length);
    LittleEndian.putI32(block, 4, 0xA0000001);
    byte[] wide = "%windir%\\x.exe".getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(wide, 0, block, 8 + 260, wide.length);

    Shortcut link = parse(link(0x200, block, new byte[4]));

    assertThat(link.target()).isEqualTo("%windir%\\x.exe");
    assertThat(link.whole()).isTrue();
  }

  @Test
  void linkInForeignBytesSaysHowLongItIs() throws Exception {
    byte[] memory = new byte[4096];
    System.arraycopy(EXAMPLE, 0, memory, 100, EXAMPLE.length);

    assertThat(Shortcut.startsAt(memory, 100, memory.length - 100)).isTrue();
    assertThat(Shortcut.startsAt(memory, 96, memory.length - 96)).isFalse();
    assertThat(Shortcut.parse("page", memory, 100, memory.length - 100)).isEqualTo(parse(EXAMPLE));
  }

  @Test
  void everyCutOffLinkGivesWhatIsThere() throws Exception {
    for (int length = 0x4C; length < EXAMPLE.length; length++) {
      Shortcut link = parse(Arrays.copyOf(EXAMPLE, length));
      assertThat(link.whole()).as(length + " bytes").isFalse();
      assertThat(link.created()).isNotZero();
      assertThat(link.length()).isLessThanOrEqualTo(length);
    }
  }

  @Test
  void otherBytesAreRefused() {
    assertThatThrownBy(() -> parse(new byte[100]))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessage("Cannot read shortcut x.lnk: at 0x0 no header of a shell link starts");
  }

  @Test
  void randomDamageIsSurvived() throws Exception {
    Random random = new Random(3);
    int targets = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = EXAMPLE.clone();
      for (int i = random.nextInt(8); i >= 0; i--) {
        int at = 0x14 + random.nextInt(bytes.length - 0x14);
        // Ten bytes must be zero, or it is no link.
        if (at < 0x42 || at >= 0x4C) {
          bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) -1;
        }
      }
      Shortcut link = parse(bytes);
      link.tracker().ifPresent(LinkTracker::networkAddress);
      targets += link.target().isEmpty() ? 0 : 1;
    }
    assertThat(targets).isPositive();
  }

  @Test
  void aHeaderWhoseReservedBytesAreNotZeroIsNoLink() {
    byte[] bytes = EXAMPLE.clone();
    bytes[0x4B] = 1;
    assertThat(Shortcut.startsAt(EXAMPLE, 0, EXAMPLE.length)).isTrue();
    assertThat(Shortcut.startsAt(bytes, 0, bytes.length)).isFalse();
  }

  private static void text(byte[] target, int at, String text) {
    byte[] ansi = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(ansi, 0, target, at, ansi.length);
  }

  private static byte[] link(int flags, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] header = Arrays.copyOf(EXAMPLE, 0x4C);
    LittleEndian.putI32(header, 0x14, flags);
    out.writeBytes(header);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
