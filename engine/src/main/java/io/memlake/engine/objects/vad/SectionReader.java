package io.memlake.engine.objects.vad;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows a view to its section: control area, file, subsections, prototype entries. */
public final class SectionReader {
  /** Subsections of one section: an image has one a section header, a file one a few GiB. */
  public static final int MAXIMUM_SUBSECTIONS = 4096;

  /** The low bits of an {@code EX_FAST_REF} count references. */
  private static final long FAST_REFERENCE_64 = 0xF;

  private static final long FAST_REFERENCE_32 = 0x7;

  private final Layout layout;
  private final byte[] bytes;

  private SectionReader(Layout layout) {
    this.layout = layout;
    this.bytes = new byte[layout.subsectionSize()];
  }

  /**
   * Resolves the layouts. What a kernel's symbols leave out is not told; nothing is refused.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when subsections cannot be told at all
   */
  public static SectionReader of(SymbolTable symbols) {
    return new SectionReader(Layout.resolve(symbols));
  }

  /** What a range is a view of; empty for private memory and when a structure is absent. */
  public Optional<VadSection> section(AddressSpace space, VadNode node) throws IOException {
    if (node.subsection() == 0) {
      return Optional.empty();
    }
    Optional<byte[]> subsection = space.map(node.subsection(), layout.subsectionSize());
    if (subsection.isEmpty()) {
      return Optional.empty();
    }
    long area = pointer(subsection.get(), layout.controlArea());
    return area == 0 ? Optional.empty() : controlArea(space, area);
  }

  /** The section of a control area; empty when it is absent. */
  public Optional<VadSection> controlArea(AddressSpace space, long area) throws IOException {
    Optional<byte[]> bytesOfArea = space.map(area, layout.controlAreaSize());
    if (bytesOfArea.isEmpty()) {
      return Optional.empty();
    }
    byte[] control = bytesOfArea.get();
    long mask = layout.pointerSize() == Long.BYTES ? FAST_REFERENCE_64 : FAST_REFERENCE_32;
    long fileObject = pointer(control, layout.filePointer()) & ~mask;
    return Optional.of(
        new VadSection(
            area,
            isSet(layout.image(), control),
            isSet(layout.file(), control) || fileObject != 0,
            fileObject,
            fileObject == 0 ? "" : fileName(space, fileObject)));
  }

  private String fileName(AddressSpace space, long fileObject) throws IOException {
    boolean wide = layout.pointerSize() == Long.BYTES;
    Optional<byte[]> header =
        space.map(
            fileObject + layout.fileName(), wide ? UnicodeString.SIZE : UnicodeString.SIZE_32);
    if (header.isEmpty()) {
      return "";
    }
    UnicodeString text =
        wide ? UnicodeString.in(header.get(), 0) : UnicodeString.in32(header.get(), 0);
    return text.read(space).orElse("");
  }

  /**
   * The subsections from that of the view on, in order. Ends where one is absent or comes again.
   */
  public List<Subsection> subsections(AddressSpace space, VadNode node) throws IOException {
    List<Subsection> found = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long at = node.subsection();
    while (at != 0 && seen.add(at) && found.size() < MAXIMUM_SUBSECTIONS) {
      if (!space.read(at, bytes, 0, bytes.length)) {
        break;
      }
      found.add(subsection(at));
      at = pointer(bytes, layout.next());
    }
    return found;
  }

  private Subsection subsection(long at) {
    return new Subsection(
        at,
        pointer(bytes, layout.base()),
        LittleEndian.u32(bytes, layout.entries()),
        pointer(bytes, layout.next()));
  }

  /**
   * Kernel address of the prototype entry of an address inside a view.
   *
   * <p>Entries follow each other up to {@code LastContiguousPte}; behind it the chain of
   * subsections tells. Allocates nothing on the first way.
   *
   * @return 0 when the view has no entry for it, or a subsection on the way is absent
   */
  public long prototypeAddress(AddressSpace space, VadNode node, long virtualAddress)
      throws IOException {
    if (!node.hasPrototypes() || !node.contains(virtualAddress)) {
      return 0;
    }
    long index = (virtualAddress - node.start()) >>> 12;
    int entrySize = entrySize(space);
    long direct = node.firstPrototypePte() + index * entrySize;
    if (Long.compareUnsigned(direct, node.lastContiguousPte()) < 0) {
      return direct;
    }
    long behind = inSubsections(space, node, index);
    // The last entry itself belongs to the run, whatever became of the subsections.
    return behind == 0 && direct == node.lastContiguousPte() ? direct : behind;
  }

  private long inSubsections(AddressSpace space, VadNode node, long index) throws IOException {
    long at = node.subsection();
    long left = 0;
    for (int count = 0; at != 0 && count < MAXIMUM_SUBSECTIONS; count++) {
      if (!space.read(at, bytes, 0, bytes.length)) {
        return 0;
      }
      long base = pointer(bytes, layout.base());
      long entries = LittleEndian.u32(bytes, layout.entries());
      if (count == 0) {
        left = (node.firstPrototypePte() - base) / entrySize(space) + index;
        if (base == 0 || left < 0) {
          return 0;
        }
      }
      if (left < entries) {
        return base == 0 ? 0 : base + left * entrySize(space);
      }
      left -= entries;
      at = pointer(bytes, layout.next());
    }
    return 0;
  }

  /** Symbols of a kernel without PAE may be all there is for one with it. */
  private int entrySize(AddressSpace space) {
    return space instanceof PagedAddressSpace paged ? paged.mode().entrySize() : layout.entrySize();
  }

  private long pointer(byte[] structure, int offset) {
    return layout.pointerSize() == Long.BYTES
        ? LittleEndian.i64(structure, offset)
        : LittleEndian.u32(structure, offset);
  }

  private static boolean isSet(Optional<BitsField> flag, byte[] structure) {
    return flag.isPresent() && flag.get().in(structure, 0) != 0;
  }

  /** Offsets, resolved once. */
  private record Layout(
      int pointerSize,
      int entrySize,
      int subsectionSize,
      int controlArea,
      int base,
      int entries,
      int next,
      int controlAreaSize,
      int filePointer,
      Optional<BitsField> image,
      Optional<BitsField> file,
      int fileName) {

    static Layout resolve(SymbolTable symbols) {
      StructType subsection = symbols.struct("_SUBSECTION");
      StructType control = symbols.struct("_CONTROL_AREA");
      int entrySize = symbols.findStruct("_MMPTE").map(StructType::size).orElse(Long.BYTES);
      return new Layout(
          symbols.pointerSize(),
          entrySize,
          subsection.size(),
          subsection.offsetOf("ControlArea"),
          subsection.offsetOf("SubsectionBase"),
          subsection.offsetOf("PtesInSubsection"),
          subsection.offsetOf("NextSubsection"),
          control.size(),
          control.offsetOf("FilePointer"),
          control.findBits("u.Flags.Image"),
          control.findBits("u.Flags.File"),
          symbols.struct("_FILE_OBJECT").offsetOf("FileName"));
    }
  }
}
