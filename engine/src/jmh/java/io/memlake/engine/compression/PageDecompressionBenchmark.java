package io.memlake.engine.compression;

import io.memlake.engine.compression.lz4.Lz4BlockDecompressor;
import io.memlake.engine.compression.lznt1.Lznt1Decompressor;
import io.memlake.engine.compression.xpress.XpressDecompressor;
import io.memlake.engine.compression.xpresshuffman.XpressHuffmanDecompressor;
import io.memlake.testdata.compression.Lz4BlockWriter;
import io.memlake.testdata.compression.Lznt1Writer;
import io.memlake.testdata.compression.XpressHuffmanWriter;
import io.memlake.testdata.compression.XpressWriter;
import java.util.concurrent.TimeUnit;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FastDecompressor;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Pages a millisecond on one core; times 4.096 that is MB a second of output. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PageDecompressionBenchmark {
  private final byte[] page = new byte[PageCorpus.PAGE_SIZE];
  private final LZ4FastDecompressor fastLz4 = LZ4Factory.fastestInstance().fastDecompressor();
  private final LZ4SafeDecompressor safeLz4 = LZ4Factory.fastestInstance().safeDecompressor();
  private final Decompressor xpress = new XpressDecompressor();
  private final Decompressor xpressHuffman = new XpressHuffmanDecompressor();
  private final Decompressor lznt1 = new Lznt1Decompressor();
  private final Decompressor lz4 = new Lz4BlockDecompressor();
  private byte[][] xpressStreams;
  private byte[][] xpressHuffmanStreams;
  private byte[][] lznt1Streams;
  private byte[][] lz4Streams;
  private int next;

  /** Compresses the same pages with each writer. */
  @Setup
  public void compress() throws Exception {
    xpressStreams = PageCorpus.streams(XpressWriter::compress);
    xpressHuffmanStreams = PageCorpus.streams(XpressHuffmanWriter::compress);
    lznt1Streams = PageCorpus.streams(Lznt1Writer::compress);
    lz4Streams = PageCorpus.streams(Lz4BlockWriter::compress);
  }

  @Benchmark
  public byte[] xpress() throws MalformedDataException {
    return decompress(xpress, xpressStreams);
  }

  @Benchmark
  public byte[] xpressHuffman() throws MalformedDataException {
    return decompress(xpressHuffman, xpressHuffmanStreams);
  }

  @Benchmark
  public byte[] lznt1() throws MalformedDataException {
    return decompress(lznt1, lznt1Streams);
  }

  @Benchmark
  public byte[] lz4() throws MalformedDataException {
    return decompress(lz4, lz4Streams);
  }

  /** What lz4-java calls fast; since its native form was withdrawn it is plain Java. */
  @Benchmark
  public byte[] lz4JavaFast() {
    byte[] stream = nextOf(lz4Streams);
    fastLz4.decompress(stream, 0, page, 0, page.length);
    return page;
  }

  /** The reference of {@link #lz4}: the fastest of lz4-java, called without the adapter. */
  @Benchmark
  public byte[] lz4JavaSafe() {
    byte[] stream = nextOf(lz4Streams);
    safeLz4.decompress(stream, 0, stream.length, page, 0, page.length);
    return page;
  }

  private byte[] decompress(Decompressor decompressor, byte[][] streams)
      throws MalformedDataException {
    byte[] stream = nextOf(streams);
    decompressor.decompressExactly(stream, 0, stream.length, page, 0, page.length);
    return page;
  }

  private byte[] nextOf(byte[][] streams) {
    next = next + 1 < streams.length ? next + 1 : 0;
    return streams[next];
  }
}
