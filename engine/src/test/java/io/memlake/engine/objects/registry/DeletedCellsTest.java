package io.memlake.engine.objects.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Deleted keys and values against another recovery scanner; see resources/…/README.md. */
class DeletedCellsTest {

  @TestFactory
  Stream<DynamicTest> deletedCellsAreThoseThatAnotherScannerFinds() throws Exception {
    return SampleHives.golden("deleted.tsv").stream()
        .map(row -> DynamicTest.dynamicTest(row[0], () -> compare(row)));
  }

  private static void compare(String[] row) throws Exception {
    DeletedCells.Found found = find(row[0]);

    List<String> paths = row[3].isEmpty() ? List.of() : List.of(row[3].split("\\|", -1));
    assertThat(found.keys().stream().map(DeletedCells.DeletedKey::path).toList())
        .containsExactlyInAnyOrderElementsOf(paths);
    assertThat(found.values()).hasSize(Integer.parseInt(row[2]));
  }

  private static DeletedCells.Found find(String name) throws Exception {
    Hive hive = Hive.of(SampleHives.open(name));
    HiveVisitor nothing = new SampleHives.Silent();
    return DeletedCells.find(hive, HiveWalk.walk(hive, nothing), gap -> {});
  }

  @Test
  void deletedValuesKeepTheirData() throws Exception {
    List<DeletedCells.DeletedValue> values = find("yarp/DeletedDataHive").values();

    assertThat(values).extracting(value -> value.value().name()).containsExactly("v2", "v");
    assertThat(values)
        .extracting(value -> new String(value.data().bytes(), StandardCharsets.UTF_16LE))
        .containsExactly("456\0", "123456\0");
    assertThat(values).noneMatch(DeletedCells.DeletedValue::dataReused);
  }

  @Test
  void deletedValueNamesTheDeletedKeyThatOwnsIt() throws Exception {
    DeletedCells.Found found = find("yarp/DeletedDataHive");

    assertThat(found.keys()).extracting(DeletedCells.DeletedKey::path).containsExactly("456");
    assertThat(found.values().get(1).owner()).isEqualTo(found.keys().get(0).key().cell());
    assertThat(found.values().get(0).owner()).isEqualTo(CellSource.NO_CELL);
  }

  @Test
  void dataCellThatIsInUseAgainIsCalledReused() throws Exception {
    assertThat(find("ez/SAM").values())
        .filteredOn(DeletedCells.DeletedValue::dataReused)
        .extracting(value -> value.value().name())
        .contains("C");
  }

  @Test
  void keysInUseWithoutAListAreUnlinkedAndNotDeleted() throws Exception {
    List<DeletedCells.DeletedKey> keys = find("yarp/HealedHive").keys();

    assertThat(keys).hasSize(1);
    assertThat(keys.get(0).key().name()).isEqualTo("cccc");
    assertThat(keys.get(0).key().inUse()).isTrue();
  }

  @Test
  void keysOfLostListsAreFoundInTheirBins() throws Exception {
    DeletedCells.Found found = find("yarp/TruncatedHive");

    assertThat(found.keys())
        .hasSizeGreaterThan(80)
        .allMatch(key -> key.path().startsWith("key_with_many_subkeys\\"));
  }

  @Test
  void brokenChainOfParentsIsSaid() throws Exception {
    assertThat(find("yarp/DeletedTreePartialPathHive").keys())
        .noneMatch(DeletedCells.DeletedKey::pathComplete);
    assertThat(find("yarp/DeletedTreeHive").keys()).allMatch(DeletedCells.DeletedKey::pathComplete);
  }
}
