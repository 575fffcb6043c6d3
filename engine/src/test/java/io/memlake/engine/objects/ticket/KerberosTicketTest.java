package io.memlake.engine.objects.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.objects.value.MalformedObjectException;
import io.memlake.testdata.trace.TicketWriter;
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
