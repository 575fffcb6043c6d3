package io.memlake.engine.objects.filerecord;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Facts about single records; expected values from the tests of dfir_ntfs for the same files. */
class FileRecordTest {
  private static final int RECORD = 1024;

  private static FileRecord record(byte[] bytes, int number) {
    return FileRecord.parse(bytes, number * RECORD, RECORD).orElseThrow();
  }

  @Test
  void residentContentIsGivenInFull() throws Exception {
    FileTable table = SampleTables.table("4k-large.mft");

    DataStream first = SampleTables.named(table, "\\1.txt").streams().get(0);
    DataStream second = SampleTables.named(table, "\\2.txt").streams().get(0);

    assertThat(first.resident()).isTrue();
    assertThat(md5(first.content())).isEqualTo("a75a25c964f50df4ea9398d8ccf6afbd");
    assertThat(md5(second.content())).isEqualTo("d6fbed685c98416fb7388dad7503811c");
  }

  @Test
  void filesWhoseDirectoryIsGoneAreOrphans() throws Exception {
    FileTable table = SampleTables.table("orphan.mft");

    List<String> orphans =
        table.files().stream()
            .flatMap(file -> file.longNames().stream())
            .map(table::path)
            .filter(path -> !path.complete())
            .map(FilePath::path)
            .toList();

    assertThat(orphans).containsExactlyInAnyOrder("?\\2.txt", "?\\3.txt", "?\\4.txt", "?\\5.txt");
  }

  @Test
  void labelOfTheVolumeIsRead() throws Exception {
    byte[] bytes = SampleTables.bytes("orphan.mft");

    assertThat(record(bytes, 3).volumeName()).contains("тест-test");
  }

  @Test
  void compressedAndSparseStreamsSayTheirSizeAndFlags() throws Exception {
    FileTable table = SampleTables.table("compressed_sparse.mft");
    List<DataStream> streams =
        table.files().stream()
            .filter(
                file ->
                    file.longNames().stream()
                        .anyMatch(
                            name -> List.of("compressed.txt", "sparse").contains(name.name())))
            .flatMap(file -> file.streams().stream())
            .toList();

    assertThat(streams).extracting(DataStream::size).containsExactlyInAnyOrder(22_308L, 1_048_582L);
    assertThat(streams)
        .extracting(stream -> stream.flags() & (Attribute.COMPRESSED | Attribute.SPARSE))
        .containsExactlyInAnyOrder(Attribute.COMPRESSED, Attribute.SPARSE);
    assertThat(streams)
        .allMatch(
            stream -> stream.runs().stream().anyMatch(run -> run.cluster() == DataRun.SPARSE));
  }

  @Test
  void runsCoverTheAllocatedClustersOfEveryAttribute() throws Exception {
    for (String name : List.of("different_la.mft", "mapping_pairs_1.mft", "mapping_pairs_2.mft")) {
      Set<Long> clusterSizes = new HashSet<>();
      for (FileEntry file : SampleTables.table(name).files()) {
        for (Attribute attribute : file.attributes()) {
          long clusters = attribute.runs().stream().mapToLong(DataRun::length).sum();
          boolean plain = (attribute.flags() & (Attribute.COMPRESSED | Attribute.SPARSE)) == 0;
          if (plain && clusters > 0 && attribute.firstCluster() == 0) {
            assertThat(attribute.allocatedSize() % clusters).isZero();
            clusterSizes.add(attribute.allocatedSize() / clusters);
          }
        }
      }
      assertThat(clusterSizes).as(name).hasSize(1);
    }
  }

  @Test
  void namesLeftInAnIndexAreFound() throws Exception {
    assertThat(record(SampleTables.bytes("slack.mft"), 39).namesInSlack())
        .extracting(FileName::name)
        .containsExactly(
            "New Text Document - Copy (3).txt",
            "New Text Document - Copy.txt",
            "New Text Document.txt");
    assertThat(record(SampleTables.bytes("slack-2.mft"), 39).namesInSlack())
        .extracting(FileName::name)
        .contains("t3.txt");
  }

  @Test
  void deletedFilesAreGivenWithTheirPath() throws Exception {
    FileTable table = SampleTables.table("deleted.mft");

    assertThat(table.files())
        .filteredOn(file -> !file.record().inUse() && !file.longNames().isEmpty())
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(table.path(file.longNames().get(0)).path())
                    .endsWith(file.longNames().get(0).name()));
  }

  @Test
  void entriesOfASmallDirectoryAreRead() throws Exception {
    byte[] bytes = SampleTables.bytes("unicode.mft");

    List<IndexEntry> entries = record(bytes, 42).indexRoot();

    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).file().number()).isEqualTo(43);
    assertThat(entries.get(0).name().name()).isEqualTo("привет.txt");
    assertThat(entries.get(0).name().size()).isEqualTo(25);
  }

  @Test
  void recordFromTheCacheHasNoCheckNumbersAndIsReadAlike() throws Exception {
    byte[] disk = SampleTables.bytes("unicode.mft");
    FileRecord onDisk = record(disk, 42);
    byte[] cached = Arrays.copyOfRange(disk, 42 * RECORD, 43 * RECORD);
    int array = LittleEndian.u16(cached, 4);
    for (int sector = 1; sector <= 2; sector++) {
      int original = LittleEndian.u16(cached, array + sector * 2);
      LittleEndian.putU16(cached, sector * 512 - 2, original);
    }

    FileRecord inMemory = FileRecord.parse(cached, 0, RECORD).orElseThrow();

    assertThat(onDisk.sectors()).isEqualTo(SectorState.PROTECTED);
    assertThat(inMemory.sectors()).isEqualTo(SectorState.PLAIN);
    assertThat(inMemory.names()).isEqualTo(onDisk.names());
    assertThat(inMemory.indexRoot()).isEqualTo(onDisk.indexRoot());
  }

  @Test
  void recordOfTwoWritesIsTorn() throws Exception {
    byte[] bytes = SampleTables.bytes("unicode.mft");
    bytes[42 * RECORD + 1023] ^= 0x55;

    assertThat(record(bytes, 42).sectors()).isEqualTo(SectorState.TORN);
  }

  @Test
  void wholeCopyOfARecordWinsOverATornOne() throws Exception {
    byte[] bytes = SampleTables.bytes("unicode.mft");
    FileRecord good = record(bytes, 42);
    bytes[42 * RECORD + 1023] ^= 0x55;
    FileTable table = new FileTable();

    table.add(record(bytes, 42));
    table.add(good);
    table.add(record(bytes, 42));

    assertThat(table.file(42).orElseThrow().record()).isSameAs(good);
  }

  @Test
  void directoriesThatContainEachOtherEnd() throws Exception {
    byte[] bytes = SampleTables.bytes("unicode.mft");
    int parent = indexOf(bytes, 42 * RECORD, new byte[] {5, 0, 0, 0, 0, 0, 5, 0});
    LittleEndian.putI64(bytes, parent, 42L | 1L << 48);
    FileTable table = SampleTables.table(bytes);

    FilePath path = table.path(table.file(43).orElseThrow().longNames().get(0));

    assertThat(path.complete()).isFalse();
    assertThat(path.path()).endsWith("\\Привет\\привет.txt");
  }

  @Test
  void cutOffRecordIsNone() throws Exception {
    byte[] bytes = SampleTables.bytes("unicode.mft");

    assertThat(FileRecord.parse(bytes, 0, RECORD - 1)).isEmpty();
    assertThat(FileRecord.parse(new byte[RECORD], 0, RECORD)).isEmpty();
  }

  private static int indexOf(byte[] bytes, int from, byte[] wanted) {
    for (int at = from; at < from + RECORD; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("not there");
  }

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }
}
