package io.memlake.engine.objects.filerecord;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names that are left in bytes which nothing refers to any more. */
final class SlackNames {
  private static final int ALIGNMENT = 8;

  private SlackNames() {}

  /** All plausible names between two places, in their order. */
  static List<FileName> find(byte[] bytes, int from, int to) {
    List<FileName> names = new ArrayList<>();
    for (int at = (from + ALIGNMENT - 1) & -ALIGNMENT; at < to; at += ALIGNMENT) {
      Optional<FileName> name = FileName.parse(bytes, at, to);
      name.filter(FileName::plausible).ifPresent(names::add);
    }
    return List.copyOf(names);
  }
}
