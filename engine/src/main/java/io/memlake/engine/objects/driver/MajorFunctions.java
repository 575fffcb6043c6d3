package io.memlake.engine.objects.driver;

import java.util.List;

/** Names of the kinds of requests, by number, as {@code wdm.h} has them. */
public final class MajorFunctions {
  private static final List<String> NAMES =
      List.of(
          "IRP_MJ_CREATE",
          "IRP_MJ_CREATE_NAMED_PIPE",
          "IRP_MJ_CLOSE",
          "IRP_MJ_READ",
          "IRP_MJ_WRITE",
          "IRP_MJ_QUERY_INFORMATION",
          "IRP_MJ_SET_INFORMATION",
          "IRP_MJ_QUERY_EA",
          "IRP_MJ_SET_EA",
          "IRP_MJ_FLUSH_BUFFERS",
          "IRP_MJ_QUERY_VOLUME_INFORMATION",
          "IRP_MJ_SET_VOLUME_INFORMATION",
          "IRP_MJ_DIRECTORY_CONTROL",
          "IRP_MJ_FILE_SYSTEM_CONTROL",
          "IRP_MJ_DEVICE_CONTROL",
          "IRP_MJ_INTERNAL_DEVICE_CONTROL",
          "IRP_MJ_SHUTDOWN",
          "IRP_MJ_LOCK_CONTROL",
          "IRP_MJ_CLEANUP",
          "IRP_MJ_CREATE_MAILSLOT",
          "IRP_MJ_QUERY_SECURITY",
          "IRP_MJ_SET_SECURITY",
          "IRP_MJ_POWER",
          "IRP_MJ_SYSTEM_CONTROL",
          "IRP_MJ_DEVICE_CHANGE",
          "IRP_MJ_QUERY_QUOTA",
          "IRP_MJ_SET_QUOTA",
          "IRP_MJ_PNP");

  /** Number of the request that a driver gets before the system stops. */
  public static final int SHUTDOWN = 16;

  private MajorFunctions() {}

  /** The name of a number; {@code IRP_MJ_n} beyond the known ones. */
  public static String name(int number) {
    return number < NAMES.size() ? NAMES.get(number) : "IRP_MJ_" + number;
  }
}
