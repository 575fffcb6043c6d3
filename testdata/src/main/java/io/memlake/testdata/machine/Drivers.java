package io.memlake.testdata.machine;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.FileObjects;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.Namespace;
import io.memlake.testdata.truth.DriverTruth;
import io.memlake.testdata.truth.KernelModuleTruth;
import java.util.ArrayList;
import java.util.List;

/** Driver objects of the kernel modules that are drivers, with their extension behind them. */
final class Drivers {

  private static final int TYPE_DRIVER = 4;
  private static final int FLAGS_LEGACY_INITIALIZED = 0x12;
  private static final int MAJOR_FUNCTIONS = 28;
  private static final int FIRST_HANDLER = 0x1100;

  private final Boot boot;
  private final Namespace namespace;
  private final FileObjects files;

  Drivers(Boot boot, Namespace namespace, FileObjects files) {
    this.boot = boot;
    this.namespace = namespace;
    this.files = files;
  }

  List<DriverTruth> write(List<KernelModuleTruth> modules) {
    List<DriverTruth> drivers = new ArrayList<>();
    for (KernelModuleTruth module : modules) {
      if (module.name().regionMatches(true, module.name().length() - 4, ".sys", 0, 4)) {
        drivers.add(write(module));
      }
    }
    return drivers;
  }

  private DriverTruth write(KernelModuleTruth module) {
    String service = module.name().substring(0, module.name().length() - 4);
    boolean fileSystem = service.equalsIgnoreCase("Ntfs");
    String name = (fileSystem ? "\\FileSystem\\" : "\\Driver\\") + service;
    StructLayout layout = boot.struct("_DRIVER_OBJECT");
    StructLayout extensionLayout = boot.struct("_DRIVER_EXTENSION");
    KernelObject object = namespace.create("Driver", name, layout.size() + extensionLayout.size());
    long extension = object.body() + layout.size();
    Struct driver = new Struct(boot.space(), object.body(), layout);
    driver
        .set("Type", TYPE_DRIVER)
        .set("Size", layout.size())
        .set("Flags", FLAGS_LEGACY_INITIALIZED)
        .set("DriverStart", module.base())
        .set("DriverSize", module.size())
        .set("DriverSection", module.entry())
        .set("DriverExtension", extension)
        .set("DriverInit", module.base() + FIRST_HANDLER);
    boot.pool().setText(driver, "DriverName", "IoNm", name);
    for (int i = 0; i < MAJOR_FUNCTIONS; i++) {
      boot.space()
          .writeLong(
              driver.addressOf("MajorFunction") + (long) i * Long.BYTES,
              module.base() + FIRST_HANDLER + i * 0x20L);
    }
    Struct behind = new Struct(boot.space(), extension, extensionLayout);
    behind.set("DriverObject", object.body());
    boot.pool().setText(behind, "ServiceKeyName", "IoNm", service);
    if (fileSystem) {
      driver.set("DeviceObject", files.device().body());
      boot.objects().view(files.device(), "_DEVICE_OBJECT").set("DriverObject", object.body());
    }
    return new DriverTruth(
        object.body(),
        boot.space().physical(object.body()),
        module.base(),
        module.size(),
        service,
        name);
  }
}
