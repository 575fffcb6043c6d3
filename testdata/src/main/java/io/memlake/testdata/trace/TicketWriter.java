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

  /**
   * A credential as programs export it: a ticket, and in the clear whose it is.
   *
   * @param ticket what {@link #write} gives
   * @param end until when it is valid, such as 20240305230110Z
   */
  public static byte[] credential(
      byte[] ticket, String realm, String client, int keyType, byte[] key, String end) {
    byte[] info =
        DerWriter.element(
            0x30,
            DerWriter.element(
                0xA0,
                DerWriter.element(
                    0x30,
                    DerWriter.element(0xA0, number(keyType)),
                    DerWriter.element(0xA1, DerWriter.element(0x04, key)))),
            DerWriter.element(0xA1, text(realm)),
            DerWriter.element(
                0xA2,
                DerWriter.element(
                    0x30,
                    DerWriter.element(0xA0, number(1)),
                    DerWriter.element(0xA1, DerWriter.element(0x30, text(client))))),
            DerWriter.element(
                0xA6, DerWriter.element(0x18, end.getBytes(StandardCharsets.US_ASCII))));
    byte[] part =
        DerWriter.element(
            0x7D, DerWriter.element(0x30, DerWriter.element(0xA0, DerWriter.element(0x30, info))));
    byte[] encrypted =
        DerWriter.element(
            0x30,
            DerWriter.element(0xA0, number(0)),
            DerWriter.element(0xA2, DerWriter.element(0x04, part)));
    return DerWriter.element(
        0x76,
        DerWriter.element(
            0x30,
            DerWriter.element(0xA0, number(5)),
            DerWriter.element(0xA1, number(22)),
            DerWriter.element(0xA2, DerWriter.element(0x30, ticket)),
            DerWriter.element(0xA3, encrypted)));
  }

  private static byte[] number(int value) {
    return DerWriter.element(0x02, new byte[] {(byte) value});
  }

  private static byte[] text(String text) {
    return DerWriter.element(0x1B, text.getBytes(StandardCharsets.US_ASCII));
  }
}
