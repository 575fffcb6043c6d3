package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A guest that booted its firmware under software emulation, dumped by QEMU in its own formats,
 * against the RAM that QEMU saved of it byte by byte.
 */
class QemuGuestTest {
  private static final int MEBIBYTES = 64;

  /** Between these the processor sees devices and copies of ROM, not RAM. */
  private static final long DEVICES = 0xA0;

  private static final long ABOVE_DEVICES = 0x100;

  @TempDir static Path folder;

  @BeforeAll
  static void bootAndDump() throws IOException, InterruptedException {
    ExternalTool.require("qemu-system-x86_64");
    // Loaded into the guest's RAM, so that pages of every kind are there.
    RawWriter.writePadded(PatternFrames.of(81, 0, 3000), folder.resolve("fill.bin"));
    Process qemu =
        new ProcessBuilder(
                "qemu-system-x86_64",
                "-M",
                "pc,accel=tcg",
                "-m",
                "" + MEBIBYTES,
                "-vga",
                "none",
                "-display",
                "none",
                "-nodefaults",
                "-qmp",
                "stdio",
                "-device",
                "loader,file=fill.bin,addr=0x1000000")
            .directory(folder.toFile())
            .redirectError(new File("/dev/null"))
            .start();
    try (Writer commands = qemu.outputWriter(StandardCharsets.UTF_8);
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(qemu.getInputStream(), StandardCharsets.UTF_8))) {
      send(commands, answers, "{\"execute\":\"qmp_capabilities\"}");
      Thread.sleep(1500);
      send(commands, answers, "{\"execute\":\"stop\"}");
      send(
          commands,
          answers,
          "{\"execute\":\"pmemsave\",\"arguments\":{\"val\":0,\"size\":"
              + ((long) MEBIBYTES << 20)
              + ",\"filename\":\"mem.raw\"}}");
      for (String format : new String[] {"elf", "kdump-zlib"}) {
        send(
            commands,
            answers,
            "{\"execute\":\"dump-guest-memory\",\"arguments\":{\"paging\":false,\"protocol\":"
                + "\"file:mem."
                + format
                + "\",\"format\":\""
                + format
                + "\"}}");
      }
      send(
          commands,
          answers,
          "{\"execute\":\"migrate\",\"arguments\":{\"uri\":\"exec:cat >mem.savevm\"}}");
      String state = "";
      for (int i = 0; i < 100 && !state.contains("completed"); i++) {
        Thread.sleep(100);
        state = send(commands, answers, "{\"execute\":\"query-migrate\"}");
      }
      send(commands, answers, "{\"execute\":\"quit\"}");
      assertThat(qemu.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      qemu.destroyForcibly();
    }
  }

  private static String send(Writer commands, BufferedReader answers, String command)
      throws IOException {
    commands.write(command + "\n");
    commands.flush();
    String answer = answers.readLine();
    while (answer != null && !answer.startsWith("{\"return\"")) {
      assertThat(answer).doesNotContain("\"error\"");
      answer = answers.readLine();
    }
    assertThat(answer).as(command).isNotNull();
    return answer;
  }

  /** Compares all frames with the saved RAM. */
  private void isTheGuest(String name, String format, String variant) throws IOException {
    ImageIndex index =
        ImageFormats.standard().index(folder.resolve(name).toString(), new LocalEvidence());
    assertThat(index.format()).isEqualTo(format);
    assertThat(index.variant()).matches(variant);
    assertThat(index.warnings()).isEmpty();
    byte[] expected = new byte[4096];
    byte[] found = new byte[4096];
    long seen = 0;
    try (RandomAccessFile ram = new RandomAccessFile(folder.resolve("mem.raw").toFile(), "r");
        PhysicalMemory memory = index.open(new LocalEvidence())) {
      for (long pfn = 0; pfn < (long) MEBIBYTES << 8; pfn++) {
        if (pfn >= DEVICES && pfn < ABOVE_DEVICES) {
          continue;
        }
        ram.seek(pfn << 12);
        ram.readFully(expected);
        assertThat(memory.read(pfn << 12, found, 0, 4096)).as("frame %d", pfn).isTrue();
        assertThat(found).as("frame %d", pfn).isEqualTo(expected);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(((long) MEBIBYTES << 8) - (ABOVE_DEVICES - DEVICES));
  }

  @Test
  void theElfCoreIsTheGuestsRam() throws IOException {
    isTheGuest("mem.elf", "elfcore", "QEMU, 64-bit");
  }

  @Test
  void theFlattenedKdumpIsTheGuestsRam() throws IOException {
    isTheGuest("mem.kdump-zlib", "kdump", "flattened");
  }

  @Test
  void theKdumpThatMakedumpfileRearrangedIsTheGuestsRam() throws IOException {
    ExternalTool.run(folder, "sh", "-c", "makedumpfile -R mem.plain <mem.kdump-zlib");
    isTheGuest("mem.plain", "kdump", "");
  }

  @Test
  void theSavedGuestIsTheGuestsRam() throws IOException {
    isTheGuest("mem.savevm", "savevm", "pc-i440fx-.+");
  }
}
