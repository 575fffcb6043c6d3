package io.memlake.engine.artifacts.secret;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import java.util.Optional;

/** The name in the value V of an account: offset at 12, length at 16, counted from 0xCC. */
final class SamNames {
  private static final int HEADER = 0xCC;

  private SamNames() {}

  static Optional<String> userName(byte[] v) {
    if (v.length < HEADER) {
      return Optional.empty();
    }
    long at = HEADER + LittleEndian.u32(v, 12);
    long length = LittleEndian.u32(v, 16);
    return length == 0 || at + length > v.length
        ? Optional.empty()
        : Optional.of(Utf16.text(v, (int) at, (int) length));
  }
}
