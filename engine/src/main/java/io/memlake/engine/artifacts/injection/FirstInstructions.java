package io.memlake.engine.artifacts.injection;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.code.Disassembler;
import io.memlake.schemas.row.InjectionRow;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;

/**
 * Puts the first instructions into findings of one process. Compilers at run time make thousands of
 * ranges with code: their first ones must do.
 */
final class FirstInstructions {
  private static final int MAXIMUM_FINDINGS = 16;
  private static final int MAXIMUM_INSTRUCTIONS = 16;

  private int told;

  /** Tells the instructions of the first bytes of {@code row}, unless they are those of a file. */
  void into(InjectionRow row, int bits) {
    ByteBuffer first = row.getFirstBytes();
    if (first == null
        || told >= MAXIMUM_FINDINGS
        || row.getReason().equals("pe_header_without_mz")
        || Boolean.TRUE.equals(row.getHasMz())) {
      return;
    }
    byte[] code = new byte[first.remaining()];
    first.duplicate().get(code);
    String text =
        Disassembler.ofThread()
            .instructions(code, row.getAddress(), bits, MAXIMUM_INSTRUCTIONS)
            .stream()
            .map(one -> Hex.address(one.address()) + ": " + one.text())
            .collect(Collectors.joining("\n"));
    if (!text.isEmpty()) {
      row.setFirstInstructions(text);
      told++;
    }
  }
}
