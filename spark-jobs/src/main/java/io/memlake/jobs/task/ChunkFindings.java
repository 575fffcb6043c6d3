package io.memlake.jobs.task;

import io.memlake.engine.scan.CarveKind;
import io.memlake.engine.scan.ChunkSink;
import io.memlake.engine.scan.PageKind;
import io.memlake.engine.scan.ScanTimes;
import java.util.Arrays;

/**
 * What the scan of one chunk found, in arrays: 28 bytes a page, so a chunk of 256 MiB takes 1.8
 * MiB. It becomes rows only when the page tables are known.
 */
public final class ChunkFindings implements ChunkSink {
  private static final int INITIAL = 1024;

  private long[] pfns;
  private PageKind[] kinds;
  private long[] hashes;
  private long[] hashes2;
  private int pages;
  private long[] poolAddresses = new long[INITIAL];
  private int[] poolTags = new int[INITIAL];
  private int poolHeaders;
  private long[] carvedAddresses = new long[0];
  private byte[] carvedKinds = new byte[0];
  private int carved;
  private long[] lost = new long[0];
  private int lostPages;
  private ScanTimes times = ScanTimes.NONE;

  /** Empty findings with room for the pages of a chunk. */
  public ChunkFindings(int expectedPages) {
    expectPages(expectedPages);
  }

  /** Adds where the time of a scan went; files of findings do not keep it. */
  void addTimes(ScanTimes added) {
    times = times.plus(added);
  }

  /** Where the time of the scan went; nothing for findings of a file. */
  public ScanTimes times() {
    return times;
  }

  /** Makes room for so many pages; nothing was added yet. */
  void expectPages(int expectedPages) {
    pfns = new long[expectedPages];
    kinds = new PageKind[expectedPages];
    hashes = new long[expectedPages];
    hashes2 = new long[expectedPages];
  }

  @Override
  public void page(long pfn, PageKind kind, long hash, long hash2) {
    if (pages == pfns.length) {
      int room = Math.max(INITIAL, pages * 2);
      pfns = Arrays.copyOf(pfns, room);
      kinds = Arrays.copyOf(kinds, room);
      hashes = Arrays.copyOf(hashes, room);
      hashes2 = Arrays.copyOf(hashes2, room);
    }
    pfns[pages] = pfn;
    kinds[pages] = kind;
    hashes[pages] = hash;
    hashes2[pages] = hash2;
    pages++;
  }

  @Override
  public void poolHeader(long physicalAddress, int tag) {
    if (poolHeaders == poolAddresses.length) {
      poolAddresses = Arrays.copyOf(poolAddresses, poolHeaders * 2);
      poolTags = Arrays.copyOf(poolTags, poolHeaders * 2);
    }
    poolAddresses[poolHeaders] = physicalAddress;
    poolTags[poolHeaders] = tag;
    poolHeaders++;
  }

  @Override
  public void carved(CarveKind kind, long address) {
    if (carved == carvedAddresses.length) {
      int room = Math.max(INITIAL, carved * 2);
      carvedAddresses = Arrays.copyOf(carvedAddresses, room);
      carvedKinds = Arrays.copyOf(carvedKinds, room);
    }
    carvedAddresses[carved] = address;
    carvedKinds[carved++] = kind.number();
  }

  @Override
  public void lost(long pfn) {
    if (lostPages == lost.length) {
      lost = Arrays.copyOf(lost, Math.max(INITIAL, lostPages * 2));
    }
    lost[lostPages++] = pfn;
  }

  /** Adds what was found in frames behind all that is here. */
  void addAll(ChunkFindings next) {
    for (int i = 0; i < next.pages; i++) {
      page(next.pfns[i], next.kinds[i], next.hashes[i], next.hashes2[i]);
    }
    for (int i = 0; i < next.poolHeaders; i++) {
      poolHeader(next.poolAddresses[i], next.poolTags[i]);
    }
    for (int i = 0; i < next.lostPages; i++) {
      lost(next.lost[i]);
    }
    for (int i = 0; i < next.carved; i++) {
      carved(CarveKind.of(next.carvedKinds[i]), next.carvedAddresses[i]);
    }
    addTimes(next.times);
  }

  /** Pages with bytes. */
  public int pages() {
    return pages;
  }

  /** Frame of a page. */
  public long pfn(int page) {
    return pfns[page];
  }

  /** Kind of a page. */
  public PageKind kind(int page) {
    return kinds[page];
  }

  /** First half of a page's hash. */
  public long hash(int page) {
    return hashes[page];
  }

  /** Second half of a page's hash. */
  public long hash2(int page) {
    return hashes2[page];
  }

  /** Pool headers with a wanted tag. */
  public int poolHeaders() {
    return poolHeaders;
  }

  /** Physical address of a pool header. */
  public long poolAddress(int index) {
    return poolAddresses[index];
  }

  /** Tag of a pool header. */
  public int poolTag(int index) {
    return poolTags[index];
  }

  /** Places where something larger may begin. */
  public int carved() {
    return carved;
  }

  /** Address of such a place. */
  public long carvedAddress(int index) {
    return carvedAddresses[index];
  }

  /** What may begin there. */
  public CarveKind carvedKind(int index) {
    return CarveKind.of(carvedKinds[index]);
  }

  /** Frames that had no bytes although the container promised them. */
  public int lostPages() {
    return lostPages;
  }

  /** Number of such a frame. */
  public long lostPfn(int index) {
    return lost[index];
  }

  /** Pages of one kind. */
  public int count(PageKind kind) {
    int count = 0;
    for (int i = 0; i < pages; i++) {
      count += kinds[i] == kind ? 1 : 0;
    }
    return count;
  }
}
