package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.Optional;

/**
 * A hive that the kernel has mounted.
 *
 * @param address of its {@code _CMHIVE}
 * @param physicalAddress of its first byte, or {@link AddressSpace#ABSENT}
 * @param cells its storages
 * @param baseBlock its base block; empty when that is absent or damaged
 * @param fileFullPath path of its file by its device; empty when absent
 * @param fileUserName path by which it was loaded; empty when absent
 * @param rootPath path of its root key; empty when absent
 */
public record MountedHive(
    long address,
    long physicalAddress,
    HiveMap cells,
    Optional<BaseBlock> baseBlock,
    Optional<String> fileFullPath,
    Optional<String> fileUserName,
    Optional<String> rootPath) {
  /** First number of a {@code _HHIVE}. */
  public static final int SIGNATURE = 0xBEE0BEE0;

  /** Where every root key lies: directly behind the header of the first bin. */
  private static final int USUAL_ROOT_CELL = HiveBin.HEADER;

  static Optional<MountedHive> read(HiveLayout layout, HiveSpaces spaces, long address)
      throws IOException {
    AddressSpace kernel = spaces.kernel();
    Optional<byte[]> bytes =
        HiveSpaces.isKernel(address) ? kernel.map(address, layout.size()) : Optional.empty();
    if (bytes.isEmpty() || LittleEndian.i32(bytes.get(), layout.signature()) != SIGNATURE) {
      return Optional.empty();
    }
    Optional<String> root = text(bytes.get(), layout.hiveRootPath(), kernel);
    Optional<String> full = text(bytes.get(), layout.fileFullPath(), kernel);
    Optional<String> user = text(bytes.get(), layout.fileUserName(), kernel);
    String name = root.or(() -> full).or(() -> user).orElse("hive 0x" + Long.toHexString(address));
    byte[] head = new byte[BaseBlock.NEEDED];
    long pointer = LittleEndian.i64(bytes.get(), layout.baseBlock());
    boolean read = pointer != 0 && spaces.read(pointer, head, 0, head.length);
    return Optional.of(
        new MountedHive(
            address,
            kernel.translate(address),
            new HiveMap(name, layout, spaces, bytes.get()),
            read ? BaseBlock.parse(head, 0, head.length) : Optional.empty(),
            full,
            user,
            root));
  }

  private static Optional<String> text(byte[] hive, int offset, AddressSpace space)
      throws IOException {
    return offset < 0
        ? Optional.empty()
        : UnicodeString.in(hive, offset).read(space).filter(text -> !text.isEmpty());
  }

  /** What tables call it: path of its root key, else of its file. */
  public String name() {
    return cells.name();
  }

  /** The hive, from its root key. */
  public Hive hive() {
    return new Hive(cells, baseBlock.map(BaseBlock::rootCell).orElse(USUAL_ROOT_CELL));
  }

  /** Base block for a file of the hive: its own, or one with what every hive has. */
  public BaseBlock fileBlock() {
    return baseBlock.orElseGet(
        () ->
            new BaseBlock(1, 1, 0, 1, 5, 0, USUAL_ROOT_CELL, cells.length(false), "", 0, 0, false));
  }
}
