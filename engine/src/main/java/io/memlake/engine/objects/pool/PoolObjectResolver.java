package io.memlake.engine.objects.pool;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.object.ObjectHeaderLayout;
import io.memlake.engine.objects.object.TypeIndexes;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Finds the object inside a pool allocation.
 *
 * <p>Between pool header and object header lie optional headers. The object header says which, so
 * only that place is accepted whose distance equals what the header there says. Where the headers
 * are damaged, kernels up to Windows 7 still tell the place by the end of the allocation, which is
 * the end of the object there.
 */
public final class PoolObjectResolver {
  private static final int STEP = 8;
  private static final int LAST_BUILD_ALIGNED_TO_END = 7601;

  private final Machine machine;
  private final ScannedPages pages;
  private final ObjectHeaderLayout headers;
  private final TypeIndexes types;
  private final OptionalInt typeIndex;
  private final int objectSize;
  private final Predicate<PoolObject> sound;

  /**
   * A resolver for one kind of object.
   *
   * @param pages the pages that hits lie in
   * @param typeVariable kernel variable that points at the type, {@code PsProcessType}
   * @param objectSize bytes of the object
   * @param sound tells real objects from others by their own fields
   */
  public PoolObjectResolver(
      Machine machine,
      ScannedPages pages,
      String typeVariable,
      int objectSize,
      Predicate<PoolObject> sound)
      throws IOException {
    this.machine = machine;
    this.pages = pages;
    this.headers = ObjectHeaderLayout.resolve(machine.symbols());
    this.types = TypeIndexes.of(machine);
    this.typeIndex = types.indexOf(typeVariable);
    this.objectSize = objectSize;
    this.sound = sound;
  }

  /** The object behind a hit; empty when there is none that is sound. */
  public Optional<PoolObject> resolve(PoolHit hit) throws IOException {
    Optional<PoolBlock> block = PoolBlock.read(machine, pages, hit);
    if (block.isEmpty()) {
      return Optional.empty();
    }
    int start = block.get().headerSize();
    int last = block.get().bytes().length - headers.body() - objectSize;
    for (int header = start;
        header <= Math.min(last, start + ObjectHeaderLayout.MAXIMUM_DISTANCE);
        header += STEP) {
      if (headers.optionalBytes(block.get().bytes(), start, header) == header - start) {
        Optional<PoolObject> object = object(block.get(), header);
        if (object.isPresent()) {
          return object;
        }
      }
    }
    return byEnd(block.get());
  }

  private Optional<PoolObject> byEnd(PoolBlock block) throws IOException {
    if (machine.description().version().build() > LAST_BUILD_ALIGNED_TO_END) {
      return Optional.empty();
    }
    int unit = block.headerSize();
    int body = block.bytes().length - (objectSize + unit - 1) / unit * unit;
    return body - headers.body() < unit ? Optional.empty() : object(block, body - headers.body());
  }

  private Optional<PoolObject> object(PoolBlock block, int header) throws IOException {
    int body = header + headers.body();
    Optional<Certainty> certainty = block.certainty(body + objectSize);
    if (certainty.isEmpty()) {
      return Optional.empty();
    }
    long virtualAddress = block.virtualAddress() == 0 ? 0 : block.virtualAddress() + body;
    boolean deleted = headers.pointerCount(block.bytes(), header) == 0;
    PoolObject object =
        new PoolObject(
            virtualAddress,
            physicalAddress(block, body),
            place(block, body),
            Arrays.copyOfRange(block.bytes(), body, body + objectSize),
            certainty.get(),
            rightType(block, header),
            block.free() || deleted,
            name(block, header),
            headers.pointerCount(block.bytes(), header),
            headers.handleCount(block.bytes(), header));
    return sound.test(object) ? Optional.of(object) : Optional.empty();
  }

  private Optional<UnicodeString> name(PoolBlock block, int header) {
    int distance = headers.nameDistance(block.bytes(), header);
    int at = header - distance;
    return distance == 0 || at < block.headerSize()
        ? Optional.empty()
        : Optional.of(
            UnicodeString.in(
                block.bytes(), at + headers.nameText(), machine.symbols().pointerSize()));
  }

  /** Where the object begins in RAM; absent when it lies in another layer. */
  private long physicalAddress(PoolBlock block, int body) throws IOException {
    if (block.virtualAddress() != 0) {
      return machine.kernelSpace().translate(block.virtualAddress() + body);
    }
    return ScannedPlace.isPhysical(block.place()) ? block.place() + body : AddressSpace.ABSENT;
  }

  /** The object where it shares a page with its pool header, otherwise that header. */
  private static long place(PoolBlock block, int body) {
    long place = block.place() + body;
    return place >>> PhysicalMemory.PAGE_SHIFT == block.place() >>> PhysicalMemory.PAGE_SHIFT
        ? place
        : block.place();
  }

  private Optional<Boolean> rightType(PoolBlock block, int header) {
    if (!headers.hasTypeIndex() || typeIndex.isEmpty()) {
      return Optional.empty();
    }
    long address = block.virtualAddress() == 0 ? 0 : block.virtualAddress() + header;
    OptionalInt index = types.decode(headers.storedTypeIndex(block.bytes(), header), address);
    return index.isEmpty()
        ? Optional.empty()
        : Optional.of(index.getAsInt() == typeIndex.getAsInt());
  }
}
