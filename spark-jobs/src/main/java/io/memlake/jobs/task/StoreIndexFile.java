package io.memlake.jobs.task;

import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.objects.store.StoredPageStatus;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Where some pages of the compressed store lie: what one unit of work decodes. Numbers are
 * big-endian.
 *
 * <pre>
 *   file   i64 magic "MLSTORE1", i32 pages, pages, i64 CRC-32C of all before
 *   page   i32 store, i64 key, u8 listed, i64 region key, i32 region, i64 address,
 *          i32 compressed size, u8 status
 * </pre>
 */
final class StoreIndexFile {
  private static final long MAGIC = 0x4D4C_5354_4F52_4531L;

  /** Statuses by their number in files. */
  static final List<StoredPageStatus> STATUSES = List.of(StoredPageStatus.values());

  private StoreIndexFile() {}

  static void write(List<StoredPage> pages, OutputStream out) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
    DataOutputStream data = new DataOutputStream(checked);
    data.writeLong(MAGIC);
    data.writeInt(pages.size());
    for (StoredPage page : pages) {
      data.writeInt(page.store());
      data.writeLong(page.key());
      data.writeBoolean(page.listed());
      data.writeLong(page.regionKey());
      data.writeInt(page.region());
      data.writeLong(page.address());
      data.writeInt(page.compressedSize());
      data.writeByte(STATUSES.indexOf(page.status()));
    }
    data.flush();
    long sum = checked.getChecksum().getValue();
    new DataOutputStream(out).writeLong(sum);
    out.flush();
  }

  /**
   * Reads all pages.
   *
   * @param name what errors call the file
   * @throws IOException when the file is cut, damaged or of another version
   */
  static List<StoredPage> read(String name, InputStream in) throws IOException {
    try {
      CheckedInputStream checked = new CheckedInputStream(in, new CRC32C());
      DataInputStream data = new DataInputStream(checked);
      if (data.readLong() != MAGIC) {
        throw new IOException("Not an index of the compressed store: " + name);
      }
      int count = data.readInt();
      if (count < 0 || count > StoreIndexTask.PAGES_OF_UNIT) {
        throw new IOException("Damaged: " + name);
      }
      List<StoredPage> pages = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        pages.add(page(data));
      }
      long sum = checked.getChecksum().getValue();
      if (new DataInputStream(in).readLong() != sum) {
        throw new IOException("Damaged: " + name);
      }
      return pages;
    } catch (EOFException | IndexOutOfBoundsException e) {
      throw new IOException("Damaged: " + name, e);
    }
  }

  private static StoredPage page(DataInputStream data) throws IOException {
    return new StoredPage(
        data.readInt(),
        data.readLong(),
        data.readBoolean(),
        data.readLong(),
        data.readInt(),
        data.readLong(),
        data.readInt(),
        STATUSES.get(data.readUnsignedByte()));
  }
}
