package io.memlake.testdata.objects;

import io.memlake.testdata.memory.Struct;
import java.util.HashMap;
import java.util.Map;

/** File objects on the system's only volume, and the device object that they belong to. */
public final class FileObjects {

  /** Device that carries drive C. */
  public static final String VOLUME = "\\Device\\HarddiskVolume3";

  private static final int TYPE_FILE = 5;
  private static final int TYPE_DEVICE = 3;
  private static final int DEVICE_DISK_FILE_SYSTEM = 8;
  private static final int OPENED_SYNCHRONOUS = 0x40042;

  private final Boot boot;
  private final KernelObject device;
  private final Map<String, KernelObject> files = new HashMap<>();

  /** Makes the volume's device. */
  public FileObjects(Boot boot, Namespace namespace) {
    this.boot = boot;
    int size = boot.struct("_DEVICE_OBJECT").size();
    this.device = namespace.create("Device", VOLUME, size);
    boot.objects()
        .view(device, "_DEVICE_OBJECT")
        .set("Type", TYPE_DEVICE)
        .set("Size", size)
        .set("DeviceType", DEVICE_DISK_FILE_SYSTEM);
  }

  /** The volume's device. */
  public KernelObject device() {
    return device;
  }

  /**
   * The file object for a path; the same path gives the same object.
   *
   * @param path path on drive C without the drive, such as \Windows\System32\ntdll.dll
   */
  public KernelObject file(String path) {
    return files.computeIfAbsent(path, this::create);
  }

  private KernelObject create(String path) {
    int size = boot.struct("_FILE_OBJECT").size();
    KernelObject object =
        boot.objects()
            .create(new ObjectRequest("File", size).handleInfo().quota().extended().counts(3, 1));
    Struct file = boot.objects().view(object, "_FILE_OBJECT");
    file.set("Type", TYPE_FILE)
        .set("Size", size)
        .set("DeviceObject", device.body())
        .set("ReadAccess", 1)
        .set("SharedRead", 1)
        .set("SharedDelete", 1)
        .set("Flags", OPENED_SYNCHRONOUS);
    boot.pool().setText(file, "FileName", "IoNm", path);
    return object;
  }

  /** The path on the volume of a path with drive letter. */
  public static String onVolume(String path) {
    return path.startsWith("C:") ? path.substring(2) : path;
  }

  /** The device path of a path with drive letter. */
  public static String devicePath(String path) {
    return VOLUME + onVolume(path);
  }
}
