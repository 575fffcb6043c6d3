package io.memlake.engine.artifacts.module;

/** Names of {@code LDR_DLL_LOAD_REASON} without their prefix. */
final class LoadReasons {
  private static final String[] NAMES = {
    "StaticDependency",
    "StaticForwarderDependency",
    "DynamicForwarderDependency",
    "DelayloadDependency",
    "DynamicLoad",
    "AsImageLoad",
    "AsDataLoad",
    "EnclavePrimary",
    "EnclaveDependency",
    "PatchImage"
  };

  private LoadReasons() {}

  /** The name of a reason; its number when it has none. */
  static String name(int number) {
    if (number == -1) {
      return "Unknown";
    }
    return number >= 0 && number < NAMES.length ? NAMES[number] : Integer.toString(number);
  }
}
