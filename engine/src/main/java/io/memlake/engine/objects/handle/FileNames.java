package io.memlake.engine.objects.handle;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.object.ExecutiveObject;
import io.memlake.engine.objects.object.ObjectReader;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names of open files: the path that the file object keeps, behind the name of its device. */
final class FileNames {
  private static final int MAXIMUM_DEVICES = 1 << 14;

  private final AddressSpace space;
  private final ObjectReader objects;
  private final ObjectPaths paths;
  private final PointerField device;
  private final int fileName;
  private final Map<Long, Optional<String>> devices = new HashMap<>();

  FileNames(SymbolTable symbols, AddressSpace space, ObjectReader objects, ObjectPaths paths) {
    StructType file = symbols.struct("_FILE_OBJECT");
    this.space = space;
    this.objects = objects;
    this.paths = paths;
    this.device = file.pointer("DeviceObject");
    this.fileName = file.offsetOf("FileName");
  }

  /** What a file object says of itself. */
  ObjectFacts of(long fileObject) throws IOException {
    byte[] bytes = new byte[fileName + UnicodeString.size(space.pointerSize())];
    if (!space.read(fileObject, bytes, 0, bytes.length)) {
      return ObjectFacts.named(Optional.empty(), Optional.empty(), Optional.empty())
          .complete(false);
    }
    Optional<String> deviceName = device(device.in(bytes, 0));
    Optional<String> text = text(bytes);
    Optional<String> name =
        text.isEmpty() ? Optional.empty() : Optional.of(deviceName.orElse("") + text.get());
    return new ObjectFacts(
        name.filter(path -> !path.isEmpty()),
        deviceName,
        Optional.empty(),
        Optional.empty(),
        -1,
        -1,
        Optional.empty(),
        0,
        text.isPresent());
  }

  /** Empty text for a file without a name, such as a volume itself; empty when it is absent. */
  private Optional<String> text(byte[] file) throws IOException {
    return LittleEndian.u16(file, fileName) == 0
        ? Optional.of("")
        : UnicodeString.in(file, fileName, space.pointerSize()).read(space);
  }

  private Optional<String> device(long object) throws IOException {
    Optional<String> known = devices.get(object);
    if (known == null) {
      Optional<ExecutiveObject> header = objects.read(object);
      known = header.isEmpty() ? Optional.empty() : paths.of(header.get());
      if (devices.size() < MAXIMUM_DEVICES) {
        devices.put(object, known);
      }
    }
    return known;
  }
}
