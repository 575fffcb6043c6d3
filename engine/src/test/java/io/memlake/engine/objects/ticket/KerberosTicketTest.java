package io.memlake.engine.objects.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.objects.value.MalformedObjectException;
import io.memlake.testdata.trace.TicketWriter;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KerberosTicketTest {

  @Test
  void aTicketSaysWhomItIsFor() throws Exception {
    byte[] bytes = TicketWriter.write("EXAMPLE.ORG", "krbtgt/EXAMPLE.ORG", 23, 900);

    KerberosTicket ticket = KerberosTicket.parse("t", bytes, bytes.length);

    assertThat(ticket.credential()).isFalse();
    assertThat(ticket.realm()).isEqualTo("EXAMPLE.ORG");
    assertThat(ticket.server()).isEqualTo("krbtgt/EXAMPLE.ORG");
    assertThat(ticket.encryption()).isEqualTo("rc4-hmac");
    assertThat(ticket.encoded()).hasSize(bytes.length * 2);
  }

  @Test
  void anExportedCredentialHasItsClientAndSessionKey() throws Exception {
    byte[] ticket = TicketWriter.write("EXAMPLE.ORG", "krbtgt/EXAMPLE.ORG", 18, 300);
    byte[] key = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, (byte) 0xF0};
    byte[] bytes =
        TicketWriter.credential(ticket, "EXAMPLE.ORG", "alice", 17, key, "20240305230110Z");

    KerberosTicket credential = KerberosTicket.parse("memory", bytes, bytes.length);

    assertThat(credential.credential()).isTrue();
    assertThat(credential.server()).isEqualTo("krbtgt/EXAMPLE.ORG");
    CredentialInfo info = credential.info().orElseThrow();
    assertThat(info.client()).isEqualTo("alice");
    assertThat(info.keyType()).isEqualTo(17);
    assertThat(info.key()).isEqualToIgnoringCase("0102030405060708090a0b0c0d0e0ff0");
    assertThat(info.ends()).contains(Instant.parse("2024-03-05T23:01:10Z"));
    assertThat(info.started()).isEmpty();
    assertThat(KerberosTicket.parse("memory", ticket, ticket.length).info()).isEmpty();
  }

  @Test
  void damagedCredentialsEndWell() {
    byte[] ticket = TicketWriter.write("EXAMPLE.ORG", "krbtgt/EXAMPLE.ORG", 18, 300);
    byte[] bytes =
        TicketWriter.credential(ticket, "EXAMPLE.ORG", "bob", 18, new byte[32], "20240305230110Z");
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = bytes.clone();
      damaged[bytes.length - 1 - random.nextInt(130)] = (byte) random.nextInt(256);
      try {
        assertThat(KerberosTicket.parse("t", damaged, damaged.length).credential()).isTrue();
      } catch (MalformedObjectException e) {
        assertThat(e).hasMessageContaining("t");
      }
    }
  }

  @Test
  void aCutTicketIsTold() {
    byte[] bytes = TicketWriter.write("EXAMPLE.ORG", "krbtgt/EXAMPLE.ORG", 18, 900);

    assertThatThrownBy(() -> KerberosTicket.parse("phys:0x1000", bytes, bytes.length - 1))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("phys:0x1000");
  }

  @Test
  void damagedTicketsEndWell() {
    byte[] bytes = TicketWriter.write("EXAMPLE.ORG", "cifs/a/b", 18, 300);
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(90)] = (byte) random.nextInt(256);
      try {
        assertThat(KerberosTicket.parse("t", damaged, damaged.length).realm()).isNotNull();
      } catch (MalformedObjectException e) {
        assertThat(e).hasMessageContaining("t");
      }
    }
  }
}
