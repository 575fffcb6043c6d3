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

  /** The candidate with which a page would be found that lies before this one. */
  Optional<Candidate> before(int pages) throws IOException {
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    AddressSpace space = spaces.apply(owner.get().owner().dtb());
    long frame = space.translate(owner.get().virtualAddress() - (long) pages * PAGE);
    return frame == AddressSpace.ABSENT
        ? Optional.empty()
        : Optional.of(new Candidate(CarveKind.EVENT_CHUNK, frame, layer, spaces));
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

  /** Whether the page {@code pages} behind this one, as this one is read, is {@code other}'s. */
  boolean leadsTo(Candidate other, int pages) throws IOException {
    if (owner.isEmpty()) {
      return false;
    }
    AddressSpace space = spaces.apply(owner.get().owner().dtb());
    byte[] one = new byte[1];
    for (int i = 1; i < pages; i++) {
      if (!space.read(owner.get().virtualAddress() + (long) i * PAGE, one, 0, 1)) {
        return false;
      }
    }
    long frame = space.translate(owner.get().virtualAddress() + (long) pages * PAGE);
    return frame == (other.address & -PAGE);
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
