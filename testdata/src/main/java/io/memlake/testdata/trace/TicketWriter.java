package io.memlake.testdata.trace;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Writes Kerberos tickets (RFC 4120) whose encrypted part is random. */
public final class TicketWriter {
  private TicketWriter() {}

  /**
   * A ticket.
   *
   * @param server parts of the name joined with a slash
   * @param encryption number of the encryption
   * @param cipher bytes of the encrypted part, at least 256
   */
  public static byte[] write(String realm, String server, int encryption, int cipher) {
    byte[] secret = new byte[cipher];
    new SplittableRandom(cipher).nextBytes(secret);
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    for (String part : server.split("/", -1)) {
      names.writeBytes(text(part));
    }
    byte[] name =
        element(0x30, element(0xA0, number(2)), element(0xA1, element(0x30, names.toByteArray())));
    byte[] encrypted =
        element(
            0x30,
            element(0xA0, number(encryption)),
            element(0xA1, number(2)),
            element(0xA2, element(0x04, secret)));
    return element(
        0x61,
        element(
            0x30,
            element(0xA0, number(5)),
            element(0xA1, text(realm)),
            element(0xA2, name),
            element(0xA3, encrypted)));
  }

  private static byte[] number(int value) {
    return element(0x02, new byte[] {(byte) value});
  }

  private static byte[] text(String text) {
    return element(0x1B, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** An element; lengths from 128 on take two bytes where Windows writes them so. */
  static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >>> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
