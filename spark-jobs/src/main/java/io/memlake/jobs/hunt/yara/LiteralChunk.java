package io.memlake.jobs.hunt.yara;

import io.memlake.engine.image.EmbeddedEvidence;
import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.engine.paging.pagefile.PageFileMemory;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.hunt.yara.rules.RuleGate;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A part of a host's RAM, or of one of its page files, that is searched for the literals of all
 * rules in one pass. Pages that hold one value throughout are passed over: no literal that is
 * looked for can lie in them.
 *
 * @param host number of the host
 * @param file number among the page files, -1 for RAM
 * @param first first page
 * @param pages how many
 */
public record LiteralChunk(int host, int file, long first, long pages) implements Serializable {
  /** Pages of a chunk: 128 MiB. */
  static final long PAGES = 32768;

  private static final int BLOCK = 64;
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  /**
   * What a chunk gave.
   *
   * @param chunk the chunk
   * @param hits its pages with literals
   * @param error why it was not searched to its end; empty when it was
   */
  public record Result(LiteralChunk chunk, PageHits hits, String error) implements Serializable {}

  /** The chunks of some memory in rising order. */
  static List<LiteralChunk> of(int host, int file, List<PageRun> runs) {
    List<LiteralChunk> chunks = new ArrayList<>();
    for (PageRun run : runs) {
      for (long at = run.firstPfn(); run.state().readable() && at < run.endPfn(); at += PAGES) {
        chunks.add(new LiteralChunk(host, file, at, Math.min(PAGES, run.endPfn() - at)));
      }
    }
    return chunks;
  }

  /** Searches the chunk; what goes wrong is in the result. */
  public Result run(OpenedHost opened, HadoopEvidence evidence, RuleGate gate) {
    PageHits hits = new PageHits();
    try (PhysicalMemory memory = open(opened, evidence)) {
      search(memory, first, pages, gate, hits);
      return new Result(this, hits, "");
    } catch (IOException e) {
      return new Result(this, new PageHits(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Result(this, new PageHits(), "internal error: " + e);
    }
  }

  private PhysicalMemory open(OpenedHost opened, HadoopEvidence evidence) throws IOException {
    if (file < 0) {
      return opened.description().image().open(evidence);
    }
    PageFileUse use = opened.pageFiles().get(file);
    return new PageFileMemory(
        EmbeddedEvidence.of(opened.description().image(), evidence).open(use.path()));
  }

  /** Adds the pages with literals among {@code count} pages from {@code from}. */
  public static void search(
      PhysicalMemory memory, long from, long count, RuleGate gate, PageHits hits)
      throws IOException {
    byte[] block = new byte[BLOCK * PAGE];
    boolean[] present = new boolean[BLOCK];
    BitSet found = new BitSet();
    for (long at = from; at < from + count; at += BLOCK) {
      int size = (int) Math.min(BLOCK, from + count - at);
      memory.readPages(at, size, block, 0, present);
      for (int i = 0; i < size; i++) {
        if (present[i] && !isFilled(block, i * PAGE)) {
          gate.find(block, i * PAGE, (i + 1) * PAGE, found);
          if (!found.isEmpty()) {
            hits.add(at + i, found);
            found.clear();
          }
        }
      }
    }
  }

  /** Whether the page is one byte over and over. */
  private static boolean isFilled(byte[] block, int offset) {
    return block[offset] == block[offset + 1]
        && java.util.Arrays.equals(
            block, offset, offset + PAGE - 1, block, offset + 1, offset + PAGE);
  }
}
