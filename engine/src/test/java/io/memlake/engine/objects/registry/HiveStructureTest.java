package io.memlake.engine.objects.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sample hives do not have: volatile keys, nested lists, loops, lying lengths. */
class HiveStructureTest {
  private static final int STABLE_COUNT = 20;
  private static final int VOLATILE_COUNT = 24;
  private static final int STABLE_LIST = 28;
  private static final int VOLATILE_LIST = 32;
  private static final int VALUE_COUNT = 36;
  private static final int VALUE_LIST = 40;

  private final HiveBuilder cells = new HiveBuilder();
  private final int root = cells.key(false, CellSource.NO_CELL, "root");

  private SampleHives.Listing walk() throws Exception {
    return SampleHives.Listing.of(new Hive(cells, root));
  }

  @Test
  void volatileKeysAreInTheOtherStorage() throws Exception {
    int stable = cells.key(false, root, "stable");
    int unstable = cells.key(true, root, "volatile");
    cells.put(root, STABLE_COUNT, 1).put(root, STABLE_LIST, cells.list("li", 4, stable));
    cells.put(root, VOLATILE_COUNT, 1).put(root, VOLATILE_LIST, cells.list("lh", 8, unstable));

    assertThat(walk().keys).containsExactly("K||0", "K|stable|0", "K|volatile|0");
    Hive hive = new Hive(cells, root);
    assertThat(hive.find("VOLATILE", SampleHives::fail))
        .get()
        .matches(KeyNode::isVolatile)
        .extracting(KeyNode::cell)
        .isEqualTo(unstable);
  }

  @Test
  void listsOfListsAreFollowedInOrder() throws Exception {
    int a = cells.key(false, root, "a");
    int b = cells.key(false, root, "b");
    int c = cells.key(false, root, "c");
    int inner = cells.list("ri", 4, cells.list("li", 4, b), cells.list("lf", 8, c));
    int outer = cells.list("ri", 4, cells.list("lh", 8, a), inner);
    cells.put(root, STABLE_COUNT, 3).put(root, STABLE_LIST, outer);

    assertThat(walk().keys).containsExactly("K||0", "K|a|0", "K|b|0", "K|c|0");
  }

  @Test
  void listThatContainsItselfIsReadOnce() throws Exception {
    int a = cells.key(false, root, "a");
    int leaf = cells.list("li", 4, a);
    int loop = cells.list("ri", 4, leaf, 0);
    cells.put(loop, 8, loop).put(root, STABLE_COUNT, 2).put(root, STABLE_LIST, loop);

    SampleHives.Listing listing = walk();

    assertThat(listing.keys).containsExactly("K||0", "K|a|0");
    assertThat(listing.gaps).singleElement().asString().endsWith("is linked twice");
  }

  @Test
  void keyThatIsItsOwnSubkeyIsGivenOnce() throws Exception {
    cells.put(root, STABLE_COUNT, 1).put(root, STABLE_LIST, cells.list("li", 4, root));

    SampleHives.Listing listing = walk();

    assertThat(listing.keys).containsExactly("K||0");
    assertThat(listing.gaps).containsExactly(": Cell 0x20: the key root is listed a second time");
  }

  @Test
  void deepChainEndsAtTheLimit() throws Exception {
    int parent = root;
    for (int depth = 0; depth < HiveWalk.MAX_DEPTH + 10; depth++) {
      int child = cells.key(false, parent, "k");
      cells.put(parent, STABLE_COUNT, 1).put(parent, STABLE_LIST, cells.list("li", 4, child));
      parent = child;
    }

    SampleHives.Listing listing = walk();

    assertThat(listing.keys).hasSize(HiveWalk.MAX_DEPTH + 1);
    assertThat(listing.gaps).singleElement().asString().endsWith("deeper than 512 levels");
  }

  @Test
  void listLongerThanItsCellGivesWhatTheCellHas() throws Exception {
    int a = cells.key(false, root, "a");
    int list = cells.list("li", 4, a, a, a);
    cells.put(list, 0, 0xFFFF696C).put(root, STABLE_COUNT, 1).put(root, STABLE_LIST, list);

    SampleHives.Listing listing = walk();

    assertThat(listing.keys).contains("K|a|0");
    assertThat(listing.gaps).anyMatch(gap -> gap.contains("has room for 4 of 65535 entries"));
  }

  @Test
  void mountPointAndPredefinedHandleHaveNoLists() throws Exception {
    int exit = cells.key(false, root, "exit");
    int handle = cells.key(false, root, "handle");
    cells.put(exit, 0, KeyNode.SIGNATURE | (KeyNode.KEY_HIVE_EXIT | KeyNode.KEY_COMP_NAME) << 16);
    cells.put(exit, STABLE_COUNT, 5).put(exit, STABLE_LIST, 0x7FFF_FFF0);
    cells.put(
        handle, 0, KeyNode.SIGNATURE | (KeyNode.KEY_PREDEF_HANDLE | KeyNode.KEY_COMP_NAME) << 16);
    cells.put(handle, VALUE_COUNT, 0x8000_0050).put(handle, VALUE_LIST, 0x8000_0050);
    cells.put(root, STABLE_COUNT, 2).put(root, STABLE_LIST, cells.list("li", 4, exit, handle));

    SampleHives.Listing listing = walk();

    assertThat(listing.keys).hasSize(3);
    assertThat(listing.gaps).isEmpty();
  }

  @Test
  void smallDataStandInTheValue() throws Exception {
    int value = cells.value("v", ValueTypes.BINARY, 0x8000_0002, 0x04030201);
    Hive hive = new Hive(cells, root);

    ValueNode node = hive.value(value, SampleHives::fail).orElseThrow();

    assertThat(hive.data(node, SampleHives::fail).bytes()).containsExactly(1, 2);
  }

  @Test
  void dataLongerThanTheirCellAreCutAndCounted() throws Exception {
    int data = cells.cell(false, new byte[] {1, 2, 3, 4});
    int value = cells.value("v", ValueTypes.BINARY, 1000, data);
    Hive hive = new Hive(cells, root);
    List<HiveGap> gaps = new ArrayList<>();

    ValueData read = hive.data(hive.value(value, SampleHives::fail).orElseThrow(), gaps::add);

    assertThat(read.bytes()).containsExactly(1, 2, 3, 4);
    assertThat(read.missing()).isEqualTo(996);
    assertThat(gaps).singleElement().asString().contains("has 4 of 1000 bytes");
  }

  @Test
  void lostSegmentOfBigDataIsZeros() throws Exception {
    byte[] full = new byte[ValueReader.SEGMENT];
    Arrays.fill(full, (byte) 7);
    int length = 2 * ValueReader.SEGMENT + 3;
    int last = cells.cell(false, new byte[] {9, 9, 9});
    int list = cells.numbers(cells.cell(false, full), 0x7FFF_0000, last);
    byte[] header = {'d', 'b', 3, 0, 0, 0, 0, 0};
    LittleEndian.putI32(header, 4, list);
    int value = cells.value("v", ValueTypes.BINARY, length, cells.cell(false, header));
    Hive hive = new Hive(cells, root);
    List<HiveGap> gaps = new ArrayList<>();

    ValueData read = hive.data(hive.value(value, SampleHives::fail).orElseThrow(), gaps::add);

    assertThat(read.missing()).isEqualTo(ValueReader.SEGMENT);
    assertThat(read.bytes()).startsWith(7, 7).endsWith(0, 9, 9, 9).hasSize(length);
    assertThat(gaps).hasSize(1);
  }

  @Test
  void classNameIsRead() throws Exception {
    int name = cells.cell(false, "Shell".getBytes(StandardCharsets.UTF_16LE));
    int key = cells.key(false, root, "k");
    cells.put(key, 48, name).put(key, 72, 1 | 10 << 16);
    Hive hive = new Hive(cells, root);

    KeyNode node = hive.key(key, SampleHives::fail).orElseThrow();

    assertThat(hive.className(node, SampleHives::fail)).contains("Shell");
  }
}
