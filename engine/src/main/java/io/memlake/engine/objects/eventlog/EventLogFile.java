package io.memlake.engine.objects.eventlog;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.MalformedObjectException;
import java.io.IOException;
import java.util.zip.CRC32;

/**
 * A log file: a header of 4096 bytes, then chunks. The number of chunks in the header is a claim of
 * the last clean close; every chunk that is there is read.
 *
 * @param majorVersion 3
 * @param minorVersion 1, or 2 since Windows 10 2004
 * @param chunks chunks that the header counts
 * @param dirty whether the log was not closed
 * @param full whether the log may grow no more
 * @param checksumValid whether the stored checksum of the header is the right one
 */
public record EventLogFile(
    int majorVersion,
    int minorVersion,
    int chunks,
    boolean dirty,
    boolean full,
    boolean checksumValid) {
  private static final long SIGNATURE = 0x00656C6946666C45L;
  private static final int MINOR = 36;
  private static final int MAJOR = 38;
  private static final int BLOCK = 40;
  private static final int CHUNKS = 42;
  private static final int FLAGS = 120;
  private static final int CHECKSUM = 124;
  private static final int NEEDED = 128;
  private static final int DEFAULT_BLOCK = 4096;

  /**
   * Reads a file. The source stays the caller's to close.
   *
   * @param store learns the templates of the file
   * @throws MalformedObjectException when it has no header of a log
   * @throws IOException when the medium or the sink fails
   */
  public static EventLogFile read(ByteSource source, TemplateStore store, EventSink sink)
      throws IOException, MalformedObjectException {
    byte[] header = new byte[NEEDED];
    int count = source.read(0, header, 0, NEEDED);
    if (count < NEEDED || LittleEndian.i64(header, 0) != SIGNATURE) {
      throw new MalformedObjectException(
          "event log " + source.name(), 0, "is no log: the signature ElfFile is missing");
    }
    CRC32 crc = new CRC32();
    crc.update(header, 0, FLAGS);
    int flags = LittleEndian.i32(header, FLAGS);
    EventLogFile file =
        new EventLogFile(
            LittleEndian.u16(header, MAJOR),
            LittleEndian.u16(header, MINOR),
            LittleEndian.u16(header, CHUNKS),
            (flags & 1) != 0,
            (flags & 2) != 0,
            (int) crc.getValue() == LittleEndian.i32(header, CHECKSUM));
    int block = LittleEndian.u16(header, BLOCK);
    readChunks(source, block >= NEEDED ? block : DEFAULT_BLOCK, store, sink);
    return file;
  }

  private static void readChunks(ByteSource source, long first, TemplateStore store, EventSink sink)
      throws IOException {
    byte[] bytes = new byte[EventChunk.SIZE];
    for (long at = first; at < source.size(); at += EventChunk.SIZE) {
      int count = source.read(at, bytes, 0, bytes.length);
      if (count < EventChunk.HEADER) {
        break;
      }
      long offset = at;
      EventChunk chunk =
          EventChunk.parse(bytes, 0, count, at)
              .orElseGet(() -> EventChunk.withoutSignature(bytes, 0, count, offset));
      sink.chunk(chunk);
      chunk.records(store, sink);
    }
  }
}
