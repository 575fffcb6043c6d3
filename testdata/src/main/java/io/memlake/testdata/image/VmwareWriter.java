package io.memlake.testdata.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** VMware state files, with the memory beside them or inside. */
public final class VmwareWriter {
  private static final int[] MAGICS = {0xBED2BED0, 0xBAD1BAD1, 0xBED2BED2, 0xBED3BED3};

  private final int version;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private VmwareWriter(int version) {
    this.version = version;
  }

  /**
   * Writes a state file.
   *
   * @param version 0 to 3
   * @param regions whether the list of regions is written
   * @param inline whether the memory is in the state file
   * @param cr3 of the one processor
   */
  public static void writeState(
      FrameSource frames, int version, boolean regions, boolean inline, long cr3, Path file)
      throws IOException {
    VmwareWriter writer = new VmwareWriter(version);
    writer.state(frames, regions, inline, cr3);
    Files.write(file, writer.out.toByteArray());
  }

  private void state(FrameSource frames, boolean regions, boolean inline, long cr3)
      throws IOException {
    String[] groups = {"Checkpoint", "cpu", "memory"};
    long[] starts = new long[groups.length];
    out.write(number(4, MAGICS[version]));
    out.write(number(4, 0));
    out.write(number(4, groups.length));
    out.write(new byte[80 * groups.length]);
    starts[0] = out.size();
    tag("memSize", 4, number(4, frames.frameCount() / 256));
    end();
    starts[1] = out.size();
    tag("rip", 8, number(8, 0x1234), 0);
    large("gpregs", new byte[100], 3, 0);
    tag("CR", 8, number(8, 0x80050033L), 0, 0);
    tag("CR", 8, number(8, cr3), 0, 3);
    end();
    starts[2] = out.size();
    if (regions) {
      tag("regionsCount", 4, number(4, frames.runs().size()));
      long page = 0;
      for (int i = 0; i < frames.runs().size(); i++) {
        FrameRun run = frames.runs().get(i);
        tag("regionPPN", 4, number(4, run.firstPfn()), i);
        tag("regionPageNum", 4, number(4, page), i);
        tag("regionSize", 4, number(4, run.count()), i);
        page += run.count();
      }
    }
    if (inline) {
      ByteArrayOutputStream memory = new ByteArrayOutputStream();
      for (FrameRun run : frames.runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          memory.write(frames.frame(pfn));
        }
      }
      large("Memory", memory.toByteArray(), 21, 0, 0);
    }
    end();
    byte[] bytes = out.toByteArray();
    ByteBuffer table = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < groups.length; i++) {
      table.position(12 + 80 * i);
      table.put(groups[i].getBytes(StandardCharsets.US_ASCII));
      table.putLong(12 + 80 * i + 64, starts[i]);
    }
    out.reset();
    out.write(bytes);
  }

  private void tag(String name, int size, byte[] data, int... indices) throws IOException {
    head(name, size, indices);
    out.write(data);
  }

  private void large(String name, byte[] data, int padding, int... indices) throws IOException {
    head(name, 62, indices);
    int width = version == 0 ? 4 : 8;
    out.write(number(width, data.length));
    out.write(number(width, data.length));
    out.write(number(2, padding));
    out.write(new byte[padding]);
    out.write(data);
  }

  private void head(String name, int size, int... indices) throws IOException {
    out.write((indices.length << 6) | size);
    out.write(name.length());
    out.write(name.getBytes(StandardCharsets.US_ASCII));
    for (int index : indices) {
      out.write(number(4, index));
    }
  }

  private void end() throws IOException {
    out.write(new byte[2]);
  }

  private static byte[] number(int width, long value) {
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    return bytes;
  }
}
