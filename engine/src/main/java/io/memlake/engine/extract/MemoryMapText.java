package io.memlake.engine.extract;

import io.memlake.engine.bytes.Hex;
import java.io.IOException;
import java.util.Locale;

/**
 * The map as comma-separated text, one run a line: {@code start,end,state,source,offset,reason,
 * type,protection,file}. {@code end} is the last address; {@code offset} is where the bytes stand
 * in the output, empty when they take no room there.
 */
public final class MemoryMapText implements MemoryMap {
  private final Appendable out;

  /** Writes the header line. */
  public MemoryMapText(Appendable out) throws IOException {
    this.out = out;
    out.append("start,end,state,source,offset,reason,type,protection,file\n");
  }

  @Override
  public void run(MemoryRegion region, MemoryRun run) throws IOException {
    out.append(Hex.address(run.start()))
        .append(',')
        .append(Hex.address(run.start() + run.size() - 1))
        .append(',')
        .append(lower(run.state()))
        .append(',')
        .append(lower(run.source()))
        .append(',')
        .append(run.offset() < 0 ? "" : Hex.address(run.offset()))
        .append(',')
        .append(run.absence() == null ? "" : run.absence().words())
        .append(',')
        .append(region.type())
        .append(',')
        .append(region.protection())
        .append(',')
        .append(quoted(region.file()))
        .append('\n');
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** File names come from the evidence: they may hold anything. */
  private static String quoted(String text) {
    return text.isEmpty()
        ? ""
        : '"' + text.replaceAll("[\\p{Cntrl}]", "?").replace("\"", "\"\"") + '"';
  }
}
