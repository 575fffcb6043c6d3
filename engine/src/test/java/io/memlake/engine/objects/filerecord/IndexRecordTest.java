package io.memlake.engine.objects.filerecord;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks of large directories, built from the entries of a real small one. */
class IndexRecordTest {
  private static final int NODE = 24;
  private static final int FIRST = 64;
  private static final int CHECK = 7;

  /** A block with one entry in use and the same entry behind the used part. */
  private static byte[] block(boolean protect) throws Exception {
    byte[] table = SampleTables.bytes("unicode.mft");
    FileRecord directory = FileRecord.parse(table, 42 * 1024, 1024).orElseThrow();
    byte[] root =
        directory.attributes().stream()
            .filter(attribute -> attribute.type() == AttributeTypes.INDEX_ROOT)
            .findFirst()
            .orElseThrow()
            .value();
    int entry = LittleEndian.u16(root, 32 + 8);
    byte[] block = new byte[IndexRecord.SIZE];
    LittleEndian.putI32(block, 0, 0x58444E49);
    LittleEndian.putU16(block, 4, 40);
    LittleEndian.putU16(block, 6, 9);
    LittleEndian.putI32(block, NODE, FIRST - NODE);
    LittleEndian.putI32(block, NODE + 4, FIRST - NODE + entry + 16);
    LittleEndian.putI32(block, NODE + 8, IndexRecord.SIZE - NODE);
    System.arraycopy(root, 32, block, FIRST, entry);
    LittleEndian.putU16(block, FIRST + entry + 8, 16);
    LittleEndian.putU16(block, FIRST + entry + 12, 2);
    System.arraycopy(root, 32, block, FIRST + entry + 16, entry);
    if (protect) {
      LittleEndian.putU16(block, 40, CHECK);
      for (int sector = 1; sector <= 8; sector++) {
        int end = sector * 512 - 2;
        LittleEndian.putU16(block, 40 + sector * 2, LittleEndian.u16(block, end));
        LittleEndian.putU16(block, end, CHECK);
      }
    } else {
      LittleEndian.putU16(block, 40, CHECK);
    }
    return block;
  }

  @Test
  void blocksFromDiskAndFromTheCacheGiveTheSameEntries() throws Exception {
    IndexRecord disk = IndexRecord.parse(block(true), 0, IndexRecord.SIZE).orElseThrow();
    IndexRecord cached = IndexRecord.parse(block(false), 0, IndexRecord.SIZE).orElseThrow();

    assertThat(disk.sectors()).isEqualTo(SectorState.PROTECTED);
    assertThat(cached.sectors()).isEqualTo(SectorState.PLAIN);
    assertThat(disk.entries()).hasSize(1).isEqualTo(cached.entries());
    assertThat(disk.entries().get(0).file().number()).isEqualTo(43);
    assertThat(disk.entries().get(0).name().name()).isEqualTo("привет.txt");
  }

  @Test
  void entriesBehindTheUsedPartAreLeftOvers() throws Exception {
    IndexRecord record = IndexRecord.parse(block(true), 0, IndexRecord.SIZE).orElseThrow();

    assertThat(record.namesInSlack()).extracting(FileName::name).containsExactly("привет.txt");
  }

  @Test
  void searchFindsBlocksAndRecordsAtTheirPlaces() throws Exception {
    byte[] memory = new byte[16 * 1024];
    System.arraycopy(SampleTables.bytes("unicode.mft"), 42 * 1024, memory, 1024, 1024);
    System.arraycopy(block(true), 0, memory, 4096, IndexRecord.SIZE);
    System.arraycopy(SampleTables.bytes("4k-large.mft"), 0, memory, 8192, 4096);
    List<String> found = new ArrayList<>();

    FileRecordCarver.search(
        memory,
        0,
        memory.length,
        0x10000,
        new FileRecordSink() {
          @Override
          public void file(long offset, FileRecord record) {
            found.add("file " + record.number() + " at " + offset);
          }

          @Override
          public void index(long offset, IndexRecord record) {
            found.add("index at " + offset);
          }
        });

    assertThat(found)
        .containsExactly(
            "file 42 at " + (0x10000 + 1024),
            "index at " + (0x10000 + 4096),
            "file 0 at " + (0x10000 + 8192));
  }

  @Test
  void attributesOfFurtherRecordsBelongToTheirBase() throws Exception {
    byte[] bytes = SampleTables.bytes("unicode.mft");
    FileRecord base = FileRecord.parse(bytes, 42 * 1024, 1024).orElseThrow();
    LittleEndian.putI64(bytes, 43 * 1024 + 32, 42L | (long) base.sequence() << 48);

    FileEntry file = SampleTables.table(bytes).file(42).orElseThrow();

    assertThat(file.names()).extracting(FileName::name).contains("Привет", "привет.txt");
    assertThat(file.streams()).hasSize(1);
    LittleEndian.putI64(bytes, 43 * 1024 + 32, 42L | (base.sequence() + 1L) << 48);
    assertThat(SampleTables.table(bytes).file(42).orElseThrow().streams()).isEmpty();
  }
}
