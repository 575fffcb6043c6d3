package io.memlake.engine.objects.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventCarverTest {
  private static final int FIRST_CHUNK = 4096;

  private static SampleLogs.Collected carve(byte[] bytes, TemplateStore store) throws Exception {
    SampleLogs.Collected found = new SampleLogs.Collected();
    new EventCarver(store).search(bytes, 0, bytes.length, 0, found);
    return found;
  }

  @Test
  void chunksInForeignBytesGiveTheSameRecordsAsTheFile() throws Exception {
    byte[] file = SampleLogs.bytes("system.evtx");
    byte[] memory = new byte[file.length + 3 * 4096];
    System.arraycopy(file, FIRST_CHUNK, memory, 2 * 4096, file.length - FIRST_CHUNK);

    SampleLogs.Collected found = carve(memory, new TemplateStore());

    assertThat(found.digests()).isEqualTo(SampleLogs.read("system.evtx").digests());
  }

  @Test
  void recordsWithoutTheirChunkHeaderAreStillRendered() throws Exception {
    byte[] file = SampleLogs.bytes("new-user-security.evtx");
    int first = FIRST_CHUNK + EventChunk.HEADER;
    byte[] records = Arrays.copyOfRange(file, first, first + 8192);

    SampleLogs.Collected found = carve(records, new TemplateStore());

    assertThat(found.of(EventRecord.Origin.CARVED)).hasSizeGreaterThanOrEqualTo(4);
    assertThat(SampleLogs.read("new-user-security.evtx").digests())
        .containsAll(
            found.records.stream()
                .filter(record -> record.problem().isEmpty() && record.recordId() <= 4)
                .map(EventCarverTest::digest)
                .toList());
    assertThat(found.records.subList(0, 4))
        .allMatch(record -> record.template() == EventRecord.TemplateOrigin.OWN_CHUNK);
  }

  @Test
  void recordAloneIsRenderedWithTheTemplateOfAnotherChunk() throws Exception {
    Map<Long, EventRecord> whole = new HashMap<>();
    TemplateStore store = new TemplateStore();
    byte[] file = SampleLogs.bytes("Security_short_selected.evtx");
    carve(file, store).records.stream()
        .filter(record -> record.origin() == EventRecord.Origin.CHUNK)
        .forEach(record -> whole.put(record.offset(), record));
    int same = 0;

    for (EventRecord record : whole.values()) {
      EventRecord alone = carve(copy(file, record), store).records.get(0);
      assertThat(alone.recordId()).isEqualTo(record.recordId());
      same += alone.xml().equals(record.xml()) ? 1 : 0;
    }

    assertThat(same).isEqualTo(whole.size());
  }

  @Test
  void recordAloneWithoutAnyTemplateStillSaysWhatItIs() throws Exception {
    byte[] file = SampleLogs.bytes("system.evtx");
    List<EventRecord> whole = carve(file, new TemplateStore()).of(EventRecord.Origin.CHUNK);
    int lost = 0;
    for (EventRecord record : whole) {
      EventRecord alone = carve(copy(file, record), new TemplateStore()).records.get(0);
      if (alone.template() == EventRecord.TemplateOrigin.LOST && alone.problem().isEmpty()) {
        lost++;
        assertThat(alone.system().eventId()).isEqualTo(record.system().eventId());
        assertThat(alone.system().timeCreated()).isEqualTo(record.system().timeCreated());
        assertThat(alone.system().userSid()).isEqualTo(record.system().userSid());
        assertThat(alone.system().level()).isEqualTo(record.system().level());
        assertThat(record.system().processId()).isIn(-1L, alone.system().processId());
        assertThat(alone.system().eventRecordId()).isEqualTo(record.system().eventRecordId());
      }
    }
    assertThat(lost).isGreaterThan(1000);
  }

  @Test
  void cutOffRecordKeepsItsNumberAndTime() throws Exception {
    byte[] file = SampleLogs.bytes("new-user-security.evtx");
    int first = FIRST_CHUNK + EventChunk.HEADER;

    SampleLogs.Collected found =
        carve(Arrays.copyOfRange(file, first, first + 200), new TemplateStore());

    assertThat(found.records).hasSize(1);
    assertThat(found.records.get(0).recordId()).isEqualTo(1);
    assertThat(found.records.get(0).xml()).isEmpty();
    assertThat(found.records.get(0).problem()).isNotEmpty();
  }

  @Test
  void starsInOrdinaryBytesAreNoRecord() throws Exception {
    byte[] bytes = new byte[8192];
    for (int at = 0; at < bytes.length; at += 8) {
      bytes[at] = '*';
      bytes[at + 1] = '*';
      bytes[at + 4] = 64;
    }

    assertThat(carve(bytes, new TemplateStore()).records).isEmpty();
  }

  private static byte[] copy(byte[] file, EventRecord record) {
    int at = (int) record.offset();
    int size = RecordHeader.parse(file, at, file.length).size();
    return Arrays.copyOfRange(file, at, at + size);
  }

  private static String digest(EventRecord record) {
    try {
      return record.recordId() + ":" + SampleLogs.digest(record.xml());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
