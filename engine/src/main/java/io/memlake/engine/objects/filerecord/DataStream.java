package io.memlake.engine.objects.filerecord;

import java.util.List;

/** Content of a file: the unnamed stream, or an alternate one. */
public final class DataStream {
  private final Attribute first;
  private final List<Attribute> parts;

  DataStream(List<Attribute> parts) {
    this.parts = List.copyOf(parts);
    first =
        parts.stream().filter(part -> part.firstCluster() == 0).findFirst().orElse(parts.get(0));
  }

  /** Its name; empty for the content proper. */
  public String name() {
    return first.name();
  }

  /** Number of the attribute in its record. */
  public int attributeId() {
    return first.id();
  }

  /** Whether the content stands in the record. */
  public boolean resident() {
    return first.resident();
  }

  /** Bytes of content; -1 when the part that knows it is not there. */
  public long size() {
    return first.firstCluster() == 0 ? first.size() : -1;
  }

  /** Bits, see {@link Attribute#COMPRESSED}. */
  public int flags() {
    return first.flags();
  }

  /** The content of a resident stream; empty for others. */
  public byte[] content() {
    return first.value();
  }

  /** Where the content is, of all parts that are there, in their order. */
  public List<DataRun> runs() {
    return parts.stream()
        .sorted((a, b) -> Long.compare(a.firstCluster(), b.firstCluster()))
        .flatMap(part -> part.runs().stream())
        .toList();
  }
}
