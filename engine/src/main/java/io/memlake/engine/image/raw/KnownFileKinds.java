package io.memlake.engine.image.raw;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import java.util.List;
import java.util.Optional;

/**
 * Tells files that are certainly not bare RAM by their first bytes. The first frame of a PC holds
 * the interrupt vectors of the firmware or zeros, so none of these marks occurs there.
 */
final class KnownFileKinds {

  private record Mark(int offset, String bytes, String kind) {}

  /** Text with fewer bytes than this many of a hundred printable is not called text. */
  private static final int TEXT_PERCENT = 97;

  private static final String HYPER_V =
      "a Hyper-V saved state or configuration (dump the guest with Microsoft's vm2dmp or LiveKd)";

  private static final List<Mark> MARKS =
      List.of(
          new Mark(0, "PK\3\4", "a ZIP archive"),
          new Mark(0, "PK\5\6", "an empty ZIP archive"),
          new Mark(0, "\u0089PNG", "a PNG picture"),
          new Mark(0, "\u00FF\u00D8\u00FF", "a JPEG picture"),
          new Mark(0, "GIF8", "a GIF picture"),
          new Mark(0, "%PDF-", "a PDF document"),
          new Mark(0, "\177ELF", "an ELF program"),
          new Mark(0, "\u00CA\u00FE\u00BA\u00BE", "a Java class file"),
          new Mark(0, "\u00CF\u00FA\u00ED\u00FE", "a Mach-O program"),
          new Mark(0, "\u001F\u008B\b", "a gzip file"),
          new Mark(0, "\u00FD7zXZ\0", "an xz file"),
          new Mark(0, "7z\u00BC\u00AF", "a 7-Zip archive"),
          new Mark(0, "BZh", "a bzip2 file"),
          new Mark(0, "(\u00B5/\u00FD", "a zstd file"),
          new Mark(0, "\4\"M\30", "an LZ4 file"),
          new Mark(0, "\u00FF\u0006\0\0sNaPpY", "a snappy file"),
          new Mark(0, "\u00FF\u0006\0\0S2sTwO", "an S2 file"),
          new Mark(0, "Rar!\u001A\u0007", "a RAR archive"),
          new Mark(0, "MSCF\0\0\0\0", "a cabinet archive"),
          new Mark(0, "MSWIM\0\0\0", "a WIM archive"),
          new Mark(257, "ustar", "a tar archive"),
          new Mark(0, "SQLite format 3\0", "an SQLite database"),
          new Mark(0, "PAR1", "a Parquet file"),
          new Mark(0, "regf", "a registry hive"),
          new Mark(0, "ElfFile\0", "a Windows event log"),
          new Mark(0, "FILE0\0", "an NTFS master file table"),
          new Mark(0, "MAM\4", "a prefetch file"),
          new Mark(4, "SCCA", "a prefetch file"),
          new Mark(0, "Microsoft C/C++ MSF", "a PDB symbol file"),
          new Mark(0, "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1", "an OLE document"),
          new Mark(0, "KDMV", "a VMware disk image"),
          new Mark(0, "# Disk DescriptorFile", "a VMware disk descriptor"),
          new Mark(0, "vhdxfile", "a VHDX disk image"),
          new Mark(0, "conectix", "a VHD disk image"),
          new Mark(0, "QFI\u00FB", "a QCOW disk image"),
          new Mark(0x40, "\u007F\u0010\u00DA\u00BE", "a VirtualBox disk image"),
          new Mark(0, "EVF\t\r\n\u00FF\0", "an EWF image"),
          new Mark(0, "EVF2\r\n\u0081\0", "an EWF version 2 image"),
          new Mark(0, "LVF\t\r\n\u00FF\0", "a logical EWF image"),
          new Mark(0, "PAGEDU", "a Windows crash dump"),
          new Mark(0, "MDMP\u0093\u00A7", "a user-mode minidump"),
          new Mark(0, "ZDMP", "a DumpIt compressed crash dump (unpack it with Comae's Z2Dmp)"),
          new Mark(0, "EMiL\1\0\0\0", "a LiME image"),
          new Mark(0, "AVML\2\0\0\0", "an AVML image"),
          new Mark(0, "hibr", "a hibernation file"),
          new Mark(0, "HIBR", "a hibernation file"),
          new Mark(0, "wake", "a hibernation file after resume"),
          new Mark(0, "WAKE", "a hibernation file after resume"),
          new Mark(0, "RSTR", "a hibernation file with an interrupted resume"),
          new Mark(0, "HORM", "a hibernation file of an embedded system"),
          new Mark(0, "\u00D0\u00BE\u00D2\u00BE", "a VMware state file"),
          new Mark(0, "\u00D1\u00BA\u00D1\u00BA", "a VMware state file"),
          new Mark(0, "\u00D2\u00BE\u00D2\u00BE", "a VMware state file"),
          new Mark(0, "\u00D3\u00BE\u00D3\u00BE", "a VMware state file"),
          new Mark(0, "\24 (\1", HYPER_V),
          new Mark(0x1000, "\24 (\1", HYPER_V),
          new Mark(0, "QEVM\0\0\0\3", "a QEMU saved state"),
          new Mark(0, "LibvirtQemudSave", "a libvirt saved state"),
          new Mark(0, "KDUMP   ", "a kdump-compressed dump"),
          new Mark(0, "makedumpfile\0", "a flattened makedumpfile dump"),
          new Mark(0, "HPAK", "an HPAK container"),
          new Mark(0, "Raw_Dmp!", "a UEFI offline crash dump"),
          new Mark(0, "Enc_Dmp!", "an encrypted UEFI offline crash dump"));

  private KnownFileKinds() {}

  /**
   * What the file is, in words.
   *
   * @param head the first 64 KiB of the file, or all of it
   */
  static Optional<String> tell(byte[] head) {
    for (Mark mark : MARKS) {
      if (ContainerBytes.holds(head, mark.offset, mark.bytes)) {
        return Optional.of(mark.kind);
      }
    }
    if (isPortableExecutable(head)) {
      return Optional.of("a Windows program");
    }
    return head.length > 0 && isText(head) ? Optional.of("a text file") : Optional.empty();
  }

  private static boolean isPortableExecutable(byte[] head) {
    if (!ContainerBytes.holds(head, 0, "MZ") || head.length < 0x40) {
      return false;
    }
    int header = LittleEndian.i32(head, 0x3C);
    return header >= 0x40 && ContainerBytes.holds(head, header, "PE\0\0");
  }

  /** Bytes without NUL that are nearly all printable, or UTF-16 with its mark. */
  private static boolean isText(byte[] head) {
    if (ContainerBytes.holds(head, 0, "\u00FF\u00FE")
        || ContainerBytes.holds(head, 0, "\u00FE\u00FF")) {
      return looksLikeUtf16(head);
    }
    int printable = 0;
    for (byte b : head) {
      if (b == 0) {
        return false;
      }
      if ((b >= ' ' && b != 0x7F) || b == '\n' || b == '\r' || b == '\t' || b == '\f') {
        printable++;
      } else if (b < 0) {
        printable++; // part of a UTF-8 sequence, or of an old code page
      }
    }
    return printable * 100L >= head.length * (long) TEXT_PERCENT && hasMostlyAscii(head);
  }

  /** Random bytes are half above 0x7F; text in any script has spaces and line ends below. */
  private static boolean hasMostlyAscii(byte[] head) {
    int ascii = 0;
    for (byte b : head) {
      if (b >= 0) {
        ascii++;
      }
    }
    return ascii * 5L >= head.length;
  }

  private static boolean looksLikeUtf16(byte[] head) {
    int zeros = 0;
    for (byte b : head) {
      if (b == 0) {
        zeros++;
      }
    }
    return zeros * 5L >= head.length * 2L && zeros * 5L <= head.length * 3L;
  }
}
