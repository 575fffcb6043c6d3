package io.memlake.engine.objects.dns;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.PlacedBytes;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a record must be, field by field. */
class DnsRecordReaderTest {
  private static final long BASE = 0x1A0_0000_0000L;
  private static final int NAME = 0x100;
  private static final int DATA = 32;

  private final byte[] memory = new byte[0x2000];
  private final DnsRecordReader reader = new DnsRecordReader(PlacedBytes.of(BASE, memory));

  @BeforeEach
  void writeRecord() {
    text(NAME, "host.example");
    LittleEndian.putI64(memory, 8, BASE + NAME);
    LittleEndian.putU16(memory, 16, 28);
    LittleEndian.putU16(memory, 18, 16);
    LittleEndian.putI32(memory, 20, 0x1009);
    LittleEndian.putI32(memory, 24, 120);
    memory[DATA] = 0x20;
    memory[DATA + 1] = 1;
    memory[DATA + 15] = 1;
  }

  private void text(int at, String text) {
    byte[] bytes = (text + "\0").getBytes(UTF_16LE);
    System.arraycopy(bytes, 0, memory, at, bytes.length);
  }

  private Optional<DnsRecord> read() throws IOException {
    return reader.read(memory, 0, BASE);
  }

  @Test
  void anAddressOfVersion6IsWritten() throws IOException {
    assertThat(read())
        .contains(new DnsRecord(BASE, 0, "host.example", DnsType.AAAA, 0x1009, 120, "2001::1"));
  }

  @Test
  void aServerHasPriorityWeightAndPort() throws IOException {
    text(0x200, "ldap.example");
    LittleEndian.putU16(memory, 16, 33);
    LittleEndian.putI64(memory, DATA, BASE + 0x200);
    LittleEndian.putU16(memory, DATA + 8, 0);
    LittleEndian.putU16(memory, DATA + 10, 100);
    LittleEndian.putU16(memory, DATA + 12, 389);
    assertThat(read()).map(DnsRecord::data).contains("0 100 389 ldap.example");
  }

  @Test
  void eachFieldThatCannotBeRulesTheRecordOut() throws IOException {
    int[] offsets = {0, 12, 16, 18, 20, 27, 28};
    int[] values = {3, 0xFF, 200, 15, 0x10, 0x80, 1};
    for (int i = 0; i < offsets.length; i++) {
      byte before = memory[offsets[i]];
      memory[offsets[i]] = (byte) values[i];
      assertThat(read()).as("offset %d", offsets[i]).isEmpty();
      memory[offsets[i]] = before;
      assertThat(read()).isPresent();
    }
  }

  @Test
  void aNameWithoutAnEndOrWithStrangeCharactersIsNone() throws IOException {
    text(NAME, "a b");
    assertThat(read()).isEmpty();
    text(NAME, "");
    assertThat(read()).isEmpty();
    text(NAME, "x".repeat(300));
    assertThat(read()).isEmpty();
    text(NAME, "x".repeat(255));
    assertThat(read()).isPresent();
  }

  @Test
  void bytesByChanceAreNoRecord() throws IOException {
    Random random = new Random(5);
    byte[] bytes = new byte[1 << 20];
    random.nextBytes(bytes);
    for (int at = 0; at + DnsRecordReader.SIZE <= bytes.length; at += 16) {
      assertThat(reader.read(bytes, at, BASE + at)).isEmpty();
    }
  }
}
