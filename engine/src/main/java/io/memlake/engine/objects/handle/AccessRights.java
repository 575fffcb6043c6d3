package io.memlake.engine.objects.handle;

import java.util.Map;
import java.util.StringJoiner;

/** Names of the bits in access masks, by type of object. Source: winnt.h, winuser.h, ntifs.h. */
public final class AccessRights {
  private static final String SEPARATOR = "|";
  private static final int SPECIFIC_BITS = 16;
  private static final int FIRST_STANDARD = 16;

  private static final String[] STANDARD = {
    "DELETE", "READ_CONTROL", "WRITE_DAC", "WRITE_OWNER", "SYNCHRONIZE"
  };

  private static final int SYSTEM_SECURITY_BIT = 24;

  /** A flag of handle entries up to Windows 7, no right. */
  private static final long PROTECT_FROM_CLOSE = 1L << 25;

  /** Specific rights from bit 0 on, by type; an empty name is a bit without meaning. */
  private static final Map<String, String[]> SPECIFIC =
      Map.ofEntries(
          type(
              "Process",
              "PROCESS_TERMINATE PROCESS_CREATE_THREAD PROCESS_SET_SESSIONID PROCESS_VM_OPERATION"
                  + " PROCESS_VM_READ PROCESS_VM_WRITE PROCESS_DUP_HANDLE PROCESS_CREATE_PROCESS"
                  + " PROCESS_SET_QUOTA PROCESS_SET_INFORMATION PROCESS_QUERY_INFORMATION"
                  + " PROCESS_SUSPEND_RESUME PROCESS_QUERY_LIMITED_INFORMATION"
                  + " PROCESS_SET_LIMITED_INFORMATION"),
          type(
              "Thread",
              "THREAD_TERMINATE THREAD_SUSPEND_RESUME THREAD_ALERT THREAD_GET_CONTEXT"
                  + " THREAD_SET_CONTEXT THREAD_SET_INFORMATION THREAD_QUERY_INFORMATION"
                  + " THREAD_SET_THREAD_TOKEN THREAD_IMPERSONATE THREAD_DIRECT_IMPERSONATION"
                  + " THREAD_SET_LIMITED_INFORMATION THREAD_QUERY_LIMITED_INFORMATION"
                  + " THREAD_RESUME"),
          type(
              "File",
              "FILE_READ_DATA FILE_WRITE_DATA FILE_APPEND_DATA FILE_READ_EA FILE_WRITE_EA"
                  + " FILE_EXECUTE FILE_DELETE_CHILD FILE_READ_ATTRIBUTES FILE_WRITE_ATTRIBUTES"),
          type(
              "Key",
              "KEY_QUERY_VALUE KEY_SET_VALUE KEY_CREATE_SUB_KEY KEY_ENUMERATE_SUB_KEYS KEY_NOTIFY"
                  + " KEY_CREATE_LINK - - KEY_WOW64_64KEY KEY_WOW64_32KEY"),
          type(
              "Section",
              "SECTION_QUERY SECTION_MAP_WRITE SECTION_MAP_READ SECTION_MAP_EXECUTE"
                  + " SECTION_EXTEND_SIZE SECTION_MAP_EXECUTE_EXPLICIT"),
          type(
              "Token",
              "TOKEN_ASSIGN_PRIMARY TOKEN_DUPLICATE TOKEN_IMPERSONATE TOKEN_QUERY"
                  + " TOKEN_QUERY_SOURCE TOKEN_ADJUST_PRIVILEGES TOKEN_ADJUST_GROUPS"
                  + " TOKEN_ADJUST_DEFAULT TOKEN_ADJUST_SESSIONID"),
          type("Event", "EVENT_QUERY_STATE EVENT_MODIFY_STATE"),
          type("Mutant", "MUTANT_QUERY_STATE"),
          type("Semaphore", "SEMAPHORE_QUERY_STATE SEMAPHORE_MODIFY_STATE"),
          type("Timer", "TIMER_QUERY_STATE TIMER_MODIFY_STATE"),
          type(
              "Directory",
              "DIRECTORY_QUERY DIRECTORY_TRAVERSE DIRECTORY_CREATE_OBJECT"
                  + " DIRECTORY_CREATE_SUBDIRECTORY"),
          type("SymbolicLink", "SYMBOLIC_LINK_QUERY SYMBOLIC_LINK_SET"),
          type(
              "Job",
              "JOB_OBJECT_ASSIGN_PROCESS JOB_OBJECT_SET_ATTRIBUTES JOB_OBJECT_QUERY"
                  + " JOB_OBJECT_TERMINATE JOB_OBJECT_SET_SECURITY_ATTRIBUTES"
                  + " JOB_OBJECT_IMPERSONATE"),
          type("IoCompletion", "IO_COMPLETION_QUERY_STATE IO_COMPLETION_MODIFY_STATE"),
          type("KeyedEvent", "KEYEDEVENT_WAIT KEYEDEVENT_WAKE"),
          type("ALPC Port", "PORT_CONNECT"),
          type(
              "DebugObject",
              "DEBUG_READ_EVENT DEBUG_PROCESS_ASSIGN DEBUG_SET_INFORMATION"
                  + " DEBUG_QUERY_INFORMATION"),
          type(
              "Desktop",
              "DESKTOP_READOBJECTS DESKTOP_CREATEWINDOW DESKTOP_CREATEMENU DESKTOP_HOOKCONTROL"
                  + " DESKTOP_JOURNALRECORD DESKTOP_JOURNALPLAYBACK DESKTOP_ENUMERATE"
                  + " DESKTOP_WRITEOBJECTS DESKTOP_SWITCHDESKTOP"),
          type(
              "WindowStation",
              "WINSTA_ENUMDESKTOPS WINSTA_READATTRIBUTES WINSTA_ACCESSCLIPBOARD"
                  + " WINSTA_CREATEDESKTOP WINSTA_WRITEATTRIBUTES WINSTA_ACCESSGLOBALATOMS"
                  + " WINSTA_EXITWINDOWS - WINSTA_ENUMERATE WINSTA_READSCREEN"),
          type("Session", "SESSION_QUERY_ACCESS SESSION_MODIFY_ACCESS"));

  private AccessRights() {}

  private static Map.Entry<String, String[]> type(String name, String rights) {
    return Map.entry(name, rights.split(" ", -1));
  }

  /**
   * The names of the bits of a mask, from the lowest on; bits without a name in hexadecimal at the
   * end. Empty text for 0.
   */
  public static String names(String type, long mask) {
    String[] specific = SPECIFIC.getOrDefault(type, new String[0]);
    StringJoiner names = new StringJoiner(SEPARATOR);
    long left = mask & ~PROTECT_FROM_CLOSE;
    for (int bit = 0; bit < SPECIFIC_BITS && bit < specific.length; bit++) {
      if ((mask & 1L << bit) != 0 && !specific[bit].equals("-")) {
        names.add(specific[bit]);
        left &= ~(1L << bit);
      }
    }
    for (int i = 0; i < STANDARD.length; i++) {
      if ((mask & 1L << (FIRST_STANDARD + i)) != 0) {
        names.add(STANDARD[i]);
        left &= ~(1L << (FIRST_STANDARD + i));
      }
    }
    if ((mask & 1L << SYSTEM_SECURITY_BIT) != 0) {
      names.add("ACCESS_SYSTEM_SECURITY");
      left &= ~(1L << SYSTEM_SECURITY_BIT);
    }
    if (left != 0) {
      names.add("0x" + Long.toHexString(left));
    }
    return names.toString();
  }
}
