package io.memlake.engine.objects.ticket;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.value.MalformedObjectException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A ticket ({@code Ticket}), or a credential ({@code KRB-CRED}) with the names of its first ticket.
 *
 * @param credential whether it is a credential
 * @param realm realm of the service
 * @param server name of the service, parts joined with a slash
 * @param nameType type of that name
 * @param encryptionType of the encrypted part of the ticket
 * @param keyVersion of the key of the service
 * @param info client, times and session key, where a credential has them in the clear
 * @param encoded all of the encoding, hex digits
 */
public record KerberosTicket(
    boolean credential,
    String realm,
    String server,
    int nameType,
    int encryptionType,
    OptionalLong keyVersion,
    Optional<CredentialInfo> info,
    String encoded) {
  /** Tickets with many groups of the user take some ten KiB. */
  public static final int MAX_SIZE = 65_540;

  private static final int TICKET = 0x61;
  private static final int CREDENTIAL = 0x76;
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int FIELD = 0xA0;
  private static final int VERSION = 5;
  private static final int MAX_NAME_PARTS = 16;

  /**
   * Reads what begins at the first of {@code length} bytes.
   *
   * @param what it is called in errors
   * @throws MalformedObjectException when it is cut, or no ticket
   */
  public static KerberosTicket parse(String what, byte[] bytes, int length)
      throws MalformedObjectException {
    DerReader all = new DerReader(what, bytes, 0, length);
    boolean credential = all.isNext(CREDENTIAL);
    KerberosTicket ticket;
    Optional<CredentialInfo> info = Optional.empty();
    if (credential) {
      DerReader body = all.enter(CREDENTIAL).enter(SEQUENCE);
      version(what, body);
      body.enter(FIELD + 1);
      ticket = ticket(what, body.enter(FIELD + 2).enter(SEQUENCE), true);
      info = CredentialInfo.of(body.enter(FIELD + 3));
    } else {
      ticket = ticket(what, all, false);
    }
    return new KerberosTicket(
        credential,
        ticket.realm,
        ticket.server,
        ticket.nameType,
        ticket.encryptionType,
        ticket.keyVersion,
        info,
        Hex.bytes(Arrays.copyOf(bytes, all.position())));
  }

  private static KerberosTicket ticket(String what, DerReader from, boolean credential)
      throws MalformedObjectException {
    DerReader body = from.enter(TICKET).enter(SEQUENCE);
    version(what, body);
    final String realm = body.enter(FIELD + 1).text();
    DerReader name = body.enter(FIELD + 2).enter(SEQUENCE);
    final int nameType = (int) name.enter(FIELD).number();
    final String server = parts(name.enter(FIELD + 1).enter(SEQUENCE));
    DerReader encrypted = body.enter(FIELD + 3).enter(SEQUENCE);
    final int type = (int) encrypted.enter(FIELD).number();
    OptionalLong keyVersion = OptionalLong.empty();
    if (encrypted.isNext(FIELD + 1)) {
      keyVersion = OptionalLong.of(encrypted.enter(FIELD + 1).number());
    }
    encrypted.enter(FIELD + 2).enter(OCTETS);
    return new KerberosTicket(
        credential, realm, server, nameType, type, keyVersion, Optional.empty(), "");
  }

  /** A name ({@code PrincipalName}): its type, then its parts. */
  static String name(DerReader name) throws MalformedObjectException {
    name.enter(FIELD);
    return parts(name.enter(FIELD + 1).enter(SEQUENCE));
  }

  private static String parts(DerReader parts) throws MalformedObjectException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; parts.hasNext() && i < MAX_NAME_PARTS; i++) {
      text.append(i == 0 ? "" : "/").append(parts.text());
    }
    return text.toString();
  }

  private static void version(String what, DerReader body) throws MalformedObjectException {
    long version = body.enter(FIELD).number();
    if (version != VERSION) {
      throw new MalformedObjectException(what, body.position(), "the version is " + version);
    }
  }

  /** The encryption as RFC 3961 and its followers name it. */
  public String encryption() {
    return switch (encryptionType) {
      case 1 -> "des-cbc-crc";
      case 3 -> "des-cbc-md5";
      case 17 -> "aes128-cts-hmac-sha1-96";
      case 18 -> "aes256-cts-hmac-sha1-96";
      case 23 -> "rc4-hmac";
      case 24 -> "rc4-hmac-exp";
      default -> Integer.toString(encryptionType);
    };
  }
}
