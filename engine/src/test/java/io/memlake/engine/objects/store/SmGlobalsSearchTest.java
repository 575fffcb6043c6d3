package io.memlake.engine.objects.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.SymbolTableBuilder;
import io.memlake.testdata.store.StoreFormat;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmGlobalsSearchTest {
  private static final int CODE = 0x10000;
  private static final int CODE_SIZE = 0x30000;

  @Test
  void theSymbolIsFoundUnderItsDecoratedName() {
    SymbolTable symbols =
        new SymbolTableBuilder("x", new PdbId("ntkrnlmp.pdb", "AB", 1), 8)
            .addSymbol("?SmGlobals@@3U_SM_GLOBALS@@A", 0x1000)
            .build();
    assertThat(SmGlobalsSearch.bySymbol(0xFFFF_F800_4000_0000L, symbols))
        .containsExactly(new SmGlobals(0xFFFF_F800_4000_1000L, "symbol"));
  }

  @Test
  void codeThatLoadsTheAddressIsFoundAcrossWindows() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_17763, 20, 3);
    long base = machine.truth.smGlobals() - 0x1000;
    kernelImage(machine.kernel, base, ".data");
    for (int at : new int[] {CODE + 0x123, CODE + 0x10000 - 9}) {
      SparseMemory kernel = machine.kernel;
      byte[] code = HexFormat.of().parseHex("4c8b02488d0000000000488d1500000000e8000000008b");
      int distance = 0x1000 - (at + 17);
      for (int i = 0; i < 4; i++) {
        code[13 + i] = (byte) (distance >>> (8 * i));
      }
      kernel.write(base + CODE, new byte[CODE_SIZE]);
      kernel.write(base + at, code);
      assertThat(SmGlobalsSearch.byPattern(kernel, base))
          .startsWith(new SmGlobals(machine.truth.smGlobals(), "code pattern"));
    }
  }

  @Test
  void codeOf32BitKernelsIsFoundInBothForms() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_18362_X86, 20, 3);
    long base = machine.truth.smGlobals() - 0x1000;
    kernelImage(machine.kernel, base, ".data");
    for (String form : List.of("8bd1b900100081e800000000eb", "8bd1b900100081e80000000011eb")) {
      machine.kernel.write(base + CODE, new byte[CODE_SIZE]);
      machine.kernel.write(base + CODE + 0x77, HexFormat.of().parseHex(form));
      assertThat(SmGlobalsSearch.byPattern(machine.kernel, base))
          .startsWith(new SmGlobals(machine.truth.smGlobals(), "code pattern"));
    }
  }

  @ParameterizedTest
  @EnumSource(StoreFormat.class)
  void withoutSymbolsAndCodeTheDataLeadToEveryBuildsStore(StoreFormat format) throws IOException {
    SyntheticStore machine = SyntheticStore.of(format, 60, 3);
    long base = machine.truth.smGlobals() - 0x1000;
    kernelImage(machine.kernel, base, "CACHEALI");
    StoreChoice choice =
        StoreSelection.discover(
                machine.kernel, base, machine.memCompression, format.ntBuild(), Optional.empty())
            .choice()
            .orElseThrow();
    assertThat(choice.source()).isEqualTo("data pattern");
    assertThat(choice.manager()).isEqualTo(machine.truth.manager());
    assertThat(choice.expected()).isTrue();
    assertThat(choice.trial().rate()).isEqualTo(1.0);
  }

  @Test
  void aKernelWithoutHeaderGivesNoCandidates() throws IOException {
    SparseMemory memory = new SparseMemory(8);
    assertThat(SmGlobalsSearch.byPattern(memory, 0xFFFF_F800_4000_0000L)).isEmpty();
    memory.write(0xFFFF_F800_4000_0000L, new byte[] {'M', 'Z'});
    assertThat(SmGlobalsSearch.byPattern(memory, 0xFFFF_F800_4000_0000L)).isEmpty();
  }

  /** A header with a data section around {@code SmGlobals} and a section of code. */
  private static void kernelImage(SparseMemory kernel, long base, String dataName) {
    boolean wide = kernel.pointerSize() == 8;
    int pe = 0x80;
    int optionalSize = 0xF0;
    kernel.write(base, new byte[4096]);
    kernel.number(base, 2, 0x5A4D);
    kernel.number(base + 0x3C, 4, pe);
    kernel.number(base + pe, 4, 0x4550);
    kernel.number(base + pe + 6, 2, 2);
    kernel.number(base + pe + 20, 2, optionalSize);
    kernel.number(base + pe + 24, 2, wide ? 0x20B : 0x10B);
    kernel.number(base + pe + 24 + 56, 4, 0x100000);
    section(kernel, base + pe + 24 + optionalSize, dataName, 0x1000, 0x1000, 0xC000_0040L);
    section(kernel, base + pe + 24 + optionalSize + 40, ".text", CODE, CODE_SIZE, 0x6000_0020L);
  }

  private static void section(
      SparseMemory kernel, long at, String name, int offset, int size, long flags) {
    for (int i = 0; i < name.length(); i++) {
      kernel.number(at + i, 1, name.charAt(i));
    }
    kernel.number(at + 8, 4, size);
    kernel.number(at + 12, 4, offset);
    kernel.number(at + 36, 4, flags);
  }
}
