package io.memlake.testdata.machine;

import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.Namespace;
import io.memlake.testdata.objects.ObjectRequest;
import io.memlake.testdata.process.HandleSpec;
import io.memlake.testdata.process.ProcessSpec;

/** The window stations and desktops of each session, and who has them open. */
final class Desktops {
  /** {@code tagDESKTOP.rpwinstaParent} of Windows 7, which its public symbols have. */
  private static final int STATION_POINTER = 0x20;

  private static final int DESKTOP_SIZE = 0xE0;
  private static final long ALL_OF_STATION = 0xF037F;
  private static final long ALL_OF_DESKTOP = 0xF01FF;

  private Desktops() {}

  /** The station in which a session's programs run. */
  static String station(int session) {
    return session == 0
        ? "\\Windows\\WindowStations\\Service-0x0-3e7$"
        : "\\Sessions\\" + session + "\\Windows\\WindowStations\\WinSta0";
  }

  /** Gives a program handles to its station and its desktop. */
  static void open(ProcessSpec spec) {
    if (!spec.hasSession()) {
      return;
    }
    String station = station(spec.sessionNumber());
    spec.handles(
        new HandleSpec("WindowStation", station, ALL_OF_STATION),
        desktop(
            spec.name().equals("winlogon.exe") ? station + "\\Winlogon" : station + "\\Default"));
  }

  /** A handle to a desktop, by its station's full name and its own. */
  static HandleSpec desktop(String path) {
    return new HandleSpec("Desktop", path, ALL_OF_DESKTOP);
  }

  /** Ties each desktop to its station, when all handles are open, and leaves a closed one. */
  static void link(Boot boot, Namespace namespace) {
    namespace
        .objectsByPath("Desktop")
        .forEach(
            (path, desktop) -> {
              String station = path.substring(0, path.lastIndexOf('\\'));
              KernelObject owner = namespace.objectsByPath("WindowStation").get(station);
              boot.space().writeLong(desktop.body() + STATION_POINTER, owner.body());
            });
    boot.objects().publishType("ExWindowStationObjectType", "WindowStation");
    boot.objects().publishType("ExDesktopObjectType", "Desktop");
    KernelObject closed =
        boot.objects()
            .create(new ObjectRequest("Desktop", DESKTOP_SIZE).named("closed", 0).counts(0, 0));
    boot.objects().release(closed);
  }
}
