package io.memlake.testdata.objects;

import io.memlake.testdata.kernel.KernelImage;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Creates executive objects: pool block, padding, optional headers, object header, body. Keeps the
 * type objects and the tables that decode type and name of an object.
 */
public final class ObjectManager {

  private static final int POOL_ALIGNMENT = 16;
  private static final int KERNEL_OBJECT = 0x02;
  private static final long GUARD_ENTRY = 0xBAD0B0B0L;

  private final KernelImage kernel;
  private final KernelPool pool;
  private final KernelLayout layout;
  private final List<OptionalHeader> known;
  private final int cookie;
  private final long securityDescriptor;
  private final Map<String, KernelObject> types = new TreeMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /**
   * Writes type objects and tables.
   *
   * @param cookie one byte that encodes type indexes on Windows 10 and later
   */
  public ObjectManager(KernelImage kernel, KernelPool pool, int cookie) {
    this.kernel = kernel;
    this.pool = pool;
    this.layout = kernel.layout();
    this.known = OptionalHeader.of(layout);
    this.cookie = kernel.has("ObHeaderCookie") ? cookie : 0;
    this.securityDescriptor = pool.allocate(PoolKind.PAGED, "SeSd", 0x40);
    writeTables();
    writeTypes();
  }

  private void writeTables() {
    if (kernel.has("ObHeaderCookie")) {
      pool.space().writeNumber(kernel.address("ObHeaderCookie"), 1, cookie);
    }
    long offsets = kernel.address("ObpInfoMaskToOffset");
    for (int mask = 0; mask < 1 << known.size(); mask++) {
      int sum = 0;
      for (int bit = 0; bit < known.size(); bit++) {
        sum += (mask >>> bit & 1) * layout.struct(known.get(bit).struct()).size();
      }
      pool.space().writeNumber(offsets + mask, 1, sum);
    }
  }

  private void writeTypes() {
    StructLayout struct = layout.struct("_OBJECT_TYPE");
    long table = kernel.address("ObTypeIndexTable");
    pool.space().writeLong(table + Long.BYTES, GUARD_ENTRY);
    for (String name : ObjectTypes.names()) {
      int index = ObjectTypes.index(name);
      KernelObject object =
          create(new ObjectRequest("Type", struct.size()).creator().named(name, 0).counts(2, 0));
      Struct type = new Struct(pool.space(), object.body(), struct);
      type.setEmptyList("TypeList").setEmptyList("CallbackList").set("Index", index);
      type.set("Key", 0x4F626A00L + index);
      pool.setText(type, "Name", "ObNm", name);
      pool.space().writeLong(table + (long) index * Long.BYTES, object.body());
      kernel.setLong(ObjectTypes.symbol(name), object.body());
      types.put(name, object);
    }
  }

  /** Creates an object; its body is zero. */
  public KernelObject create(ObjectRequest request) {
    StructLayout headerLayout = layout.struct("_OBJECT_HEADER");
    int optional = 0;
    for (OptionalHeader header : known) {
      if (request.headers.contains(header)) {
        optional += layout.struct(header.struct()).size();
      }
    }
    int inFront = optional + headerLayout.offset("Body");
    long block = allocate(request, inFront);
    int alignment = paddingKnown() ? request.alignment : POOL_ALIGNMENT;
    int padding = (int) Math.floorMod(-(block + inFront), (long) alignment);
    boolean padded = padding > 0;
    if (padded) {
      pool.space().writeInt(block, padding);
    }
    long header = block + padding + optional;
    writeOptionalHeaders(request, header);
    new Struct(pool.space(), header, headerLayout)
        .set("PointerCount", request.pointerCount)
        .set("HandleCount", request.handleCount)
        .set("TypeIndex", encodedType(request.type, header))
        .set("InfoMask", infoMask(request, padded))
        .set("Flags", KERNEL_OBJECT)
        .set("QuotaBlockCharged", 1)
        .set("SecurityDescriptor", securityDescriptor | 0xF);
    counts.merge(request.type, 1, Integer::sum);
    return new KernelObject(request.type, header + headerLayout.offset("Body"), header, block);
  }

  private long allocate(ObjectRequest request, int inFront) {
    String tag = ObjectTypes.tag(request.type, layout.build());
    PoolKind kind = ObjectTypes.pool(request.type);
    int slack = paddingKnown() ? request.alignment - POOL_ALIGNMENT : 0;
    int size = inFront + slack + request.bodySize;
    if (request.bodyBytesInFirstPage > 0) {
      int split = inFront + slack + request.bodyBytesInFirstPage;
      return pool.allocateStraddling(kind, tag, size, split / POOL_ALIGNMENT * POOL_ALIGNMENT);
    }
    return pool.allocate(kind, tag, size);
  }

  private boolean paddingKnown() {
    return known.contains(OptionalHeader.PADDING_INFO);
  }

  private void writeOptionalHeaders(ObjectRequest request, long objectHeader) {
    long at = objectHeader;
    for (OptionalHeader header : known) {
      if (!request.headers.contains(header)) {
        continue;
      }
      StructLayout struct = layout.struct(header.struct());
      at -= struct.size();
      Struct view = new Struct(pool.space(), at, struct);
      switch (header) {
        case CREATOR_INFO -> view.setEmptyList("TypeList").set("CreatorUniqueProcess", 4);
        case NAME_INFO -> {
          view.set("Directory", request.directory);
          pool.setText(view, "Name", "ObNm", request.name);
        }
        case QUOTA_INFO ->
            view.set("NonPagedPoolCharge", request.bodySize).set("PagedPoolCharge", 0);
        default -> {
          // The other headers hold nothing that a reader of memory uses.
        }
      }
    }
  }

  private int infoMask(ObjectRequest request, boolean padded) {
    int mask = 0;
    for (int bit = 0; bit < known.size(); bit++) {
      boolean present =
          known.get(bit) == OptionalHeader.PADDING_INFO
              ? padded
              : request.headers.contains(known.get(bit));
      mask |= present ? 1 << bit : 0;
    }
    return mask;
  }

  private int encodedType(String type, long header) {
    int index = ObjectTypes.index(type);
    return kernel.has("ObHeaderCookie") ? (index ^ cookie ^ (int) (header >>> 8)) & 0xFF : index;
  }

  /** Frees an object: its counts become 0 and its block returns to the pool. */
  public void release(KernelObject object) {
    new Struct(pool.space(), object.header(), layout.struct("_OBJECT_HEADER"))
        .set("PointerCount", 0)
        .set("HandleCount", 0);
    pool.release(object.block());
  }

  /** Sets how often handles and pointers refer to an object. */
  public void setCounts(KernelObject object, int pointers, int handles) {
    new Struct(pool.space(), object.header(), layout.struct("_OBJECT_HEADER"))
        .set("PointerCount", pointers)
        .set("HandleCount", handles);
  }

  /** The byte in an object's header that stands for its type. */
  public int storedTypeIndex(KernelObject object) {
    return encodedType(object.type(), object.header());
  }

  /** Writes how many objects of each type exist; the last step. */
  public void finish() {
    types.forEach(
        (name, object) ->
            new Struct(pool.space(), object.body(), layout.struct("_OBJECT_TYPE"))
                .set("TotalNumberOfObjects", counts.getOrDefault(name, 0)));
  }

  /** Lets a kernel variable point to a type. */
  public void publishType(String variable, String type) {
    kernel.setLong(variable, types.get(type).body());
  }

  /** A view of the object itself. */
  public Struct view(KernelObject object, String struct) {
    return new Struct(pool.space(), object.body(), layout.struct(struct));
  }

  /** The pool that objects lie in. */
  public KernelPool pool() {
    return pool;
  }

  /** The kernel of the machine. */
  public KernelImage kernel() {
    return kernel;
  }

  /** The kernel's address space. */
  public AddressSpace space() {
    return pool.space();
  }

  /** The byte that encodes type indexes; 0 where the kernel has none. */
  public int cookie() {
    return cookie;
  }
}
