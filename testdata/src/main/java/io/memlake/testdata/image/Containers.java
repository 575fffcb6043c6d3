package io.memlake.testdata.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;

/** One machine in every container that there is a writer for. */
public final class Containers {
  /** 4 MiB of frames, as AVML cuts its blocks when memory is scarce. */
  private static final int AVML_FRAMES = 1024;

  private static final int SEGMENT = 5_000_000;
  private static final int MEMBER = 8 << 20;

  private Containers() {}

  /** Writes one file, and what belongs beside it. */
  @FunctionalInterface
  private interface Writer {
    void write(Path file) throws IOException;
  }

  /**
   * Writes the machine in every container, each in a folder of its own.
   *
   * @param header what crash dumps tell about the machine
   * @return the file to open, by the name of the container
   */
  public static Map<String, Path> write(
      FrameSource frames, CrashDumpWriter.Machine header, Path folder) throws IOException {
    Map<String, Path> written = new LinkedHashMap<>();
    for (Map.Entry<String, Writer> writer : writers(frames, header).entrySet()) {
      int dot = writer.getKey().indexOf('.');
      Path file =
          Files.createDirectories(folder.resolve(writer.getKey().substring(0, dot)))
              .resolve("memory" + writer.getKey().substring(dot));
      writer.getValue().write(file);
      written.put(writer.getKey().substring(0, dot), file);
    }
    return written;
  }

  /** Name and ending, with what writes it. */
  private static Map<String, Writer> writers(FrameSource frames, CrashDumpWriter.Machine header) {
    Map<String, Writer> all = new LinkedHashMap<>();
    all.put("raw.raw", file -> RawWriter.writePadded(frames, file));
    all.put("split.001", file -> split(frames, file));
    all.put("gzip.raw.gz", file -> Files.write(file, gzip(raw(frames, file))));
    all.put(
        "zstd.raw.zst",
        file -> Files.write(file, ZstdWriter.pack(raw(frames, file), MEMBER, true)));
    all.put(
        "zstdsingle.raw.zst",
        file -> Files.write(file, ZstdWriter.pack(raw(frames, file), Integer.MAX_VALUE, false)));
    all.put("hpakplain.hpak", file -> HpakWriter.write(frames, false, file));
    all.put("dump1.dmp", file -> CrashDumpWriter.write(frames, header, file));
    for (int type : List.of(2, 5, 6)) {
      all.put(
          "dump" + type + ".dmp", file -> CrashDumpWriter.writeBitmap(frames, header, type, file));
    }
    for (int type : List.of(8, 9, 10)) {
      all.put(
          "dump" + type + ".dmp", file -> CrashDumpWriter.writeRanges(frames, header, type, file));
    }
    all.put(
        "elf.elf",
        file -> ElfCoreWriter.write64(frames, List.of(header.directoryTableBase()), false, file));
    all.put("kdump.kdump", file -> KdumpWriter.write(frames, KdumpWriter.Codec.ZLIB, file));
    all.put("kdumpraw.kdump", file -> KdumpWriter.write(frames, KdumpWriter.Codec.NONE, file));
    all.put("kdumpsnappy.kdump", file -> KdumpWriter.write(frames, KdumpWriter.Codec.SNAPPY, file));
    all.put("kdumplzo.kdump", file -> KdumpWriter.write(frames, KdumpWriter.Codec.LZO, file));
    all.put(
        "kdumpflat.kdump",
        file -> KdumpWriter.writeFlattened(frames, KdumpWriter.Codec.SNAPPY, file));
    all.put("vmss.vmem", file -> vmware(frames, header, 3, "memory.vmss", file));
    all.put("vmsn.vmem", file -> vmware(frames, header, 2, "memory.vmsn", file));
    all.put(
        "vmsninline.vmsn",
        file -> VmwareWriter.writeState(frames, 1, true, true, header.directoryTableBase(), file));
    all.put("hyperv.vmrs", file -> HyperVWriter.write(frames, false, file));
    all.put("savevm.save", file -> SavevmWriter.write(frames, file));
    all.put("libvirt.save", file -> SavevmWriter.writeLibvirt(frames, file));
    all.put("lime.lime", file -> LimeWriter.write(frames, file));
    all.put("avml.avml", file -> AvmlWriter.write(frames, AVML_FRAMES, file));
    for (Aff4Writer.Generation generation : Aff4Writer.Generation.values()) {
      String name = "aff4" + generation.name().toLowerCase(Locale.ROOT).replace("_", "");
      all.put(name + ".aff4", file -> Aff4Writer.write(frames, generation, file));
    }
    all.put("ewf.E01", file -> EwfWriter.write(frames, file));
    all.put("hpak.hpak", file -> HpakWriter.write(frames, true, file));
    all.put(
        "hiber.sys",
        file -> HibernationWriter.write(frames, 0x3E0, HibernationWriter.Codec.HUFFMAN, file));
    all.put(
        "hiber11.sys",
        file -> HibernationWriter.write(frames, 0x4D8, HibernationWriter.Codec.XPRESS, file));
    all.put(
        "hiber7.sys",
        file -> OldHibernationWriter.write(frames, OldHibernationWriter.Kind.SEVEN_64, 700, file));
    return all;
  }

  private static byte[] raw(FrameSource frames, Path beside) throws IOException {
    Path raw = beside.resolveSibling("plain");
    RawWriter.writePadded(frames, raw);
    byte[] bytes = Files.readAllBytes(raw);
    Files.delete(raw);
    return bytes;
  }

  private static void vmware(
      FrameSource frames, CrashDumpWriter.Machine header, int version, String state, Path memory)
      throws IOException {
    RawWriter.writeUnpadded(frames, memory);
    VmwareWriter.writeState(
        frames, version, true, false, header.directoryTableBase(), memory.resolveSibling(state));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    return GzipWriter.compress(plain, 1, Deflater.DEFAULT_STRATEGY, Integer.MAX_VALUE, true);
  }

  private static void split(FrameSource frames, Path first) throws IOException {
    byte[] plain = raw(frames, first);
    int number = 1;
    for (int at = 0; at < plain.length; at += SEGMENT) {
      String name = String.format(Locale.ROOT, "memory.%03d", number++);
      Files.write(
          first.resolveSibling(name),
          Arrays.copyOfRange(plain, at, Math.min(plain.length, at + SEGMENT)));
    }
  }
}
