package io.memlake.engine.extract.minidump;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.extract.ExtractReport;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.objects.pagedout.PageSource;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.process.HandleSpec;
import io.memlake.testdata.process.Protection;
import io.memlake.testdata.truth.HandleTruth;
import io.memlake.testdata.truth.ModuleTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.ThreadTruth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A minidump holds what the process had; read here by the format's description alone. */
class MinidumpExtractTest {
  private static final byte[] SECRET =
      "a secret of the process".getBytes(StandardCharsets.US_ASCII);
  private static final int PAGE = 4096;

  static SyntheticMachine machine(int build) {
    return SyntheticMachine.windows(build)
        .seed(9)
        .standardProcesses()
        .process(
            "victim.exe",
            p ->
                p.parent("explorer.exe")
                    .threads(3)
                    .privateRegion(0x5000, Protection.EXECUTE_READ_WRITE, SECRET)
                    .handles(
                        HandleSpec.file("C:\\Users\\alice\\note.txt"),
                        HandleSpec.process("lsass.exe", 0x1410)))
        .build();
  }

  private static Dump dump(SyntheticMachine machine, ProcessTruth truth) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExtractReport report = write(machine, truth, out);
    return new Dump(ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN), report);
  }

  static ExtractReport write(SyntheticMachine machine, ProcessTruth truth, OutputStream out)
      throws IOException {
    LocalEvidence evidence = new LocalEvidence();
    MachineDescription description =
        MachineDiscovery.discover(
            new SyntheticImage(machine),
            evidence,
            SampleMachines.embeddedSymbols(),
            DiscoverySettings.DEFAULT);
    try (PagedOutMachine opened =
        PagedOutMachine.open(
            description, PagedOutDescription.NONE, evidence, SampleMachines.embeddedSymbols())) {
      Eprocess process =
          Eprocess.read(
                  opened.machine(),
                  EprocessLayout.resolve(opened.machine().symbols()),
                  truth.eprocess())
              .orElseThrow();
      return MinidumpExtract.of(opened).write(process, out);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 14393, 19041, 22000})
  void modulesThreadsAndHandlesAreThoseOfTheProcess(int build) throws IOException {
    SyntheticMachine machine = machine(build);
    ProcessTruth truth = machine.truth().process("victim.exe");
    Dump dump = dump(machine, truth);
    assertThat(dump.modules())
        .containsExactlyElementsOf(
            truth.modules().stream().map(MinidumpExtractTest::line).toList());
    assertThat(dump.threads())
        .containsExactlyElementsOf(
            truth.threads().stream().map(MinidumpExtractTest::line).toList());
    assertThat(dump.handles())
        .containsExactlyElementsOf(
            truth.handles().stream().map(MinidumpExtractTest::line).toList());
    assertThat(dump.system()).isEqualTo("9 " + build);
    assertThat(dump.pid()).isEqualTo(truth.pid());
  }

  private static String line(ModuleTruth module) {
    return Long.toHexString(module.base()) + " " + module.size() + " " + module.path();
  }

  private static String line(ThreadTruth thread) {
    return thread.tid() + " " + Long.toHexString(thread.teb());
  }

  private static String line(HandleTruth handle) {
    return handle.value() + " " + handle.type() + " " + handle.access() + " " + handle.name();
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 22000})
  void everyPageOfTheProcessIsInTheMemoryList(int build) throws IOException {
    SyntheticMachine machine = machine(build);
    ProcessTruth truth = machine.truth().process("victim.exe");
    Dump dump = dump(machine, truth);
    NavigableMap<Long, long[]> ranges = dump.memory();
    long stored = ranges.values().stream().mapToLong(range -> range[0]).sum();
    assertThat(stored).isEqualTo(dump.report.count(PageSource.FRAME) * PAGE);
    // What the file ends with is what the list says.
    assertThat(dump.baseOfMemory() + stored).isEqualTo(dump.bytes.capacity());
    byte[] bytes = new byte[dump.bytes.capacity()];
    dump.bytes.get(0, bytes);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .contains(new String(SECRET, StandardCharsets.ISO_8859_1));
    for (ModuleTruth module : truth.modules()) {
      Map.Entry<Long, long[]> range = ranges.floorEntry(module.base());
      int at = (int) (range.getValue()[1] + module.base() - range.getKey());
      assertThat(new String(bytes, at, 2, StandardCharsets.US_ASCII)).isEqualTo("MZ");
    }
    assertThat(dump.regions()).hasSameSizeAs(truth.vads());
  }

  /** Reads streams by their offsets in the format. */
  private static final class Dump {
    private final ByteBuffer bytes;
    private final ExtractReport report;
    private final Map<Integer, Integer> streams = new HashMap<>();

    Dump(ByteBuffer bytes, ExtractReport report) {
      this.bytes = bytes;
      this.report = report;
      assertThat(bytes.getInt(0)).isEqualTo(0x504D444D);
      assertThat(bytes.getShort(4) & 0xFFFF).isEqualTo(0xA793);
      for (int i = 0; i < bytes.getInt(8); i++) {
        int entry = bytes.getInt(12) + i * 12;
        streams.put(bytes.getInt(entry), bytes.getInt(entry + 8));
        assertThat(bytes.getInt(entry + 8) + bytes.getInt(entry + 4))
            .isLessThanOrEqualTo(bytes.capacity());
      }
    }

    String text(int at) {
      if (at == 0) {
        return "";
      }
      byte[] content = new byte[bytes.getInt(at)];
      bytes.get(at + 4, content);
      return new String(content, StandardCharsets.UTF_16LE);
    }

    List<String> modules() {
      int at = streams.get(4);
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < bytes.getInt(at); i++) {
        int entry = at + 4 + i * 108;
        lines.add(
            Long.toHexString(bytes.getLong(entry))
                + " "
                + bytes.getInt(entry + 8)
                + " "
                + text(bytes.getInt(entry + 20)));
        int record = bytes.getInt(entry + 80);
        assertThat(bytes.getInt(record)).isEqualTo(0x53445352);
      }
      return lines;
    }

    List<String> threads() {
      int at = streams.get(3);
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < bytes.getInt(at); i++) {
        int entry = at + 4 + i * 48;
        lines.add(bytes.getInt(entry) + " " + Long.toHexString(bytes.getLong(entry + 16)));
        assertThat(bytes.getInt(entry + 40)).isEqualTo(0x4D0);
        assertThat(bytes.getInt(bytes.getInt(entry + 44) + 0x30) & 0x100000).isNotZero();
      }
      return lines;
    }

    List<String> handles() {
      int at = streams.get(12);
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < bytes.getInt(at + 8); i++) {
        int entry = at + bytes.getInt(at) + i * bytes.getInt(at + 4);
        lines.add(
            bytes.getLong(entry)
                + " "
                + text(bytes.getInt(entry + 8))
                + " "
                + bytes.getInt(entry + 20)
                + " "
                + text(bytes.getInt(entry + 12)));
      }
      return lines;
    }

    String system() {
      int at = streams.get(7);
      return bytes.getShort(at) + " " + bytes.getInt(at + 16);
    }

    long pid() {
      return bytes.getInt(streams.get(15) + 8);
    }

    long baseOfMemory() {
      return bytes.getLong(streams.get(9) + 8);
    }

    /** Start of each range with its size and the offset of its bytes. */
    NavigableMap<Long, long[]> memory() {
      int at = streams.get(9);
      TreeMap<Long, long[]> ranges = new TreeMap<>();
      long offset = baseOfMemory();
      for (int i = 0; i < bytes.getLong(at); i++) {
        long start = bytes.getLong(at + 16 + i * 16);
        long size = bytes.getLong(at + 24 + i * 16);
        ranges.put(start, new long[] {size, offset});
        offset += size;
      }
      return ranges;
    }

    List<Long> regions() {
      int at = streams.get(16);
      List<Long> starts = new ArrayList<>();
      for (int i = 0; i < bytes.getLong(at + 8); i++) {
        starts.add(bytes.getLong(at + bytes.getInt(at) + i * bytes.getInt(at + 4)));
      }
      return starts;
    }
  }
}
