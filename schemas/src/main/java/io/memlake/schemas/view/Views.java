package io.memlake.schemas.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The register of all views: the one place to add one. */
public final class Views {
  private static final List<View> MACHINE =
      Stream.of(
              "vol_pslist",
              "vol_psscan",
              "vol_psxview",
              "vol_cmdline",
              "vol_dlllist",
              "vol_modules",
              "vol_modscan",
              "vol_threads",
              "vol_thrdscan",
              "vol_vadinfo",
              "vol_malfind",
              "vol_ldrmodules",
              "mp_modules",
              "mp_threads",
              "vol_suspicious_threads",
              "vol_envars",
              "vol_hollowprocesses",
              "vol_processghosting",
              "mp_process",
              "vol_handles",
              "mp_handles",
              "vol_getsids",
              "vol_privileges",
              "vol_joblinks",
              "vol_sessions")
          .map(Views::load)
          .toList();

  /** Views of what Windows remembers: registry, files, logs. */
  private static final List<View> TRACES =
      Stream.of(
              "vol_hivelist",
              "vol_hivescan",
              "vol_printkey",
              "vol_userassist",
              "vol_amcache",
              "vol_certificates",
              "mp_tasks",
              "vol_filescan",
              "mp_files",
              "vol_hashdump",
              "mp_web",
              "mp_bitlocker",
              "vol_clipboard",
              "feature_histogram")
          .map(Views::load)
          .toList();

  /** Views of the kernel's own objects: drivers, callbacks, sockets, services. */
  private static final List<View> KERNEL =
      Stream.of(
              "vol_netscan",
              "vol_netstat",
              "vol_driverscan",
              "vol_driverirp",
              "vol_drivermodule",
              "vol_devicetree",
              "vol_mutantscan",
              "vol_symlinkscan",
              "vol_callbacks",
              "vol_ssdt",
              "vol_timers",
              "vol_bigpools",
              "vol_unloadedmodules",
              "vol_svcscan",
              "mp_net",
              "mp_netdns",
              "mp_drivers",
              "mp_devices",
              "mp_unloaded_modules",
              "mp_services",
              "objects_outside_ram")
          .map(Views::load)
          .toList();

  private static final List<View> ALL =
      Stream.of(MACHINE, KERNEL, TRACES).flatMap(List::stream).toList();

  private Views() {}

  /** All views. */
  public static List<View> all() {
    return ALL;
  }

  /** The view of that name, if there is one. */
  public static Optional<View> find(String name) {
    return ALL.stream().filter(view -> view.name().equals(name)).findFirst();
  }

  /**
   * The view of that name.
   *
   * @throws IllegalArgumentException when there is none; the message lists those there are
   */
  public static View byName(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No view \""
                        + name
                        + "\"; there are: "
                        + ALL.stream().map(View::name).collect(Collectors.joining(" "))));
  }

  /** Views that read a table. */
  public static List<View> using(String table) {
    return ALL.stream().filter(view -> view.tables().contains(table)).toList();
  }

  private static View load(String name) {
    String resource = "/views/" + name + ".sql";
    try (InputStream file = Views.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("View " + name + " is registered without " + resource);
      }
      return ViewReader.read(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }
}
