package io.memlake.engine.artifacts.carve;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.SampleData;
import io.memlake.engine.objects.filerecord.FileEntry;
import io.memlake.engine.objects.filerecord.FileName;
import io.memlake.engine.objects.filerecord.FileRecord;
import io.memlake.engine.objects.filerecord.FileTable;
import io.memlake.engine.objects.prefetch.Prefetch;
import io.memlake.schemas.row.EvtxRow;
import io.memlake.schemas.row.LnkRow;
import io.memlake.schemas.row.MftRow;
import io.memlake.schemas.row.PrefetchRow;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

/** Real files in the memory of a machine give the rows that the files themselves give. */
class CarvedRowsTest {

  @Test
  void cachedLogsGiveEveryRecordOnce() throws Exception {
    byte[] log = sample("evtx/system.evtx");

    List<EvtxRow> rows = rows(machine().cachedFile(log), EvtxRow.class);

    // What is left over in slack may need templates of other chunks; each chunk stands by itself.
    assertThat(rows.stream().filter(row -> row.getOrigin().equals("chunk")).map(LogRecords::line))
        .containsExactlyInAnyOrderElementsOf(LogRecords.of(log).ofChunks());
    assertThat(rows.stream().map(EvtxRow::getRecordId).distinct().sorted())
        .containsExactlyElementsOf(LogRecords.of(log).ids().stream().sorted().toList());
    assertThat(rows).allMatch(row -> row.getPid() == 4 && row.getVa() < 0);
    assertThat(rows).allMatch(row -> !row.getOrigin().equals("carved"));
  }

  @Test
  void pagesOfALogThatNothingMapsGiveTheRecordsThatBeginInThem() throws Exception {
    byte[] log = sample("evtx/system.evtx");

    List<EvtxRow> rows = rows(machine().looseFile(log), EvtxRow.class);

    List<Long> expected = LogRecords.of(log).ids();
    assertThat(rows).allMatch(row -> row.getPid() == null);
    assertThat(rows.stream().map(EvtxRow::getRecordId).distinct())
        .hasSizeGreaterThan(expected.size() * 9 / 10)
        .isSubsetOf(expected);
    assertThat(rows.stream().filter(row -> row.getXml() != null)).hasSizeGreaterThan(100);
  }

  @Test
  void fileRecordsHaveTheirPathsThoughTheirDirectoriesLieElsewhere() throws Exception {
    byte[] table = sample("ntfs/unicode.mft");

    List<MftRow> rows = rows(machine().looseFile(table), MftRow.class);

    assertThat(
            rows.stream()
                .filter(row -> row.getName() != null && row.getBaseRecord() == null)
                .map(row -> row.getRecordNumber() + "|" + row.getPath() + "|" + row.getInUse()))
        .containsExactlyInAnyOrderElementsOf(files(table));
  }

  @Test
  void prefetchFilesAreReadOverTheirScatteredPages() throws Exception {
    for (String name :
        List.of(
            "CMD.EXE-087B4001.pf",
            "BYTECODEGENERATOR.EXE-C1E9BCE6.pf",
            "WUAUCLT.EXE-830BCC14.pf")) {
      byte[] file = sample("prefetch/" + name);
      Prefetch expected = Prefetch.parse(name, file);

      List<PrefetchRow> rows = rows(machine().cachedFile(file), PrefetchRow.class);

      assertThat(rows).as(name).hasSize(1);
      assertThat(rows.get(0).getExecutable() + "-" + rows.get(0).getHash() + ".pf").isEqualTo(name);
      assertThat(rows.get(0).getRunCount()).isEqualTo(expected.runCount());
      assertThat(rows.get(0).getFileCount()).isEqualTo(expected.files().size());
      assertThat(rows.get(0).getWhole()).isTrue();
    }
  }

  @Test
  void linksAreReadWithTheirArguments() throws Exception {
    ByteBuffer link = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    byte[] arguments = "/q /beacon".getBytes(StandardCharsets.UTF_16LE);
    link.putInt(0x4C).putLong(0x21401L).putLong(0x46000000000000C0L).putInt(0xA0);
    link.position(0x4C);
    link.putShort((short) (arguments.length / 2)).put(arguments).putInt(0);

    List<LnkRow> rows = rows(machine().looseFile(link.array()), LnkRow.class);

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getArguments()).isEqualTo("/q /beacon");
    assertThat(rows.get(0).getForensicPath()).startsWith("phys:0x");
  }

  private static MachineBuilder machine() {
    return SyntheticMachine.windows(19041).seed(11).standardProcesses();
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(SampleData.file(name));
  }

  private static <R extends SpecificRecordBase> List<R> rows(MachineBuilder builder, Class<R> type)
      throws IOException {
    return CarvedAnalysis.rows(builder, type);
  }

  private static List<String> files(byte[] bytes) {
    FileTable table = new FileTable();
    for (int at = 0; at + 1024 <= bytes.length; at += 1024) {
      FileRecord.parse(bytes, at, bytes.length - at).ifPresent(table::add);
    }
    List<String> lines = new ArrayList<>();
    for (FileEntry file : table.files()) {
      for (FileName name : file.longNames()) {
        lines.add(
            file.reference().number()
                + "|"
                + table.path(name).path()
                + "|"
                + file.record().inUse());
      }
    }
    return lines;
  }
}
