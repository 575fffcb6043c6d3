package io.memlake.engine.image.savevm;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
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
import java.util.List;
import java.util.Optional;

/**
 * A saved guest of QEMU, bare or behind the header of libvirt. Pages that were sent more than once
 * while the guest ran count as they were sent last.
 */
public final class SavevmFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "savevm";

  private static final String MARK = "QEVM\0\0\0\3";
  private static final String LIBVIRT = "LibvirtQemudSave";
  private static final int LIBVIRT_HEADER = 92;

  /** Without state. */
  public SavevmFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    byte[] head = ContainerBytes.readUpTo(file, 0, LIBVIRT_HEADER);
    boolean libvirt = ContainerBytes.holds(head, 0, LIBVIRT);
    if (!libvirt && !ContainerBytes.holds(head, 0, MARK)) {
      return Optional.empty();
    }
    long start = libvirt ? afterHeader(file, head) : 0;
    List<String> warnings = new ArrayList<>();
    ChunkedBytes.Builder chunks = new ChunkedBytes.Builder(file.name());
    chunks.addFile(file.name());
    ExtentTableBuilder extents = new ExtentTableBuilder(file.name(), Overlap.LAST_WINS);
    // Pages are added only when they are whole.
    extents.addSource(Long.MAX_VALUE);
    RamStream ram =
        new RamStream(new StreamReader(file, start + MARK.length()), chunks, extents, warnings);
    ram.read();
    ExtentTable table = extents.build();
    String variant = (libvirt ? "libvirt, " : "") + ram.machine();
    return Optional.of(
        new ExtentIndex(
            NAME, variant, file.name(), List.of(chunks.build()), table, ImageHints.NONE, warnings));
  }

  /** Where the stream begins behind libvirt's header and description of the guest. */
  private static long afterHeader(ByteSource file, byte[] head) throws IOException {
    if (head.length < LIBVIRT_HEADER) {
      throw new CorruptImageException(file.name(), head.length, "the file ends inside its header");
    }
    if (LittleEndian.i32(head, 28) != 0) {
      throw new UnsupportedImageException(
          file.name(),
          "a compressed saved state of libvirt",
          "states saved with save_image_format = \"raw\", or a dump (virsh dump --memory-only)");
    }
    long start = LIBVIRT_HEADER + LittleEndian.u32(head, 20);
    byte[] mark = ContainerBytes.read(file, start, MARK.length(), "the QEMU stream");
    if (!ContainerBytes.holds(mark, 0, MARK)) {
      throw new CorruptImageException(file.name(), start, "no QEMU stream follows the header");
    }
    return start;
  }
}
