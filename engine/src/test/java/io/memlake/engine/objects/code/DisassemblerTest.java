package io.memlake.engine.objects.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisassemblerTest {
  private static final Path OBJDUMP = Path.of("/usr/bin/objdump");
  private static final Pattern LINE =
      Pattern.compile("^\\s*([0-9a-f]+):\\t[0-9a-f ]+\\t(.*)$", Pattern.MULTILINE);

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static List<String> text(String hex, int bits) {
    return Disassembler.ofThread().instructions(bytes(hex), 0x1000, bits, 100).stream()
        .map(Instruction::text)
        .toList();
  }

  @Test
  void instructionsReadAsIntelWritesThem() {
    assertThat(text("4883EC28E80100000048 8B05F0FFFFFFC3".replace(" ", ""), 64))
        .containsExactly("sub rsp,28h", "call 000000000000100Ah", "mov rax,[1000h]", "ret");
    assertThat(text("5589E58B4508C9C20400", 32))
        .containsExactly("push ebp", "mov ebp,esp", "mov eax,[ebp+8]", "leave", "ret 4");
  }

  @Test
  void theSameBytesAreOtherInstructionsInOtherModes() {
    assertThat(text("4831C0", 64)).containsExactly("xor rax,rax");
    assertThat(text("4831C0", 32)).containsExactly("dec eax", "xor eax,eax");
  }

  @Test
  void whatIsNoInstructionSaysSoAndWhatIsCutOffIsLeftOut() {
    assertThat(text("06C3", 64)).containsExactly("(bad)", "ret");
    assertThat(text("90E80102", 64)).containsExactly("nop");
  }

  @Test
  void noMoreIsToldThanIsWanted() {
    byte[] nops = new byte[4096];
    Arrays.fill(nops, (byte) 0x90);
    Disassembler disassembler = Disassembler.ofThread();
    assertThat(disassembler.instructions(nops, 0, 64, 16)).hasSize(16);
    assertThat(disassembler.instructions(nops, 0, 64, 9999))
        .hasSize(Disassembler.MAXIMUM_BYTES)
        .last()
        .isEqualTo(new Instruction(Disassembler.MAXIMUM_BYTES - 1, "nop"));
  }

  @Test
  void anyBytesGiveInstructionsThatFollowEachOther() {
    Random random = new Random(3);
    Disassembler disassembler = Disassembler.ofThread();
    for (int round = 0; round < 20; round++) {
      byte[] code = new byte[random.nextInt(64)];
      random.nextBytes(code);
      long last = -1;
      for (Instruction instruction :
          disassembler.instructions(
              code, 0xFFFF_8000_0000_0000L, random.nextBoolean() ? 64 : 32, 64)) {
        assertThat(instruction.text()).isNotBlank();
        long at = instruction.address() & 0xFFFF;
        assertThat(at).isGreaterThan(last).isLessThan(64);
        last = at;
      }
    }
  }

  @Test
  void realCodeIsDividedAsObjdumpDividesIt(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeThat(OBJDUMP).as("objdump of binutils is not installed").exists();
    byte[] program = Files.readAllBytes(Path.of("/bin/cat"));
    // Any stretch will do: both begin at its start.
    byte[] code = Arrays.copyOfRange(program, 0x3000, 0x3000 + Disassembler.MAXIMUM_BYTES);
    Path file = Files.write(folder.resolve("code"), code);
    Process objdump =
        new ProcessBuilder(
                OBJDUMP.toString(),
                "-D",
                "-w",
                "-b",
                "binary",
                "-m",
                "i386:x86-64",
                "-M",
                "intel",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(objdump.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(objdump.waitFor()).isZero();
    TreeMap<Long, String> expected = new TreeMap<>();
    Matcher line = LINE.matcher(output);
    while (line.find()) {
      expected.put(Long.parseLong(line.group(1), 16), line.group(2));
    }
    assertThat(expected).hasSizeGreaterThan(30);
    assumeThat(String.join(" ", expected.values())).doesNotContain("(bad)");
    List<Instruction> found = Disassembler.ofThread().instructions(code, 0, 64, 1000);
    for (Instruction instruction : found) {
      assertThat(expected).containsKey(instruction.address());
      String mnemonic = instruction.text().split(" ", 2)[0];
      if (mnemonic.equals("call") || mnemonic.equals("push") || mnemonic.equals("mov")) {
        assertThat(expected.get(instruction.address())).contains(mnemonic);
      }
    }
    assertThat(found).hasSizeGreaterThan(30);
  }
}
