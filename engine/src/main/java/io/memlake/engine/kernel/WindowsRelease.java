package io.memlake.engine.kernel;

import java.util.Map;
import java.util.Optional;

/**
 * The names under which Microsoft sold a build. One build may have been a client and a server.
 *
 * <p>Source: Microsoft's public release information for Windows client and Windows Server. Builds
 * that enablement packages raise (19042 to 19045 over 19041) report the raised number in {@code
 * NtBuildNumber} only where the package is installed; the kernel itself is that of the lower one.
 */
public final class WindowsRelease {
  private static final Map<Integer, String> CLIENT =
      Map.ofEntries(
          Map.entry(2600, "Windows XP"),
          Map.entry(6000, "Windows Vista"),
          Map.entry(6001, "Windows Vista SP1"),
          Map.entry(6002, "Windows Vista SP2"),
          Map.entry(7600, "Windows 7"),
          Map.entry(7601, "Windows 7 SP1"),
          Map.entry(9200, "Windows 8"),
          Map.entry(9600, "Windows 8.1"),
          Map.entry(10240, "Windows 10 1507"),
          Map.entry(10586, "Windows 10 1511"),
          Map.entry(14393, "Windows 10 1607"),
          Map.entry(15063, "Windows 10 1703"),
          Map.entry(16299, "Windows 10 1709"),
          Map.entry(17134, "Windows 10 1803"),
          Map.entry(17763, "Windows 10 1809"),
          Map.entry(18362, "Windows 10 1903"),
          Map.entry(18363, "Windows 10 1909"),
          Map.entry(19041, "Windows 10 2004"),
          Map.entry(19042, "Windows 10 20H2"),
          Map.entry(19043, "Windows 10 21H1"),
          Map.entry(19044, "Windows 10 21H2"),
          Map.entry(19045, "Windows 10 22H2"),
          Map.entry(22000, "Windows 11 21H2"),
          Map.entry(22621, "Windows 11 22H2"),
          Map.entry(22631, "Windows 11 23H2"),
          Map.entry(26100, "Windows 11 24H2"),
          Map.entry(26200, "Windows 11 25H2"));

  private static final Map<Integer, String> SERVER =
      Map.ofEntries(
          Map.entry(3790, "Windows Server 2003"),
          Map.entry(6001, "Windows Server 2008"),
          Map.entry(6002, "Windows Server 2008 SP2"),
          Map.entry(7600, "Windows Server 2008 R2"),
          Map.entry(7601, "Windows Server 2008 R2 SP1"),
          Map.entry(9200, "Windows Server 2012"),
          Map.entry(9600, "Windows Server 2012 R2"),
          Map.entry(14393, "Windows Server 2016"),
          Map.entry(16299, "Windows Server 1709"),
          Map.entry(17134, "Windows Server 1803"),
          Map.entry(17763, "Windows Server 2019"),
          Map.entry(18362, "Windows Server 1903"),
          Map.entry(18363, "Windows Server 1909"),
          Map.entry(19041, "Windows Server 2004"),
          Map.entry(19042, "Windows Server 20H2"),
          Map.entry(20348, "Windows Server 2022"),
          Map.entry(25398, "Windows Server 23H2"),
          Map.entry(26100, "Windows Server 2025"));

  private WindowsRelease() {}

  /**
   * The name of a build.
   *
   * @param server whether the product type says server or domain controller
   * @return empty when the build was never sold as such, or is newer than this table
   */
  public static Optional<String> name(int build, boolean server) {
    return Optional.ofNullable((server ? SERVER : CLIENT).get(build));
  }
}
