package io.memlake.engine.artifacts.process;

/** Spells {@code _PS_PROTECTION}: type in the low three bits, signer in the high four. */
final class ProtectionNames {
  private static final String[] TYPES = {"None", "ProtectedLight", "Protected"};
  private static final String[] SIGNERS = {
    "None", "Authenticode", "CodeGen", "Antimalware", "Lsa", "Windows", "WinTcb", "WinSystem", "App"
  };

  private ProtectionNames() {}

  /** For instance {@code ProtectedLight-Antimalware}; {@code None} when not protected. */
  static String of(int protection) {
    if (protection == 0) {
      return TYPES[0];
    }
    return name(TYPES, protection & 7) + "-" + name(SIGNERS, protection >>> 4 & 0xF);
  }

  private static String name(String[] names, int number) {
    return number < names.length ? names[number] : Integer.toString(number);
  }
}
