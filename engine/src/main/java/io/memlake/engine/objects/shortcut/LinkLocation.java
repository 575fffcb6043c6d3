package io.memlake.engine.objects.shortcut;

/**
 * Where the target is ({@code LinkInfo}).
 *
 * @param localPath on a local volume; empty for a share
 * @param driveType 2 removable, 3 fixed, 4 remote, 5 CD, 6 RAM disk; 0 when no volume is named
 * @param volumeSerial serial number of the volume
 * @param volumeLabel its label
 * @param share {@code \\server\share}; empty for a local target
 * @param device drive letter of the share, if it had one
 * @param suffix rest of the path behind the local path or the share
 */
public record LinkLocation(
    String localPath,
    int driveType,
    int volumeSerial,
    String volumeLabel,
    String share,
    String device,
    String suffix) {

  /** The whole path. */
  public String path() {
    if (!localPath.isEmpty()) {
      return localPath + suffix;
    }
    if (share.isEmpty()) {
      return suffix;
    }
    return suffix.isEmpty() || share.endsWith("\\") ? share + suffix : share + "\\" + suffix;
  }
}
