package io.memlake.testdata.image;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** QEMU migration streams of a guest with the i440fx chip set. */
public final class SavevmWriter {
  private static final String MACHINE = "pc-i440fx-9.0";
  private static final long HOLE = 0xE000_0000L;

  private SavevmWriter() {}

  /** Writes a bare stream; every eighth page is sent twice, first with other bytes. */
  public static void write(FrameSource frames, Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      stream(frames, out);
    }
  }

  /** Writes a stream behind libvirt's header. */
  public static void writeLibvirt(FrameSource frames, Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      byte[] description = "<domain type='kvm'/>\0".getBytes(StandardCharsets.US_ASCII);
      out.writeBytes("LibvirtQemudSave");
      out.writeInt(Integer.reverseBytes(2));
      out.writeInt(Integer.reverseBytes(description.length));
      out.write(new byte[92 - 24]);
      out.write(description);
      stream(frames, out);
    }
  }

  private static void stream(FrameSource frames, DataOutputStream out) throws IOException {
    out.writeBytes("QEVM");
    out.writeInt(3);
    out.write(7);
    out.writeInt(MACHINE.length());
    out.writeBytes(MACHINE);
    long end = frames.runs().get(frames.runs().size() - 1).endPfn() * FrameSource.FRAME;
    if (end > HOLE) {
      throw new IllegalArgumentException("The guest would have a hole");
    }
    section(1, out);
    name("ram", out);
    out.writeInt(0);
    out.writeInt(4);
    out.writeLong((end + 0x20000) | 4);
    name("pc.ram", out);
    out.writeLong(end);
    name("pc.bios", out);
    out.writeLong(0x20000);
    out.writeLong(0x10);
    footer(out);
    section(2, out);
    page("pc.bios", 0, new byte[FrameSource.FRAME], out);
    for (FrameRun run : frames.runs()) {
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        if (pfn % 8 == 1) {
          page("pc.ram", pfn, "dirty".repeat(1000).getBytes(StandardCharsets.US_ASCII), out);
        }
      }
    }
    out.writeLong(0x10);
    footer(out);
    section(3, out);
    boolean first = true;
    for (FrameRun run : frames.runs()) {
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        if (frames.isZero(pfn)) {
          out.writeLong(pfn * FrameSource.FRAME | (first ? 0x02 : 0x22));
          if (first) {
            name("pc.ram", out);
          }
          out.write(0);
        } else if (first) {
          page("pc.ram", pfn, frames.frame(pfn), out);
        } else {
          out.writeLong(pfn * FrameSource.FRAME | 0x28);
          out.write(frames.frame(pfn));
        }
        first = false;
      }
    }
    out.writeLong(0x10);
    footer(out);
    out.write(4);
    out.writeBytes("the state of devices follows");
  }

  private static void page(String block, long pfn, byte[] bytes, DataOutputStream out)
      throws IOException {
    out.writeLong(pfn * FrameSource.FRAME | 0x08);
    name(block, out);
    out.write(bytes, 0, FrameSource.FRAME);
  }

  private static void section(int kind, DataOutputStream out) throws IOException {
    out.write(kind);
    out.writeInt(2);
  }

  private static void footer(DataOutputStream out) throws IOException {
    out.write(0x7E);
    out.writeInt(2);
  }

  private static void name(String name, DataOutputStream out) throws IOException {
    out.write(name.length());
    out.writeBytes(name);
  }
}
