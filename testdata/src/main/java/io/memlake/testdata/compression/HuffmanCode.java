package io.memlake.testdata.compression;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A canonical code of 512 symbols with lengths of at most 15 bits that wastes no code word. */
final class HuffmanCode {
  static final int SYMBOLS = 512;
  private static final int MAX_LENGTH = 15;

  private final int[] lengths;
  private final int[] codes = new int[SYMBOLS];

  private HuffmanCode(int[] lengths) {
    this.lengths = lengths;
    int code = 0;
    for (int length = 1; length <= MAX_LENGTH; length++) {
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        if (lengths[symbol] == length) {
          codes[symbol] = code++;
        }
      }
      code <<= 1;
    }
  }

  private record Node(long weight, int order, int symbol, Node left, Node right) {}

  /** Short codes for what is frequent in {@code counts}. */
  static HuffmanCode of(int[] counts) {
    int[] weights = counts.clone();
    // A code needs two words; the second goes to a symbol that never appears.
    for (int symbol = 0; used(weights) < 2; symbol++) {
      weights[symbol] = Math.max(weights[symbol], 1);
    }
    while (true) {
      int[] lengths = new int[SYMBOLS];
      int longest = assign(tree(weights), 0, lengths);
      if (longest <= MAX_LENGTH) {
        return new HuffmanCode(lengths);
      }
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        weights[symbol] = (weights[symbol] + 1) / 2;
      }
    }
  }

  int length(int symbol) {
    return lengths[symbol];
  }

  int bits(int symbol) {
    return codes[symbol];
  }

  private static int used(int[] weights) {
    int used = 0;
    for (int weight : weights) {
      used += weight > 0 ? 1 : 0;
    }
    return used;
  }

  private static Node tree(int[] weights) {
    PriorityQueue<Node> queue =
        new PriorityQueue<>(Comparator.comparingLong(Node::weight).thenComparingInt(Node::order));
    int order = 0;
    for (int symbol = 0; symbol < SYMBOLS; symbol++) {
      if (weights[symbol] > 0) {
        queue.add(new Node(weights[symbol], order++, symbol, null, null));
      }
    }
    while (queue.size() > 1) {
      Node left = queue.remove();
      Node right = queue.remove();
      queue.add(new Node(left.weight() + right.weight(), order++, -1, left, right));
    }
    return queue.remove();
  }

  private static int assign(Node node, int depth, int[] lengths) {
    if (node.symbol() >= 0) {
      lengths[node.symbol()] = depth;
      return depth;
    }
    return Math.max(
        assign(node.left(), depth + 1, lengths), assign(node.right(), depth + 1, lengths));
  }
}
