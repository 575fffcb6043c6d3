package io.memlake.engine.image.wrapper.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.wrapper.restart.SpanDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes zstd data between restart points.
 *
 * <p>The blocks of a span become a frame of their own, with a dictionary that gives the decoder
 * what the blocks before would have left: tables, distances and the bytes that are copied.
 */
final class ZstdSpans implements SpanDecoder {

  private static final int DICTIONARY_MARK = 0xEC30_A437;
  private static final int ANY_NUMBER = 1;
  private static final int HEADER = FrameHeader.PLAIN_LENGTH;

  private final ByteSource file;
  private final ZstdBytes content;

  ZstdSpans(ByteSource file, ZstdBytes content) {
    this.file = file;
    this.content = content;
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public Span decode(int number) throws IOException {
    ZstdPoint point = content.points().get(number);
    ZstdPoint.Frame frame = point.frame();
    ZstdPoint next = number + 1 < content.points().size() ? content.points().get(number + 1) : null;
    boolean last = next == null || next.isFirst();
    long end = last ? frame.contentEnd() : next.position();
    long blocksEnd = last ? frame.blocksEnd() : next.block();
    if (blocksEnd <= point.block()) {
      throw corrupt(point, "has no whole block");
    }
    byte[] span = new byte[Math.toIntExact(end - point.position())];
    int stored = Math.toIntExact(blocksEnd - point.block());
    byte[] packed = Arrays.copyOf(FrameHeader.plain(frame.window()), HEADER + stored);
    if (file.read(point.block(), packed, HEADER, stored) < stored) {
      throw corrupt(point, "lies behind the end of the file");
    }
    long lastBlock = last ? frame.lastBlock() : next.blockBefore();
    packed[HEADER + (int) (lastBlock - point.block())] |= 1;
    unpack(point, packed, span);
    return new Span(span, 0, span.length);
  }

  private void unpack(ZstdPoint point, byte[] packed, byte[] span) throws IOException {
    try (ZstdDecompressCtx decoder = new ZstdDecompressCtx()) {
      if (!point.isFirst()) {
        decoder.loadDict(dictionary(point));
      }
      int count = decoder.decompressByteArray(span, 0, span.length, packed, 0, packed.length);
      if (count != span.length) {
        throw corrupt(point, "decodes to " + count + " bytes, not " + span.length);
      }
    } catch (ZstdException e) {
      throw corrupt(point, "cannot be decoded: " + e.getMessage());
    }
  }

  private static byte[] dictionary(ZstdPoint point) {
    byte[] tables = point.tables();
    int head = 2 * Integer.BYTES + tables.length + Integer.BYTES * point.offsets().length;
    byte[] bytes = new byte[head + point.reach()];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(DICTIONARY_MARK).putInt(ANY_NUMBER).put(tables);
    for (long offset : point.offsets()) {
      out.putInt((int) offset);
    }
    Zstd.decompressByteArray(bytes, head, point.reach(), point.window(), 0, point.window().length);
    return bytes;
  }

  private CorruptImageException corrupt(ZstdPoint point, String reason) {
    return new CorruptImageException(
        file.name(),
        point.block(),
        "the part that begins with " + Hex.address(point.position()) + " of the content " + reason);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
