package io.memlake.jobs.task;

import io.memlake.engine.scan.CarveKind;
import io.memlake.engine.scan.PageKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file of a finished chunk: two blocks, candidates first, since most readers want them alone.
 * Numbers are big-endian.
 *
 * <pre>
 *   file    i64 magic "MLCHUNK6", block of candidates, block of pages
 *   block   i32 bytes, content, i64 CRC-32C of the content
 *   candidates   i32 pool headers, then for each: i64 physical address, i32 tag;
 *                i32 lost pages, then for each: i64 pfn
 *                i32 carved places, then for each: i64 address, u8 kind
 *   pages        i32 pages, then runs of pages of one kind in frames that follow each other:
 *                i64 first pfn, i32 pages, u8 kind, then i64 hash, i64 hash2 of each page;
 *                of a run of zero pages once, since they all have the same
 * </pre>
 *
 * <p>Most of what a machine does not use is zero: 512 MiB of an idle system took 3.3 MB with an
 * entry for each page and take 0.3 MB in runs.
 */
public final class FindingsFile {
  private static final long MAGIC = 0x4D4C_4348_554E_4B36L;
  private static final int POOL_HEADER_BYTES = Long.BYTES + Integer.BYTES;
  private static final int CARVED_BYTES = Long.BYTES + 1;
  private static final int RUN_BYTES = Long.BYTES + Integer.BYTES + 1;
  private static final int HASH_BYTES = 2 * Long.BYTES;

  /** 64 GiB of RAM in one chunk: more than any plan makes. */
  private static final int MAX_PAGES = 1 << 24;

  /** 16 GiB of RAM without a zero page in one chunk: more than any plan makes. */
  private static final int MAX_BLOCK_BYTES = 64 << 20;

  /** Kinds by their number in the file. */
  private static final List<PageKind> KINDS =
      List.of(PageKind.ZERO, PageKind.FILL, PageKind.PE_HEADER, PageKind.DATA);

  private FindingsFile() {}

  /** The place of {@code kind} in {@link #KINDS}. */
  private static byte number(PageKind kind) {
    return switch (kind) {
      case ZERO -> 0;
      case FILL -> 1;
      case PE_HEADER -> 2;
      case DATA -> 3;
    };
  }

  /** Writes findings; the stream stays open. */
  public static void write(ChunkFindings findings, OutputStream out) throws IOException {
    out.write(ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).array());
    writeBlock(out, candidates(findings).array());
    writeBlock(out, pages(findings).array());
    out.flush();
  }

  /**
   * Reads all findings; the stream stays open.
   *
   * @param name what errors call the file
   * @throws IOException when the file is cut, damaged or of another version
   */
  public static ChunkFindings read(String name, InputStream in) throws IOException {
    return read(name, in, true);
  }

  /** Reads pool headers and lost pages alone; see {@link #read}. */
  public static ChunkFindings readCandidates(String name, InputStream in) throws IOException {
    return read(name, in, false);
  }

  private static ByteBuffer candidates(ChunkFindings findings) {
    int size =
        3 * Integer.BYTES
            + findings.poolHeaders() * POOL_HEADER_BYTES
            + findings.lostPages() * Long.BYTES
            + findings.carved() * CARVED_BYTES;
    ByteBuffer block = ByteBuffer.allocate(size);
    block.putInt(findings.poolHeaders());
    for (int i = 0; i < findings.poolHeaders(); i++) {
      block.putLong(findings.poolAddress(i)).putInt(findings.poolTag(i));
    }
    block.putInt(findings.lostPages());
    for (int i = 0; i < findings.lostPages(); i++) {
      block.putLong(findings.lostPfn(i));
    }
    block.putInt(findings.carved());
    for (int i = 0; i < findings.carved(); i++) {
      block.putLong(findings.carvedAddress(i)).put(findings.carvedKind(i).number());
    }
    return block;
  }

  private static ByteBuffer pages(ChunkFindings findings) {
    int size = Integer.BYTES;
    for (int from = 0, end; from < findings.pages(); from = end) {
      end = runEnd(findings, from);
      size += RUN_BYTES + hashes(findings.kind(from), end - from) * HASH_BYTES;
    }
    ByteBuffer block = ByteBuffer.allocate(size);
    block.putInt(findings.pages());
    for (int from = 0, end; from < findings.pages(); from = end) {
      end = runEnd(findings, from);
      PageKind kind = findings.kind(from);
      block.putLong(findings.pfn(from)).putInt(end - from).put(number(kind));
      for (int i = from, hashed = from + hashes(kind, end - from); i < hashed; i++) {
        block.putLong(findings.hash(i)).putLong(findings.hash2(i));
      }
    }
    return block;
  }

  /** Hashes that a run of {@code pages} has in the file. */
  private static int hashes(PageKind kind, int pages) {
    return kind == PageKind.ZERO ? 1 : pages;
  }

  private static int runEnd(ChunkFindings findings, int from) {
    PageKind kind = findings.kind(from);
    long pfn = findings.pfn(from);
    int end = from + 1;
    while (end < findings.pages()
        && findings.kind(end) == kind
        && findings.pfn(end) == pfn + (end - from)
        && (kind != PageKind.ZERO || findings.hash(end) == findings.hash(from))) {
      end++;
    }
    return end;
  }

  private static void writeBlock(OutputStream out, byte[] content) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
    out.write(content);
    out.write(ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue()).array());
  }

  private static ChunkFindings read(String name, InputStream in, boolean withPages)
      throws IOException {
    try {
      if (bytes(in, Long.BYTES).getLong() != MAGIC) {
        throw new IOException("Not the findings of a chunk: " + name);
      }
      ChunkFindings findings = new ChunkFindings(0);
      ByteBuffer candidates = readBlock(name, in);
      for (int left = candidates.getInt(); left > 0; left--) {
        findings.poolHeader(candidates.getLong(), candidates.getInt());
      }
      for (int left = candidates.getInt(); left > 0; left--) {
        findings.lost(candidates.getLong());
      }
      for (int left = candidates.getInt(); left > 0; left--) {
        long address = candidates.getLong();
        findings.carved(CarveKind.of(candidates.get()), address);
      }
      if (withPages) {
        addPages(name, findings, readBlock(name, in));
      }
      return findings;
    } catch (EOFException | BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IOException("Damaged: " + name, e);
    }
  }

  private static void addPages(String name, ChunkFindings findings, ByteBuffer block)
      throws IOException {
    int pages = block.getInt();
    if (pages < 0 || pages > MAX_PAGES) {
      throw new IOException("Damaged: " + name);
    }
    findings.expectPages(pages);
    while (findings.pages() < pages) {
      long pfn = block.getLong();
      int run = block.getInt();
      PageKind kind = KINDS.get(block.get());
      if (run <= 0 || run > pages - findings.pages()) {
        throw new IOException("Damaged: " + name);
      }
      long hash = 0;
      long hash2 = 0;
      for (int i = 0; i < run; i++) {
        if (i < hashes(kind, run)) {
          hash = block.getLong();
          hash2 = block.getLong();
        }
        findings.page(pfn + i, kind, hash, hash2);
      }
    }
  }

  private static ByteBuffer readBlock(String name, InputStream in) throws IOException {
    int length = bytes(in, Integer.BYTES).getInt();
    if (length < 0 || length > MAX_BLOCK_BYTES) {
      throw new IOException("Damaged: " + name);
    }
    ByteBuffer block = bytes(in, length);
    CRC32C checksum = new CRC32C();
    checksum.update(block.duplicate());
    if (bytes(in, Long.BYTES).getLong() != checksum.getValue()) {
      throw new IOException("Damaged: " + name);
    }
    return block;
  }

  private static ByteBuffer bytes(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(bytes);
  }
}
