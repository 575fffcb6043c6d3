package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.objects.ticket.CredentialInfo;
import io.memlake.engine.objects.ticket.KerberosTicket;
import io.memlake.engine.objects.value.MalformedObjectException;
import io.memlake.schemas.row.KerberosTicketRow;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecordBase;

/** Rows of {@code kerberos_tickets}. */
final class TicketRows {
  private TicketRows() {}

  static void ticket(Candidate candidate, RowSink<SpecificRecordBase> rows) throws IOException {
    byte[] bytes = candidate.bytes(KerberosTicket.MAX_SIZE);
    try {
      rows.accept(row(candidate, KerberosTicket.parse(candidate.path(), bytes, bytes.length)));
    } catch (MalformedObjectException e) {
      // Sixteen bytes looked like a ticket: what follows is cut, or was none.
      return;
    }
  }

  private static KerberosTicketRow row(Candidate candidate, KerberosTicket ticket) {
    KerberosTicketRow row = candidate.stamp(new KerberosTicketRow(), 0);
    row.setRecordType(ticket.credential() ? "credential" : "ticket");
    row.setRealm(ticket.realm());
    row.setServer(ticket.server());
    row.setNameType(ticket.nameType());
    row.setEncryptionType(ticket.encryptionType());
    row.setEncryption(ticket.encryption());
    row.setKeyVersion(ticket.keyVersion().isPresent() ? ticket.keyVersion().getAsLong() : null);
    row.setEncodedSize(ticket.encoded().length() / 2);
    row.setEncoded(ticket.encoded());
    row.setValid(true);
    ticket.info().ifPresent(info -> credential(row, info));
    return row;
  }

  private static void credential(KerberosTicketRow row, CredentialInfo info) {
    row.setClient(info.client().isEmpty() ? null : info.client());
    row.setClientRealm(info.clientRealm().isEmpty() ? null : info.clientRealm());
    row.setStartTime(info.started().orElse(null));
    row.setEndTime(info.ends().orElse(null));
    row.setRenewUntil(info.renewable().orElse(null));
    row.setSessionKeyType(info.keyType());
    row.setSessionKey(info.key());
  }
}
