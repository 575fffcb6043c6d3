package io.memlake.testdata.objects;

import java.util.List;

/**
 * The object types of the machine and their places in {@code ObTypeIndexTable}. Index 0 is unused,
 * index 1 is a guard, types begin at 2.
 */
final class ObjectTypes {

  static final int FIRST_INDEX = 2;

  private static final List<String> NAMES =
      List.of(
          "Type",
          "Directory",
          "SymbolicLink",
          "Token",
          "Job",
          "Process",
          "Thread",
          "UserApcReserve",
          "IoCompletionReserve",
          "DebugObject",
          "Event",
          "Mutant",
          "Callback",
          "Semaphore",
          "Timer",
          "Profile",
          "KeyedEvent",
          "WindowStation",
          "Desktop",
          "TpWorkerFactory",
          "Adapter",
          "Controller",
          "Device",
          "Driver",
          "IoCompletion",
          "File",
          "TmTm",
          "TmTx",
          "Section",
          "Session",
          "Key",
          "ALPC Port",
          "PowerRequest",
          "EtwRegistration");

  private ObjectTypes() {}

  static List<String> names() {
    return NAMES;
  }

  static int index(String type) {
    int position = NAMES.indexOf(type);
    if (position < 0) {
      throw new IllegalArgumentException("No object type " + type + "; there are " + NAMES);
    }
    return FIRST_INDEX + position;
  }

  /** The kernel variable that points to the type, or empty text. */
  static String symbol(String type) {
    return switch (type) {
      case "Process" -> "PsProcessType";
      case "Thread" -> "PsThreadType";
      case "File" -> "IoFileObjectType";
      case "Mutant" -> "ExMutantObjectType";
      case "Event" -> "ExEventObjectType";
      case "Section" -> "MmSectionObjectType";
      case "Key" -> "CmKeyObjectType";
      case "Token" -> "SeTokenObjectType";
      case "Driver" -> "IoDriverObjectType";
      case "Device" -> "IoDeviceObjectType";
      case "Type" -> "ObpTypeObjectType";
      default -> "";
    };
  }

  /**
   * Four characters of the pool tag as this version writes it: Windows 7 marks objects protected.
   */
  static String tag(String type, int build) {
    String tag =
        switch (type) {
          case "Process" -> "Proc";
          case "Thread" -> "Thre";
          case "File" -> "File";
          case "Mutant" -> "Muta";
          case "Event" -> "Even";
          case "Section" -> "Sect";
          case "Key" -> "Key ";
          case "Token" -> "Toke";
          case "Directory" -> "Dire";
          case "Type" -> "ObjT";
          case "Driver" -> "Driv";
          case "Device" -> "Devi";
          case "SymbolicLink" -> "Symb";
          case "Semaphore" -> "Sema";
          case "Timer" -> "Time";
          case "Job" -> "Job ";
          case "WindowStation" -> "Wind";
          case "Desktop" -> "Desk";
          default -> "Ob  ";
        };
    char last = tag.charAt(3);
    return build < 9200 ? tag.substring(0, 3) + (char) (last | 0x80) : tag;
  }

  /** Paged for types whose objects may leave RAM. */
  static PoolKind pool(String type) {
    return switch (type) {
      case "Token", "Section", "Key", "Directory", "SymbolicLink" -> PoolKind.PAGED;
      default -> PoolKind.NONPAGED;
    };
  }
}
