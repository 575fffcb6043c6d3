package io.memlake.engine.objects.object;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.Optional;

/** Reads the headers of objects whose virtual address is known. One instance for a machine. */
public final class ObjectReader {
  /** More references than any object gathers; headers beyond are none. */
  private static final long MAXIMUM_COUNT = 1L << 40;

  private final Machine machine;
  private final ObjectHeaderLayout layout;
  private final TypeIndexes indexes;
  private final ObjectTypeNames types;

  private ObjectReader(
      Machine machine, ObjectHeaderLayout layout, TypeIndexes indexes, ObjectTypeNames types) {
    this.machine = machine;
    this.layout = layout;
    this.indexes = indexes;
    this.types = types;
  }

  /**
   * A reader for {@code machine}.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the header
   * @throws IOException when the medium fails
   */
  public static ObjectReader of(Machine machine) throws IOException {
    return new ObjectReader(
        machine,
        ObjectHeaderLayout.resolve(machine.symbols()),
        TypeIndexes.of(machine),
        ObjectTypeNames.of(machine));
  }

  /** Bytes between the start of a header and the object behind it. */
  public int bodyOffset() {
    return layout.body();
  }

  /** Pool tag of the objects of a type; empty when the type is unknown. */
  public Optional<String> tag(String type) {
    return types.tagOf(type);
  }

  /** The types of the machine. */
  public ObjectTypeNames types() {
    return types;
  }

  /** The object at {@code body}; empty when its header is absent or cannot be one. */
  public Optional<ExecutiveObject> read(long body) throws IOException {
    long header = body - layout.body();
    if (!machine.kernelSpace().isKernel(body) || (body & 7) != 0) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = machine.kernelSpace().map(header, layout.body());
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    long pointers = layout.pointerCount(bytes.get(), 0);
    if (pointers < 0 || pointers > MAXIMUM_COUNT) {
      return Optional.empty();
    }
    Optional<String> type =
        layout.hasTypeIndex()
            ? types.of(indexes.decode(layout.storedTypeIndex(bytes.get(), 0), header))
            : types.at(layout.typeAddress(bytes.get(), 0));
    int distance = layout.nameDistance(bytes.get(), 0);
    Optional<String> name = Optional.empty();
    long directory = 0;
    if (distance > 0) {
      Optional<byte[]> info = machine.kernelSpace().map(header - distance, distance);
      if (info.isPresent()) {
        AddressSpace space = machine.kernelSpace();
        name = UnicodeString.in(info.get(), layout.nameText(), space.pointerSize()).read(space);
        directory =
            layout.nameDirectory() < 0 ? 0 : space.pointer(info.get(), layout.nameDirectory());
      }
    }
    return Optional.of(
        new ExecutiveObject(
            body,
            header,
            type,
            name.filter(text -> !text.isEmpty()),
            directory,
            pointers,
            layout.handleCount(bytes.get(), 0)));
  }
}
