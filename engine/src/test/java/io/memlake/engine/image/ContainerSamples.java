package io.memlake.engine.image;

import io.memlake.testdata.image.Aff4Writer;
import io.memlake.testdata.image.Containers;
import io.memlake.testdata.image.CrashDumpWriter;
import io.memlake.testdata.image.ElfCoreWriter;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.HibernationWriter;
import io.memlake.testdata.image.HyperVWriter;
import io.memlake.testdata.image.OldHibernationWriter;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.image.VmwareWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** The same small machine in every container and in every variant that has a writer. */
final class ContainerSamples {
  private static final CrashDumpWriter.Machine MACHINE =
      new CrashDumpWriter.Machine(0x1000, 0, 0, 0, 0, 19041, 2, 132_583_462_420_000_000L);
  private static final int SEGMENT = 40_000;

  /**
   * One container.
   *
   * @param name of the container and its variant
   * @param main the file that a user names
   * @param files all files of the container by name
   */
  record Sample(String name, String main, Map<String, byte[]> files) {

    /** The files, in the heap. */
    MemoryEvidence evidence() {
      MemoryEvidence evidence = new MemoryEvidence();
      files.forEach(evidence::put);
      return evidence;
    }
  }

  private ContainerSamples() {}

  /** Writes {@code frames} in all of them; {@code folder} holds the files meanwhile. */
  static List<Sample> of(FrameSource frames, Path folder) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Map.Entry<String, Path> file : Containers.write(frames, MACHINE, folder).entrySet()) {
      if (!file.getKey().equals("split")) {
        samples.add(sample(file.getKey(), file.getValue()));
      }
    }
    samples.add(split(frames, folder));
    samples.add(xz(frames, folder));
    for (boolean pae : new boolean[] {false, true}) {
      for (int type : new int[] {1, 5}) {
        Path file = file(folder, "narrow" + type + (pae ? "pae" : ""), "memory.dmp");
        CrashDumpWriter.write32(frames, MACHINE, pae, type, file);
        samples.add(sample(file.getParent().getFileName().toString(), file));
      }
    }
    Path narrow = file(folder, "elf32", "memory.elf");
    ElfCoreWriter.write32(frames, narrow);
    samples.add(sample("elf32", narrow));
    Path extended = file(folder, "elfextended", "memory.elf");
    ElfCoreWriter.write64(frames, List.of(0x1000L), true, extended);
    samples.add(sample("elfextended", extended));
    for (int version : new int[] {0, 1}) {
      Path memory = file(folder, "vmss" + version, "memory.vmem");
      RawWriter.writeUnpadded(frames, memory);
      VmwareWriter.writeState(
          frames, version, true, false, 0x1000, memory.resolveSibling("memory.vmss"));
      samples.add(sample("vmss" + version, memory));
    }
    Path sparse = file(folder, "hypervskips", "memory.vmrs");
    HyperVWriter.write(frames, true, sparse);
    samples.add(sample("hypervskips", sparse));
    hibernation(frames, folder, samples);
    Path first = file(folder, "striped", "memory-1.aff4");
    Aff4Writer.write(
        frames,
        Aff4Writer.Generation.STANDARD,
        first,
        first.resolveSibling("memory-2.aff4"),
        first.resolveSibling("memory-3.aff4"));
    samples.add(sample("striped", first));
    Path paged = file(folder, "pagefile", "memory.aff4");
    Aff4Writer.writeWithPageFiles(frames, Map.of("C:/pagefile.sys", new byte[70_000]), paged);
    samples.add(sample("pagefile", paged));
    return samples;
  }

  private static void hibernation(FrameSource frames, Path folder, List<Sample> samples)
      throws IOException {
    for (HibernationWriter.Codec codec :
        List.of(
            HibernationWriter.Codec.XPRESS,
            HibernationWriter.Codec.LZ4,
            HibernationWriter.Codec.HUFFMAN_AS_METHOD_1)) {
      String name = "hiber" + codec.name().toLowerCase(Locale.ROOT).replace("_", "");
      Path file = file(folder, name, "hiberfil.sys");
      HibernationWriter.write(frames, 0x3E0, codec, file);
      samples.add(sample(name, file));
    }
    for (OldHibernationWriter.Kind kind : OldHibernationWriter.Kind.values()) {
      String name = "hiber" + kind.name().toLowerCase(Locale.ROOT).replace("_", "");
      Path file = file(folder, name, "hiberfil.sys");
      OldHibernationWriter.write(frames, kind, 5, file);
      samples.add(sample(name, file));
    }
  }

  private static byte[] raw(FrameSource frames, Path beside) throws IOException {
    Path raw = beside.resolveSibling("plain");
    RawWriter.writePadded(frames, raw);
    byte[] bytes = Files.readAllBytes(raw);
    Files.delete(raw);
    return bytes;
  }

  private static Sample split(FrameSource frames, Path folder) throws IOException {
    Path first = file(folder, "splitsmall", "memory.001");
    byte[] plain = raw(frames, first);
    for (int at = 0; at < plain.length; at += SEGMENT) {
      Files.write(
          first.resolveSibling(String.format(Locale.ROOT, "memory.%03d", at / SEGMENT + 1)),
          Arrays.copyOfRange(plain, at, Math.min(plain.length, at + SEGMENT)));
    }
    return sample("split", first);
  }

  private static Sample xz(FrameSource frames, Path folder) throws IOException {
    Path file = file(folder, "xz", "memory.raw.xz");
    byte[] plain = raw(frames, file);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (XZOutputStream xz = new XZOutputStream(packed, new LZMA2Options(1))) {
      for (int at = 0; at < plain.length; at += SEGMENT) {
        xz.write(plain, at, Math.min(SEGMENT, plain.length - at));
        xz.endBlock();
      }
    }
    return sample("xz", Files.write(file, packed.toByteArray()));
  }

  private static Path file(Path folder, String name, String file) throws IOException {
    return Files.createDirectories(folder.resolve(name)).resolve(file);
  }

  private static Sample sample(String name, Path main) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> beside = Files.list(main.getParent())) {
      for (Path file : beside.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return new Sample(name, main.getFileName().toString(), files);
  }
}
