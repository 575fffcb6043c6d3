package io.memlake.jobs.task;

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

/**
 * What came of decoding and scanning one unit of the compressed store.
 *
 * @param pages what the scan found; the place of a page in its unit stands for its frame
 * @param statuses what became of each page of the unit
 */
record StoreFindings(ChunkFindings pages, List<StoredPageStatus> statuses) {

  /** Writes both, the scan first; the stream stays open. */
  void write(OutputStream out) throws IOException {
    FindingsFile.write(pages, out);
    byte[] bytes = new byte[statuses.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) StoreIndexFile.STATUSES.indexOf(statuses.get(i));
    }
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(bytes.length);
    data.write(bytes);
    data.writeLong(checksum(bytes));
    data.flush();
  }

  /**
   * Reads both.
   *
   * @param name what errors call the file
   * @throws IOException when the file is cut or damaged
   */
  static StoreFindings read(String name, InputStream in) throws IOException {
    ChunkFindings pages = FindingsFile.read(name, in);
    try {
      DataInputStream data = new DataInputStream(in);
      int count = data.readInt();
      if (count < 0 || count > StoreIndexTask.PAGES_OF_UNIT) {
        throw new IOException("Damaged: " + name);
      }
      byte[] bytes = data.readNBytes(count);
      if (bytes.length < count || data.readLong() != checksum(bytes)) {
        throw new IOException("Damaged: " + name);
      }
      List<StoredPageStatus> statuses = new ArrayList<>(count);
      for (byte number : bytes) {
        statuses.add(StoreIndexFile.STATUSES.get(number));
      }
      return new StoreFindings(pages, statuses);
    } catch (EOFException | IndexOutOfBoundsException e) {
      throw new IOException("Damaged: " + name, e);
    }
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  /** Pages that ended with one of the table's words: ok, bad_size, bad_data, missing. */
  long count(String text) {
    long count = 0;
    for (StoredPageStatus status : statuses) {
      count += status.text().equals(text) ? 1 : 0;
    }
    return count;
  }
}
