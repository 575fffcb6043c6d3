package io.memlake.engine.objects.ticket;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.value.MalformedObjectException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a credential says beside its ticket ({@code KrbCredInfo}, RFC 4120 5.8.1). It stands in the
 * clear where a program exported the credential, under encryption type 0.
 *
 * @param keyType encryption that the session key is for
 * @param key session key, hex digits
 * @param clientRealm realm of the client, empty when it is left out
 * @param client name of the client, parts joined with a slash, empty when it is left out
 * @param started from when on the ticket is valid
 * @param ends until when
 * @param renewable until when it can be renewed
 */
public record CredentialInfo(
    int keyType,
    String key,
    String clientRealm,
    String client,
    Optional<Instant> started,
    Optional<Instant> ends,
    Optional<Instant> renewable) {
  private static final int NOT_ENCRYPTED = 0;
  private static final int PART = 0x7D;
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int FIELD = 0xA0;
  private static final int LAST_FIELD = 9;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

  /** Reads the encrypted part of a credential; empty when it is encrypted, or damaged. */
  static Optional<CredentialInfo> of(DerReader encrypted) {
    try {
      DerReader data = encrypted.enter(SEQUENCE);
      if (data.enter(FIELD).number() != NOT_ENCRYPTED) {
        return Optional.empty();
      }
      if (data.isNext(FIELD + 1)) {
        data.enter(FIELD + 1);
      }
      DerReader part = data.enter(FIELD + 2).enter(OCTETS).enter(PART).enter(SEQUENCE);
      return Optional.of(first(part.enter(FIELD).enter(SEQUENCE).enter(SEQUENCE)));
    } catch (MalformedObjectException e) {
      return Optional.empty();
    }
  }

  private static CredentialInfo first(DerReader info) throws MalformedObjectException {
    DerReader key = info.enter(FIELD).enter(SEQUENCE);
    int type = (int) key.enter(FIELD).number();
    byte[] value = key.enter(FIELD + 1).enter(OCTETS).rest();
    String realm = "";
    String client = "";
    Instant[] times = new Instant[LAST_FIELD + 1];
    for (int field = 1; field <= LAST_FIELD; field++) {
      if (!info.isNext(FIELD + field)) {
        continue;
      }
      DerReader content = info.enter(FIELD + field);
      switch (field) {
        case 1 -> realm = content.text();
        case 2 -> client = KerberosTicket.name(content.enter(SEQUENCE));
        case 4, 5, 6, 7 -> times[field] = time(content);
        default -> {
          // Flags, and the service once more.
        }
      }
    }
    return new CredentialInfo(
        type,
        Hex.bytes(value),
        realm,
        client,
        Optional.ofNullable(times[5] == null ? times[4] : times[5]),
        Optional.ofNullable(times[6]),
        Optional.ofNullable(times[7]));
  }

  private static Instant time(DerReader content) throws MalformedObjectException {
    try {
      return LocalDateTime.parse(content.time(), TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
