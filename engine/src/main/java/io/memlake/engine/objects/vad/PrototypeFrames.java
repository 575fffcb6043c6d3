package io.memlake.engine.objects.vad;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.PteDecoder;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;

/**
 * Where the section behind a view keeps a page, by the prototype entry of the page. A page that the
 * process maps elsewhere is a copy that it changed.
 */
public final class PrototypeFrames {
  /** The section keeps the page in no frame. */
  public static final long NOT_RESIDENT = -1;

  /** The prototype entry is not in the evidence. */
  public static final long UNKNOWN = -2;

  private final PagedAddressSpace space;
  private final SectionReader sections;
  private final byte[] entry = new byte[Long.BYTES];

  /**
   * Prototype entries as a space sees them.
   *
   * @param space any space with the kernel half
   */
  public PrototypeFrames(PagedAddressSpace space, SectionReader sections) {
    this.space = space;
    this.sections = sections;
  }

  /**
   * The frame in which the section keeps a page.
   *
   * @return a frame number, {@link #NOT_RESIDENT} or {@link #UNKNOWN}
   * @throws IOException when the medium fails
   */
  public long frameOf(VadNode node, long virtualAddress) throws IOException {
    long at = sections.prototypeAddress(space, node, virtualAddress);
    int width = space.mode().entrySize();
    if (at == 0 || !space.read(at, entry, 0, width)) {
      return UNKNOWN;
    }
    long value = width == Long.BYTES ? LittleEndian.i64(entry, 0) : LittleEndian.u32(entry, 0);
    return switch (PteDecoder.kindOfPrototype(value, space.layout())) {
      case HARDWARE -> space.mode().frame(value) >>> PhysicalMemory.PAGE_SHIFT;
      case TRANSITION -> PteDecoder.transitionPfn(value, space.layout());
      default -> NOT_RESIDENT;
    };
  }
}
