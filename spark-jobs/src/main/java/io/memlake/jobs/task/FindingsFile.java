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
 * The file of a finished chunk: its candidates first, since most readers want them alone.
 *
 * <pre>
 *   u64  magic "MLCHUNK3"
 *   i32  pool headers then for each: i64 physical address, i32 tag
 *   i32  lost pages   then for each: i64 pfn
 *   i64  CRC-32C of everything before
 *   i32  pages        then for each: i64 pfn, u8 kind, i64 hash, i64 hash2
 *   i64  CRC-32C of everything before
 * </pre>
 */
public final class FindingsFile {
  private static final long MAGIC = 0x4D4C_4348_554E_4B33L;

  /** 4 TiB of RAM in one chunk: far more than any plan makes. */
  private static final int MAX_COUNT = 1 << 30;

  /** Room that is made before the file has shown that it holds so many pages. */
  private static final int TRUSTED_PAGES = 1 << 17;

  /** Kinds by their number in the file. */
  private static final List<PageKind> KINDS =
      List.of(PageKind.ZERO, PageKind.FILL, PageKind.PE_HEADER, PageKind.DATA);

  private final String name;
  private final CheckedInputStream checked;
  private final DataInputStream in;

  private FindingsFile(String name, InputStream source) {
    this.name = name;
    this.checked = new CheckedInputStream(source, new CRC32C());
    this.in = new DataInputStream(checked);
  }

  /** Writes findings; the stream stays open. */
  public static void write(ChunkFindings findings, OutputStream target) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(target, new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeLong(MAGIC);
    out.writeInt(findings.poolHeaders());
    for (int i = 0; i < findings.poolHeaders(); i++) {
      out.writeLong(findings.poolAddress(i));
      out.writeInt(findings.poolTag(i));
    }
    out.writeInt(findings.lostPages());
    for (int i = 0; i < findings.lostPages(); i++) {
      out.writeLong(findings.lostPfn(i));
    }
    out.writeLong(checked.getChecksum().getValue());
    out.writeInt(findings.pages());
    for (int i = 0; i < findings.pages(); i++) {
      out.writeLong(findings.pfn(i));
      out.writeByte(KINDS.indexOf(findings.kind(i)));
      out.writeLong(findings.hash(i));
      out.writeLong(findings.hash2(i));
    }
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /**
   * Reads all findings; the stream stays open.
   *
   * @param name what errors call the file
   * @throws IOException when the file is cut, damaged or of another version
   */
  public static ChunkFindings read(String name, InputStream source) throws IOException {
    FindingsFile file = new FindingsFile(name, source);
    ChunkFindings findings = file.candidates();
    file.pages(findings);
    return findings;
  }

  /** Reads pool headers and lost pages alone; see {@link #read}. */
  public static ChunkFindings readCandidates(String name, InputStream source) throws IOException {
    return new FindingsFile(name, source).candidates();
  }

  private ChunkFindings candidates() throws IOException {
    if (in.readLong() != MAGIC) {
      throw new IOException("Not the findings of a chunk: " + name);
    }
    ChunkFindings findings = new ChunkFindings(0);
    for (int left = count(); left > 0; left--) {
      long address = in.readLong();
      findings.poolHeader(address, in.readInt());
    }
    for (int left = count(); left > 0; left--) {
      findings.lost(in.readLong());
    }
    check();
    return findings;
  }

  private void pages(ChunkFindings findings) throws IOException {
    int pages = count();
    findings.expectPages(Math.min(pages, TRUSTED_PAGES));
    for (int i = 0; i < pages; i++) {
      long pfn = in.readLong();
      int kind = in.readUnsignedByte();
      if (kind >= KINDS.size()) {
        throw damaged();
      }
      findings.page(pfn, KINDS.get(kind), in.readLong(), in.readLong());
    }
    check();
  }

  private int count() throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MAX_COUNT) {
      throw damaged();
    }
    return count;
  }

  private void check() throws IOException {
    long expected = checked.getChecksum().getValue();
    if (in.readLong() != expected) {
      throw damaged();
    }
  }

  private IOException damaged() {
    return new IOException("Damaged: " + name);
  }
}
