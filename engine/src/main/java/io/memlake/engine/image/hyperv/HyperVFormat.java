package io.memlake.engine.image.hyperv;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTable;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.extent.ExtentTableBuilder.Overlap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Saved states of Hyper-V since Windows Server 2016 ({@code .vmrs}). Device states without memory
 * ({@code .vsv}) and configurations ({@code .vmcx}) are stores, too, and refused by what they are.
 */
public final class HyperVFormat implements ImageFormat {
  private static final String SAVED_STATE = "savedstate";
  private static final Pattern LAYOUT = Pattern.compile("RamMemoryBlock(\\d{1,9})");
  private static final Pattern BLOCK = Pattern.compile("RamBlock(\\d{1,15})");

  /** Without state. */
  public HyperVFormat() {}

  @Override
  public String name() {
    return "hyperv";
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    if (!StoreFile.recognised(file)) {
      return Optional.empty();
    }
    List<String> warnings = new ArrayList<>();
    TreeMap<Long, StoreKey> layouts = new TreeMap<>();
    TreeMap<Long, StoreKey> blocks = new TreeMap<>();
    Map<String, String> facts = new TreeMap<>();
    for (StoreKey key : keys(StoreFile.read(file, warnings))) {
      if (!key.parent().equals(SAVED_STATE)) {
        continue;
      }
      numbered(LAYOUT, key, layouts);
      numbered(BLOCK, key, blocks);
      if (key.name().equals("VmVersion") && key.type() == StoreKey.SIGNED) {
        byte[] version = ContainerBytes.read(file, key.offset(), 8, "the version of the guest");
        facts.put("vm_version", LittleEndian.u8(version, 1) + "." + LittleEndian.u8(version, 0));
      }
    }
    if (layouts.isEmpty() || blocks.isEmpty()) {
      throw new UnsupportedImageException(
          file.name(),
          "a Hyper-V store without a guest's memory: a configuration, a device state whose memory is"
              + " in a .bin beside it, or a checkpoint without memory",
          "the .vmrs of a saved guest, or the .bin, which is read as RAW");
    }
    ChunkedBytes.Builder chunks = new ChunkedBytes.Builder(file.name());
    chunks.addFile(file.name());
    ExtentTableBuilder extents = new ExtentTableBuilder(file.name(), Overlap.FIRST_WINS);
    extents.addSource(Long.MAX_VALUE);
    new RamBlocks(file, blocks, chunks, warnings).add(layouts, extents);
    ExtentTable table = extents.build();
    if (extents.overlappingPages() > 0) {
      warnings.add(extents.overlappingPages() + " frames are in two ranges; the first counts");
    }
    return Optional.of(
        new ExtentIndex(
            name(),
            "vmrs",
            file.name(),
            List.of(chunks.build()),
            table,
            ImageHints.of(facts),
            warnings));
  }

  private static void numbered(Pattern pattern, StoreKey key, Map<Long, StoreKey> found) {
    Matcher name = pattern.matcher(key.name());
    if (key.type() == StoreKey.ARRAY && name.matches()) {
      found.putIfAbsent(Long.parseLong(name.group(1)), key);
    }
  }

  private static List<StoreKey> keys(Collection<KeyTable> tables) {
    Map<Integer, KeyTable> byNumber = new HashMap<>();
    tables.forEach(table -> byNumber.put(table.number(), table));
    List<StoreKey> keys = new ArrayList<>();
    for (KeyTable table : tables) {
      for (int entry : table.entries()) {
        KeyTable parent = byNumber.get(table.parentTable(entry));
        String name = parent == null ? "" : parent.name(table.parentPlace(entry));
        table.value(entry, name).ifPresent(keys::add);
      }
    }
    return keys;
  }
}
