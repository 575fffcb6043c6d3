package io.memlake.jobs.fleet.code;

import io.memlake.engine.pe.ImageCopy;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.scan.PageDigest;
import io.memlake.jobs.bytes.HadoopEvidence;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads pages of code of one host again, as if each module lay at 0. */
record CodeReading(CodeHost host, ArrayList<CodePage> pages) implements Serializable {
  /** Bytes of a line: changes are told with this precision. */
  static final int LINE = 64;

  /** Bytes that stand for a line. */
  static final int MARK = 2;

  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  /** A page that was read. */
  static final class Read implements Serializable {
    private static final long serialVersionUID = 1L;

    final CodePage page;

    /** Its hash as if the module lay at 0; null when the relocations are not known. */
    final Long moved;

    /** {@value #MARK} bytes for each line, of the page put to 0 where that is possible. */
    final byte[] lines;

    Read(CodePage page, Long moved, byte[] lines) {
      this.page = page;
      this.moved = moved;
      this.lines = lines;
    }
  }

  /**
   * Reads the pages; those that are absent, or not what they were, are left out.
   *
   * @param tables tables of relocations by number of the build
   */
  ArrayList<Read> run(HadoopEvidence evidence, Map<Integer, byte[]> tables) {
    ArrayList<Read> read = new ArrayList<>();
    if (!host.isOpen()) {
      return read;
    }
    PageDigest digest = new PageDigest(List.of());
    byte[] bytes = new byte[PAGE];
    Map<CodeHost.Place, ImageCopy> copies = new HashMap<>();
    try (CodeReader reader = CodeReader.open(host, evidence)) {
      for (CodePage page : pages) {
        CodeHost.Place place = new CodeHost.Place(page.build(), page.pid(), page.base());
        ImageCopy copy =
            copies.computeIfAbsent(
                place,
                at ->
                    new ImageCopy(
                        reader.space(at.pid()),
                        at.base(),
                        Optional.ofNullable(tables.get(at.build()))));
        if (!copy.read(page.rva(), bytes) || hash(digest, bytes) != page.hash()) {
          continue;
        }
        Long moved = null;
        if (copy.move(page.rva(), bytes, 0)) {
          moved = hash(digest, bytes);
        } else if (copy.isMovable()) {
          continue;
        }
        read.add(new Read(page, moved, lines(bytes)));
      }
    } catch (IOException e) {
      // What was read before the medium failed is still true.
      return read;
    }
    return read;
  }

  private static long hash(PageDigest digest, byte[] bytes) {
    digest.scan(bytes, 0);
    return digest.hash();
  }

  private static byte[] lines(byte[] page) {
    byte[] lines = new byte[PAGE / LINE * MARK];
    CRC32C crc = new CRC32C();
    for (int i = 0; i < PAGE / LINE; i++) {
      crc.reset();
      crc.update(page, i * LINE, LINE);
      lines[i * MARK] = (byte) crc.getValue();
      lines[i * MARK + 1] = (byte) (crc.getValue() >>> 8);
    }
    return lines;
  }
}
