package io.memlake.engine.objects.token;

/**
 * One privilege that a token has.
 *
 * @param value its number, the low part of its LUID
 * @param enabled whether it counts now
 * @param enabledByDefault whether it counts without being asked for
 */
public record TokenPrivilege(int value, boolean enabled, boolean enabledByDefault) {
  private static final int FIRST = 2;

  private static final String[][] NAMES = {
    {"SeCreateTokenPrivilege", "Create a token object"},
    {"SeAssignPrimaryTokenPrivilege", "Replace a process level token"},
    {"SeLockMemoryPrivilege", "Lock pages in memory"},
    {"SeIncreaseQuotaPrivilege", "Adjust memory quotas for a process"},
    {"SeMachineAccountPrivilege", "Add workstations to domain"},
    {"SeTcbPrivilege", "Act as part of the operating system"},
    {"SeSecurityPrivilege", "Manage auditing and security log"},
    {"SeTakeOwnershipPrivilege", "Take ownership of files or other objects"},
    {"SeLoadDriverPrivilege", "Load and unload device drivers"},
    {"SeSystemProfilePrivilege", "Profile system performance"},
    {"SeSystemtimePrivilege", "Change the system time"},
    {"SeProfileSingleProcessPrivilege", "Profile single process"},
    {"SeIncreaseBasePriorityPrivilege", "Increase scheduling priority"},
    {"SeCreatePagefilePrivilege", "Create a pagefile"},
    {"SeCreatePermanentPrivilege", "Create permanent shared objects"},
    {"SeBackupPrivilege", "Back up files and directories"},
    {"SeRestorePrivilege", "Restore files and directories"},
    {"SeShutdownPrivilege", "Shut down the system"},
    {"SeDebugPrivilege", "Debug programs"},
    {"SeAuditPrivilege", "Generate security audits"},
    {"SeSystemEnvironmentPrivilege", "Modify firmware environment values"},
    {"SeChangeNotifyPrivilege", "Bypass traverse checking"},
    {"SeRemoteShutdownPrivilege", "Force shutdown from a remote system"},
    {"SeUndockPrivilege", "Remove computer from docking station"},
    {"SeSyncAgentPrivilege", "Synchronize directory service data"},
    {"SeEnableDelegationPrivilege", "Enable accounts to be trusted for delegation"},
    {"SeManageVolumePrivilege", "Perform volume maintenance tasks"},
    {"SeImpersonatePrivilege", "Impersonate a client after authentication"},
    {"SeCreateGlobalPrivilege", "Create global objects"},
    {"SeTrustedCredManAccessPrivilege", "Access Credential Manager as a trusted caller"},
    {"SeRelabelPrivilege", "Modify an object label"},
    {"SeIncreaseWorkingSetPrivilege", "Increase a process working set"},
    {"SeTimeZonePrivilege", "Change the time zone"},
    {"SeCreateSymbolicLinkPrivilege", "Create symbolic links"},
    {"SeDelegateSessionUserImpersonatePrivilege", "Obtain a token of a user in the same session"},
  };

  /** Its name, for instance {@code SeDebugPrivilege}; its number when this version has none. */
  public String name() {
    return known() ? NAMES[value - FIRST][0] : Integer.toString(value);
  }

  /** What it allows, as Windows shows it; empty text when unknown. */
  public String description() {
    return known() ? NAMES[value - FIRST][1] : "";
  }

  private boolean known() {
    return value >= FIRST && value - FIRST < NAMES.length;
  }

  /** For instance {@code Present,Enabled,Default}. */
  public String attributes() {
    return "Present" + (enabled ? ",Enabled" : "") + (enabledByDefault ? ",Default" : "");
  }
}
