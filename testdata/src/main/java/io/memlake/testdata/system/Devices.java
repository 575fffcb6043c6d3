package io.memlake.testdata.system;

import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.ObjectRequest;
import io.memlake.testdata.truth.DriverTruth;
import io.memlake.testdata.truth.RoutineTruth;
import java.util.ArrayList;
import java.util.List;

/** Device stacks of a few drivers, and routines of drivers that were turned elsewhere. */
final class Devices {

  private static final int TYPE_DEVICE = 3;
  private static final int DISK = 0x07;
  private static final int NETWORK = 0x12;
  private static final int FILE_SYSTEM = 0x08;
  private static final int CONTROLLER = 0x04;

  private final Host host;

  Devices(Host host) {
    this.host = host;
  }

  /** The device that hears of a shutdown. */
  KernelObject write() {
    KernelObject disk = device("disk", "\\Device\\Harddisk0\\DR0", DISK);
    KernelObject second = device("disk", "", DISK);
    attach(disk, device("volmgr", "", DISK));
    KernelObject filter = device("FLTMGR", "", FILE_SYSTEM);
    KernelObject top = device("Wdf01000", "", CONTROLLER);
    attach(second, filter);
    attach(filter, top);
    device("tcpip", "\\Device\\Tcp", NETWORK);
    device("tcpip", "\\Device\\Udp", NETWORK);
    device("afd", "\\Device\\Afd", 0x11);
    return disk;
  }

  /** A device in front of the others of its driver. */
  private KernelObject device(String service, String path, int type) {
    int size = host.facts().struct("_DEVICE_OBJECT").size();
    KernelObject object =
        path.isEmpty()
            ? host.boot().objects().create(new ObjectRequest("Device", size).counts(1, 0))
            : host.namespace().create("Device", path, size);
    DriverTruth driver = host.driver(service);
    Struct owner = host.view("_DRIVER_OBJECT", driver.object());
    long next = host.boot().space().readNumber(owner.addressOf("DeviceObject"), Long.BYTES);
    host.view("_DEVICE_OBJECT", object.body())
        .set("Type", TYPE_DEVICE)
        .set("Size", size)
        .set("DriverObject", driver.object())
        .set("NextDevice", next)
        .set("DeviceType", type)
        .set("Flags", 0x50)
        .set("Characteristics", 0x100);
    owner.set("DeviceObject", object.body());
    return object;
  }

  private void attach(KernelObject below, KernelObject above) {
    host.view("_DEVICE_OBJECT", below.body()).set("AttachedDevice", above.body());
  }

  List<RoutineTruth> hooks(List<SystemSpec.HookSpec> specs) {
    List<RoutineTruth> hooks = new ArrayList<>();
    for (SystemSpec.HookSpec spec : specs) {
      long target =
          spec.module().isEmpty()
              ? host.boot().systemPtes().reserve(1) + 0x40
              : host.module(spec.module()).base() + 0x1440;
      DriverTruth driver = host.driver(spec.service());
      long table = host.view("_DRIVER_OBJECT", driver.object()).addressOf("MajorFunction");
      host.boot().space().writeLong(table + (long) spec.majorFunction() * Long.BYTES, target);
      hooks.add(new RoutineTruth(driver.name(), target, Integer.toString(spec.majorFunction())));
    }
    return hooks;
  }
}
