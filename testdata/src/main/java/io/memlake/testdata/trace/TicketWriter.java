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
        DerWriter.element(
            0x30,
            DerWriter.element(0xA0, number(2)),
            DerWriter.element(0xA1, DerWriter.element(0x30, names.toByteArray())));
    byte[] encrypted =
        DerWriter.element(
            0x30,
            DerWriter.element(0xA0, number(encryption)),
            DerWriter.element(0xA1, number(2)),
            DerWriter.element(0xA2, DerWriter.element(0x04, secret)));
    return DerWriter.element(
        0x61,
        DerWriter.element(
            0x30,
            DerWriter.element(0xA0, number(5)),
            DerWriter.element(0xA1, text(realm)),
            DerWriter.element(0xA2, name),
            DerWriter.element(0xA3, encrypted)));
  }

  private static byte[] number(int value) {
    return DerWriter.element(0x02, new byte[] {(byte) value});
  }

  private static byte[] text(String text) {
    return DerWriter.element(0x1B, text.getBytes(StandardCharsets.US_ASCII));
  }
}
