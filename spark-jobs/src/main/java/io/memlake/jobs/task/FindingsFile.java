package io.memlake.jobs.task;

import io.memlake.engine.scan.PageKind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The file of a finished chunk.
 *
 * <pre>
 *   u64  magic "MLCHUNK2"
 *   i32  pages        then for each: i64 pfn, u8 kind, i64 hash, i64 hash2
 *   i32  pool headers then for each: i64 physical address, i32 tag
 *   i32  lost pages   then for each: i64 pfn
 *   i64  CRC-32C of everything before
 * </pre>
 */
public final class FindingsFile {
  private static final long MAGIC = 0x4D4C_4348_554E_4B32L;

  /** 4 TiB of RAM in one chunk: far more than any plan makes. */
  private static final int MAX_COUNT = 1 << 30;

  /** Kinds by their number in the file. */
  private static final List<PageKind> KINDS =
      List.of(PageKind.ZERO, PageKind.FILL, PageKind.PE_HEADER, PageKind.DATA);

  private FindingsFile() {}

  /** Writes findings; the stream stays open. */
  public static void write(ChunkFindings findings, OutputStream target) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(target, new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeLong(MAGIC);
    out.writeInt(findings.pages());
    for (int i = 0; i < findings.pages(); i++) {
      out.writeLong(findings.pfn(i));
      out.writeByte(KINDS.indexOf(findings.kind(i)));
      out.writeLong(findings.hash(i));
      out.writeLong(findings.hash2(i));
    }
    out.writeInt(findings.poolHeaders());
    for (int i = 0; i < findings.poolHeaders(); i++) {
      out.writeLong(findings.poolAddress(i));
      out.writeInt(findings.poolTag(i));
    }
    out.writeInt(findings.lostPages());
    for (int i = 0; i < findings.lostPages(); i++) {
      out.writeLong(findings.lostPfn(i));
    }
    out.flush();
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /**
   * Reads findings; the stream stays open.
   *
   * @param name what errors call the file
   * @throws IOException when the file is cut, damaged or of another version
   */
  public static ChunkFindings read(String name, InputStream source) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(source, new CRC32C());
    DataInputStream in = new DataInputStream(checked);
    if (in.readLong() != MAGIC) {
      throw new IOException("Not the findings of a chunk: " + name);
    }
    int pages = count(name, in);
    ChunkFindings findings = new ChunkFindings(Math.min(pages, 1 << 17));
    for (int i = 0; i < pages; i++) {
      long pfn = in.readLong();
      int kind = in.readUnsignedByte();
      if (kind >= KINDS.size()) {
        throw new IOException("Damaged: " + name);
      }
      findings.page(pfn, KINDS.get(kind), in.readLong(), in.readLong());
    }
    for (int left = count(name, in); left > 0; left--) {
      long address = in.readLong();
      findings.poolHeader(address, in.readInt());
    }
    for (int left = count(name, in); left > 0; left--) {
      findings.lost(in.readLong());
    }
    long expected = checked.getChecksum().getValue();
    if (in.readLong() != expected) {
      throw new IOException("Damaged: " + name);
    }
    return findings;
  }

  private static int count(String name, DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MAX_COUNT) {
      throw new IOException("Damaged: " + name);
    }
    return count;
  }
}
