package io.memlake.engine.artifacts.carve;

import io.memlake.engine.objects.feature.FeatureFinder;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.Mapping;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.scan.CarveKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** A place that the scan found, with what is known of its page. Belongs to one thread. */
final class Candidate {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final CarveKind kind;
  private final long address;
  private final CarveLayer layer;
  private final Optional<Mapping> owner;
  private final LongFunction<AddressSpace> spaces;

  /**
   * A candidate.
   *
   * @param spaces gives the address space of a directory table base
   */
  Candidate(CarveKind kind, long address, CarveLayer layer, LongFunction<AddressSpace> spaces) {
    this.kind = kind;
    this.address = address;
    this.layer = layer;
    this.owner = layer.owner(address >>> PhysicalMemory.PAGE_SHIFT);
    this.spaces = spaces;
  }

  CarveKind kind() {
    return kind;
  }

  String path() {
    return layer.path(address);
  }

  String layerName() {
    return layer.name();
  }

  /** Number of the page in its layer. */
  long page() {
    return address >>> PhysicalMemory.PAGE_SHIFT;
  }

  /** Bytes from the candidate to the end of its page. */
  int inPage() {
    return PAGE - (int) (address & (PAGE - 1));
  }

  /**
   * Up to {@code limit} bytes: those of the page, then the pages that follow in the space that maps
   * it, up to the first that is absent. Without a mapping nothing says what follows.
   */
  byte[] bytes(int limit) throws IOException {
    int first = Math.min(limit, inPage());
    byte[] bytes = new byte[limit];
    if (!layer.read(address, bytes, 0, first)) {
      return new byte[0];
    }
    int have = first;
    if (owner.isPresent() && have < limit) {
      AddressSpace space = spaces.apply(owner.get().owner().dtb());
      while (have < limit) {
        int part = Math.min(PAGE, limit - have);
        if (!space.read(virtualAddress() + have, bytes, have, part)) {
          break;
        }
        have += part;
      }
    }
    return have == limit ? bytes : Arrays.copyOf(bytes, have);
  }

  /** Whether somebody maps the page, so that its space can be read around it. */
  boolean isMapped() {
    return owner.isPresent();
  }

  /** Tells spaces apart: equal for candidates of one space. */
  Object spaceKey() {
    return owner.orElseThrow().owner().dtb();
  }

  /** Address of the candidate in the space that maps it. */
  long addressInSpace() {
    return virtualAddress();
  }

  /** Bytes at an address of the space that maps the page; none when not all are there. */
  byte[] bytesAt(long address, int count) throws IOException {
    byte[] bytes = new byte[count];
    return space().read(address, bytes, 0, count) ? bytes : new byte[0];
  }

  /** The first bytes of a page that lies before this one in its space, wherever it is. */
  byte[] head(int pages, int count) throws IOException {
    byte[] bytes = new byte[count];
    return owner.isPresent() && space().read(pageBehind(-pages), bytes, 0, count)
        ? bytes
        : new byte[0];
  }

  /**
   * Whether who finds the page {@code pages} before this one reads on up to this one. Both may be
   * frames that other processes map too: then the first mapping of that page is the one that
   * counts. A page outside RAM belongs to one space.
   */
  boolean isReadFrom(int pages) throws IOException {
    long before = space().translate(pageBehind(-pages));
    boolean frames = layer instanceof RamLayer && before != AddressSpace.ABSENT;
    return frames
        ? new Candidate(CarveKind.EVENT_CHUNK, before, layer, spaces).leadsTo(address, pages)
        : reads(-pages, 0);
  }

  /** Whether the page {@code pages} behind this one, as this one is read, is that of an address. */
  private boolean leadsTo(long other, int pages) throws IOException {
    return owner.isPresent()
        && reads(1, pages)
        && space().translate(pageBehind(pages)) == (other & -PAGE);
  }

  /** Whether all pages can be read from one up to another, both counted from this one. */
  private boolean reads(int from, int to) throws IOException {
    byte[] one = new byte[1];
    for (int i = from; i < to; i++) {
      if (!space().read(pageBehind(i), one, 0, 1)) {
        return false;
      }
    }
    return true;
  }

  private AddressSpace space() {
    return spaces.apply(owner.orElseThrow().owner().dtb());
  }

  private long pageBehind(int pages) {
    return owner.orElseThrow().virtualAddress() + (long) pages * PAGE;
  }

  /** Whether a text goes on into this page; empty when nothing says what lies before it. */
  Optional<Boolean> continuesText() throws IOException {
    byte[] last = new byte[Short.BYTES];
    if (owner.isEmpty()
        || !spaces
            .apply(owner.get().owner().dtb())
            .read(owner.get().virtualAddress() - last.length, last, 0, last.length)) {
      return Optional.empty();
    }
    boolean wide = last[1] == 0;
    return Optional.of(FeatureFinder.isPrintable(last[wide ? 0 : 1]));
  }

  private long virtualAddress() {
    return owner.orElseThrow().virtualAddress() + (address & (PAGE - 1));
  }

  /** Sets the columns that tell where something was found, {@code offset} bytes behind. */
  <R extends SpecificRecordBase> R stamp(R row, long offset) {
    Schema schema = row.getSchema();
    row.put(schema.getField("source").pos(), "carve");
    row.put(schema.getField("layer").pos(), layer.name());
    row.put(schema.getField("forensic_path").pos(), path());
    row.put(schema.getField("confidence").pos(), 100);
    row.put(schema.getField("address").pos(), address + (offset < inPage() ? offset : 0));
    if (owner.isPresent()) {
      row.put(schema.getField("pid").pos(), owner.get().owner().pid());
      row.put(schema.getField("va").pos(), virtualAddress() + offset);
    }
    return row;
  }
}
