package io.memlake.engine.artifacts.registry;

import io.memlake.engine.objects.registry.MountedHive;
import java.util.Locale;
import java.util.Optional;

/** What a hive is for, by its paths. */
public enum HiveKind {
  /** Hardware, drivers, services, the control sets. */
  SYSTEM,
  /** Settings of Windows and of programs for all users. */
  SOFTWARE,
  /** Local accounts. */
  SAM,
  /** Policy and secrets of the local security authority. */
  SECURITY,
  /** Settings of the account SYSTEM. */
  DEFAULT,
  /** What the firmware and the bus drivers found; never has a file. */
  HARDWARE,
  /** Settings of a user. */
  NTUSER,
  /** File types and shell settings of a user. */
  USRCLASS,
  /** Programs that ran or were installed. */
  AMCACHE,
  /** Boot configuration. */
  BCD,
  /** Component store. */
  COMPONENTS,
  /** Driver packages. */
  DRIVERS,
  /** Anything else, above all of store apps. */
  OTHER;

  private static final String USERS = "\\REGISTRY\\USER\\";

  /** The kind of a mounted hive: by its file, else by where its root is. */
  public static HiveKind of(MountedHive hive) {
    for (Optional<String> file : java.util.List.of(hive.fileFullPath(), hive.fileUserName())) {
      HiveKind kind = file.map(HiveKind::byFile).orElse(OTHER);
      if (kind != OTHER) {
        return kind;
      }
    }
    return hive.rootPath().map(HiveKind::byRoot).orElse(OTHER);
  }

  private static HiveKind byFile(String path) {
    String name = last(path);
    return switch (name) {
      case "NTUSER.DAT", "NTUSER.MAN" -> NTUSER;
      case "USRCLASS.DAT" -> USRCLASS;
      case "AMCACHE.HVE" -> AMCACHE;
      default -> named(name);
    };
  }

  private static HiveKind byRoot(String path) {
    String upper = path.toUpperCase(Locale.ROOT);
    if (upper.startsWith(USERS)) {
      String user = upper.substring(USERS.length());
      if (user.equals(".DEFAULT")) {
        return DEFAULT;
      }
      return user.endsWith("_CLASSES") ? USRCLASS : NTUSER;
    }
    String name = last(path);
    return name.startsWith("BCD") ? BCD : named(name);
  }

  private static HiveKind named(String name) {
    return switch (name) {
      case "SYSTEM" -> SYSTEM;
      case "SOFTWARE" -> SOFTWARE;
      case "SAM" -> SAM;
      case "SECURITY" -> SECURITY;
      case "DEFAULT" -> DEFAULT;
      case "HARDWARE" -> HARDWARE;
      case "BCD" -> BCD;
      case "COMPONENTS" -> COMPONENTS;
      case "DRIVERS" -> DRIVERS;
      default -> OTHER;
    };
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('\\') + 1).toUpperCase(Locale.ROOT);
  }
}
