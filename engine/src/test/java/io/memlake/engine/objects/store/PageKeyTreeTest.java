package io.memlake.engine.objects.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageKeyTreeTest {
  private static final long ROOT = 0xFFFF_A000_0000_1000L;
  private final SparseMemory memory = new SparseMemory(8);

  @Test
  void everyKeyOfEveryFullnessOfALeafIsFound() throws IOException {
    for (int count = 1; count <= 510; count++) {
      SparseMemory leaf = new SparseMemory(8);
      leaf(leaf, ROOT, count, 10);
      PageKeyTree tree = tree(leaf, ROOT);
      for (int i = 0; i < count; i++) {
        assertThat(tree.find(10 + 2L * i)).isEqualTo(1000 + i);
      }
      assertThat(tree.find(9)).isEqualTo(PageKeyTree.NOT_FOUND);
      assertThat(tree.find(11)).isEqualTo(PageKeyTree.NOT_FOUND);
      assertThat(tree.find(10 + 2L * count)).isEqualTo(PageKeyTree.NOT_FOUND);
    }
  }

  @Test
  void keysAreUnsignedAndZeroIsAValue() throws IOException {
    node(memory, ROOT, 2, true);
    memory.number(ROOT + 16, 4, 0);
    memory.number(ROOT + 20, 4, 0);
    memory.number(ROOT + 24, 4, 0xF000_0000L);
    memory.number(ROOT + 28, 4, 0xFFFF_FFFFL);
    assertThat(tree(memory, ROOT).find(0)).isZero();
    assertThat(tree(memory, ROOT).find(0xF000_0000L)).isEqualTo(0xFFFF_FFFFL);
  }

  @Test
  void keysBelowTheFirstAreInTheLeftmostChild() throws IOException {
    long left = ROOT + 0x1000;
    long right = ROOT + 0x2000;
    node(memory, ROOT, 1, false);
    memory.number(ROOT + 8, 8, left);
    memory.number(ROOT + 16, 4, 100);
    memory.number(ROOT + 24, 8, right);
    leaf(memory, left, 3, 10);
    leaf(memory, right, 3, 100);
    PageKeyTree tree = tree(memory, ROOT);
    assertThat(tree.find(12)).isEqualTo(1001);
    assertThat(tree.find(100)).isEqualTo(1000);
    assertThat(tree.find(104)).isEqualTo(1002);
    assertThat(tree.find(50)).isEqualTo(PageKeyTree.NOT_FOUND);
    List<Long> keys = new ArrayList<>();
    TreeGaps gaps = tree.walk((key, value) -> keys.add(key));
    assertThat(keys).containsExactly(10L, 12L, 14L, 100L, 102L, 104L);
    assertThat(gaps).isEqualTo(new TreeGaps(6, 3, 0, 0));
  }

  @Test
  void anEmptyLeafHasNoKeys() throws IOException {
    node(memory, ROOT, 0, true);
    assertThat(tree(memory, ROOT).find(1)).isEqualTo(PageKeyTree.NOT_FOUND);
  }

  @Test
  void pagesThatCannotBeNodesAreDamage() throws IOException {
    assertThat(tree(memory, ROOT).find(1)).isEqualTo(PageKeyTree.DAMAGED);
    memory.write(ROOT, new byte[4096]);
    assertThat(tree(memory, ROOT).find(1)).isEqualTo(PageKeyTree.DAMAGED);
    node(memory, ROOT, 511, true);
    assertThat(tree(memory, ROOT).find(1)).isEqualTo(PageKeyTree.DAMAGED);
    leaf(memory, ROOT, 3, 10);
    memory.number(ROOT + 24, 4, 5);
    assertThat(tree(memory, ROOT).find(10)).isEqualTo(PageKeyTree.DAMAGED);
    assertThat(tree(memory, ROOT + 8).find(10)).isEqualTo(PageKeyTree.DAMAGED);
    assertThat(tree(memory, 0x1000).find(10)).isEqualTo(PageKeyTree.DAMAGED);
  }

  @Test
  void aSearchInACycleEnds() throws IOException {
    node(memory, ROOT, 1, false);
    memory.number(ROOT + 8, 8, ROOT);
    memory.number(ROOT + 16, 4, 100);
    memory.number(ROOT + 24, 8, ROOT);
    assertThat(tree(memory, ROOT).find(5)).isEqualTo(PageKeyTree.DAMAGED);
    assertThat(tree(memory, ROOT).find(500)).isEqualTo(PageKeyTree.DAMAGED);
    assertThat(tree(memory, ROOT).walk((key, value) -> true)).isEqualTo(new TreeGaps(0, 1, 0, 2));
  }

  private static PageKeyTree tree(SparseMemory memory, long root) {
    return new PageKeyTree(new TreeNodes(new KernelPointers(memory, 8)), root);
  }

  private static void leaf(SparseMemory memory, long address, int count, long firstKey) {
    node(memory, address, count, true);
    for (int i = 0; i < count; i++) {
      memory.number(address + 16 + 8L * i, 4, firstKey + 2L * i);
      memory.number(address + 20 + 8L * i, 4, 1000 + i);
    }
  }

  private static void node(SparseMemory memory, long address, int count, boolean leaf) {
    memory.write(address, new byte[4096]);
    memory.number(address, 2, count);
    memory.number(address + 3, 1, leaf ? 1 : 0);
  }
}
