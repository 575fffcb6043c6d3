package io.memlake.engine.objects.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.objects.value.MalformedObjectException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every event of the sample logs against libevtx; resources/…/README.md says how it was run. */
class EventLogGoldenTest {

  @TestFactory
  Stream<DynamicTest> everyEventThatLibevtxReadsIsReadAlike() throws Exception {
    return SampleLogs.golden().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row[0],
                    () ->
                        assertThat(SampleLogs.read(row[0]).digests())
                            .containsAll(List.of(row[1].split(" ")))));
  }

  @Test
  void chunkWithoutItsSignatureStillGivesItsRecords() throws Exception {
    SampleLogs.Collected log = SampleLogs.read("sample_with_a_bad_chunk_magic.evtx");

    assertThat(log.file.dirty()).isTrue();
    assertThat(log.chunks).isEqualTo(16);
    assertThat(log.records.size()).isGreaterThan(267 + 163);
    assertThat(log.records).noneMatch(record -> record.xml().isEmpty());
  }

  @Test
  void wrongChecksumsAreCountedAndTheRecordsAreRead() throws Exception {
    SampleLogs.Collected log = SampleLogs.read("Application_no_crc32.evtx");

    assertThat(log.file.checksumValid()).isFalse();
    assertThat(log.badHeaders).isEqualTo(1);
    assertThat(log.badRecords).isEqualTo(1);
    assertThat(log.of(EventRecord.Origin.CHUNK)).hasSize(17);
  }

  @Test
  void goodChecksumsAreRecognised() throws Exception {
    SampleLogs.Collected log = SampleLogs.read("Security_short_selected.evtx");

    assertThat(log.file.checksumValid()).isTrue();
    assertThat(log.badHeaders + log.badRecords).isZero();
  }

  @Test
  void badTableOfNamesDoesNotMatter() throws Exception {
    SampleLogs.Collected log = SampleLogs.read("security_bad_string_cache.evtx");

    assertThat(log.of(EventRecord.Origin.CHUNK)).hasSize(2261);
    assertThat(log.of(EventRecord.Origin.SLACK)).hasSize(30);
    assertThat(log.records).allMatch(record -> record.problem().isEmpty());
  }

  @Test
  void eventWithoutATemplateIsRead() throws Exception {
    EventRecord event = SampleLogs.read("issue_201.evtx").records.get(0);

    assertThat(event.system().provider()).isEqualTo("MSExchange CmdletLogs");
    assertThat(event.system().eventId()).isEqualTo(1);
    assertThat(event.system().computer()).isEqualTo("WEC.ave.local");
    assertThat(event.system().eventRecordId()).isEqualTo(3229);
    assertThat(event.data()).hasSize(27).startsWith(new EventData("Data", "Set-Mailbox"));
    assertThat(event.dataJson()).startsWith("{\"Data\":[\"Set-Mailbox\",\"-Identity \\\"Admin");
  }

  @Test
  void fieldsOfAnEventAreTakenApart() throws Exception {
    EventRecord event = SampleLogs.read("new-user-security.evtx").records.get(1);

    assertThat(event.recordId()).isEqualTo(2);
    assertThat(event.system())
        .isEqualTo(
            new EventSystem(
                "Microsoft-Windows-Security-Auditing",
                "{54849625-5478-4994-A5BA-3E3B0328C30D}",
                4720,
                -1,
                0,
                0,
                13824,
                0,
                "0x8020000000000000",
                "2013-10-23T16:22:39.9735000Z",
                112,
                "",
                508,
                1032,
                "Security",
                "IE8Win7",
                ""));
    assertThat(event.dataJson())
        .startsWith("{\"TargetUserName\":\"IEUser\",\"TargetDomainName\":\"IE8Win7\"");
    assertThat(event.template()).isEqualTo(EventRecord.TemplateOrigin.OWN_CHUNK);
  }

  @Test
  void leftOverRecordsWithoutTemplateKeepTheirValuesAndSystemFields() throws Exception {
    List<EventRecord> slack =
        SampleLogs.read("MSExchange_Management_wec.evtx").of(EventRecord.Origin.SLACK);

    assertThat(slack).hasSize(9);
    EventRecord event = slack.get(0);
    assertThat(event.template()).isEqualTo(EventRecord.TemplateOrigin.LOST);
    assertThat(event.system().provider()).isEqualTo("Microsoft-Windows-Shell-Core");
    assertThat(event.system().channel()).isEqualTo("Microsoft-Windows-Shell-Core/Operational");
    assertThat(event.system().eventId()).isEqualTo(28018);
    assertThat(event.system().userSid()).startsWith("S-1-5-21-");
  }

  @Test
  void fileWithoutSignatureIsRefused() throws Exception {
    try (FileByteSource source = FileByteSource.open(SampleData.file("registry/ez/SAM"))) {
      assertThatThrownBy(
              () -> EventLogFile.read(source, new TemplateStore(), new SampleLogs.Collected()))
          .isInstanceOf(MalformedObjectException.class)
          .hasMessageEndingWith("is no log: the signature ElfFile is missing");
    }
  }
}
