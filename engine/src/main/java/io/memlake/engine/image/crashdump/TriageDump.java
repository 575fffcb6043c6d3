package io.memlake.engine.image.crashdump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.FramelessIndex;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.extent.StoredFile;
import io.memlake.engine.image.virtual.VirtualBlock;
import io.memlake.engine.image.virtual.VirtualMemoryIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Type 4, the small kernel dump: no frames, but blocks of kernel virtual memory around the crash, a
 * decoded {@code KDDEBUGGER_DATA64}, and the list of drivers.
 *
 * <pre>
 * 2000  TRIAGE_DUMP64: u32 offsets in the file, among them
 * 2008  ValidOffset, to "TRGD"
 * 2030  DriverListOffset, 2034 DriverCount; 144 bytes each: u32 offset of the name, at 0x38 base,
 *       at 0x48 size
 * 2070  DebuggerDataOffset, 2074 its size
 * 2078  DataBlocksOffset, 207C DataBlocksCount; {u64 address, u32 offset, u32 size} each
 * </pre>
 *
 * @param dump header facts and warnings; has no runs
 * @param memory the blocks
 * @param drivers as the dump lists them
 */
record TriageDump(ExtentIndex dump, VirtualMemoryIndex memory, List<LoadedDriver> drivers)
    implements FramelessIndex {
  private static final long serialVersionUID = 1L;

  private static final int POSITION = 0x2000;
  private static final int SIZE = 0x80;
  private static final int BLOCK = 16;
  private static final int DRIVER = 144;

  /** Windows stores a few thousand blocks; the file itself bounds the count further. */
  private static final int MAX_BLOCKS = 1 << 20;

  /** A system has a few hundred drivers. */
  private static final int MAX_DRIVERS = 10_000;

  /** Characters of a driver's name; longer than any path that Windows loads from. */
  private static final int MAX_NAME = 1024;

  static TriageDump read(ByteSource file, DumpHeader header) throws IOException {
    byte[] triage = ContainerBytes.read(file, POSITION, SIZE, "the triage header");
    requireMark(file, triage);
    List<String> warnings = new ArrayList<>();
    Map<String, String> facts = new TreeMap<>(header.hints().values());
    Optional<VirtualBlock> debuggerData = debuggerData(file, triage, header, warnings);
    if (debuggerData.isPresent()) {
      long offset = debuggerData.get().fileOffset();
      byte[] base = ContainerBytes.read(file, offset + 0x18, 8, "the debugger data");
      facts.put("kernel_base", Hex.address(LittleEndian.i64(base, 0)));
    }
    List<LoadedDriver> drivers = drivers(file, triage, warnings);
    facts.put("drivers", Integer.toString(drivers.size()));
    List<VirtualBlock> blocks = blocks(file, triage, warnings);
    debuggerData.ifPresent(blocks::add);
    VirtualMemoryIndex memory = VirtualMemoryIndex.of(file.name(), blocks);
    ExtentIndex dump =
        new ExtentIndex(
            CrashDumpFormat.NAME,
            "triage, 64-bit",
            file.name(),
            List.of(StoredFile.of(file)),
            ExtentTableBuilder.over(StoredFile.of(file), file.name()).build(),
            ImageHints.of(facts),
            warnings);
    return new TriageDump(dump, memory, drivers);
  }

  private static void requireMark(ByteSource file, byte[] triage) throws IOException {
    long valid = LittleEndian.u32(triage, 8);
    byte[] mark = ContainerBytes.read(file, valid, 4, "the end mark of the triage dump");
    if (!ContainerBytes.holds(mark, 0, "TRGD")) {
      throw new CorruptImageException(
          file.name(), valid, "no TRGD mark: the dump was not written to its end");
    }
  }

  /** The decoded block, which belongs at the address that the header gives for it. */
  private static Optional<VirtualBlock> debuggerData(
      ByteSource file, byte[] triage, DumpHeader header, List<String> warnings) throws IOException {
    long offset = LittleEndian.u32(triage, 0x70);
    long size = LittleEndian.u32(triage, 0x74);
    byte[] block = ContainerBytes.readUpTo(file, offset, 0x20);
    long address = header.hints().number(ImageHints.KDBG).orElse(0);
    if (size < 0x20
        || size > file.size() - offset
        || !ContainerBytes.holds(block, 0x10, "KDBG")
        || Long.compareUnsigned(address + size, address) <= 0) {
      warnings.add("The dump holds no debugger data at " + Hex.address(offset));
      return Optional.empty();
    }
    return Optional.of(new VirtualBlock(address, size, offset));
  }

  private static List<VirtualBlock> blocks(ByteSource file, byte[] triage, List<String> warnings)
      throws IOException {
    long offset = LittleEndian.u32(triage, 0x78);
    long count = LittleEndian.u32(triage, 0x7C);
    if (count > MAX_BLOCKS || offset + count * BLOCK > file.size()) {
      throw new CorruptImageException(
          file.name(), POSITION + 0x7C, count + " data blocks do not fit the file");
    }
    byte[] table = ContainerBytes.read(file, offset, (int) count * BLOCK, "the block table");
    List<VirtualBlock> blocks = new ArrayList<>();
    int cut = 0;
    for (int at = 0; at < table.length; at += BLOCK) {
      long address = LittleEndian.i64(table, at);
      long start = LittleEndian.u32(table, at + 8);
      long length = LittleEndian.u32(table, at + 12);
      long available = Math.min(length, file.size() - start);
      boolean wraps = Long.compareUnsigned(address + length - 1, address) < 0;
      if (available < length || wraps) {
        cut++;
      }
      if (available > 0 && !wraps) {
        blocks.add(new VirtualBlock(address, available, start));
      }
    }
    if (cut > 0) {
      warnings.add(cut + " of " + count + " data blocks lie outside the file");
    }
    return blocks;
  }

  private static List<LoadedDriver> drivers(ByteSource file, byte[] triage, List<String> warnings)
      throws IOException {
    long offset = LittleEndian.u32(triage, 0x30);
    long count = LittleEndian.u32(triage, 0x34);
    List<LoadedDriver> drivers = new ArrayList<>();
    if (count > MAX_DRIVERS || offset + count * DRIVER > file.size()) {
      warnings.add("A list of " + count + " drivers does not fit the file");
      return drivers;
    }
    byte[] table = ContainerBytes.read(file, offset, (int) count * DRIVER, "the driver list");
    for (int at = 0; at < table.length; at += DRIVER) {
      drivers.add(
          new LoadedDriver(
              name(file, LittleEndian.u32(table, at)),
              LittleEndian.i64(table, at + 0x38),
              LittleEndian.u32(table, at + 0x48)));
    }
    return drivers;
  }

  /** A count of characters, then UTF-16; empty when it does not fit the file. */
  private static String name(ByteSource file, long offset) throws IOException {
    byte[] length = ContainerBytes.readUpTo(file, offset, 4);
    if (length.length < 4) {
      return "";
    }
    int characters = (int) Math.min(MAX_NAME, LittleEndian.u32(length, 0));
    byte[] text = ContainerBytes.readUpTo(file, offset + 4, 2 * characters);
    return new String(text, StandardCharsets.UTF_16LE);
  }
}
