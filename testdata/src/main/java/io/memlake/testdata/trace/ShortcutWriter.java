package io.memlake.testdata.trace;

import io.memlake.testdata.kernel.SystemClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes a shell link ([MS-SHLLINK]) to a file on a local drive. */
public final class ShortcutWriter {
  private static final int HAS_LINK_INFO = 0x02;
  private static final int HAS_ARGUMENTS = 0x20;
  private static final int IS_UNICODE = 0x80;
  private static final int LINK_INFO_HEADER = 0x1C;
  private static final int VOLUME_HEADER = 0x10;
  private static final int FIXED_DRIVE = 3;
  private static final long DROID = 0x0123456789ABCDEFL;

  private ShortcutWriter() {}

  /**
   * A link.
   *
   * @param target path with drive letter, Latin-1
   * @param arguments of the command line
   * @param machine NetBIOS name of the computer on which it was made
   * @param modified when the target was last changed
   */
  public static byte[] write(String target, String arguments, String machine, Instant modified) {
    TraceBytes link = new TraceBytes();
    link.u32(0x4C).u64(0x21401L).u64(0x46000000000000C0L);
    link.u32(HAS_LINK_INFO | HAS_ARGUMENTS | IS_UNICODE).u32(0x20);
    for (int time = 0; time < 3; time++) {
      link.u64(SystemClock.fileTime(modified));
    }
    link.u32(4096).u32(0).u32(1).padTo(0x4C);
    linkInfo(link, target);
    link.u16(arguments.length()).utf16(arguments);
    link.u32(0x60).u32(0xA0000003L).u32(0x58).u32(0);
    int name = link.size();
    link.ascii(machine).padTo(name + 16);
    for (int part = 0; part < 4; part++) {
      link.u64(DROID + part / 2).u64(~DROID);
    }
    return link.u32(0).toByteArray();
  }

  private static void linkInfo(TraceBytes link, String target) {
    byte[] label = "OS\0".getBytes(StandardCharsets.ISO_8859_1);
    byte[] path = (target + "\0").getBytes(StandardCharsets.ISO_8859_1);
    int volume = VOLUME_HEADER + label.length;
    int pathAt = LINK_INFO_HEADER + volume;
    int suffixAt = pathAt + path.length;
    link.u32(suffixAt + 1).u32(LINK_INFO_HEADER).u32(1).u32(LINK_INFO_HEADER);
    link.u32(pathAt).u32(0).u32(suffixAt);
    link.u32(volume).u32(FIXED_DRIVE).u32(0x1C2D3E4F).u32(VOLUME_HEADER).add(label);
    link.add(path).u8(0);
  }
}
