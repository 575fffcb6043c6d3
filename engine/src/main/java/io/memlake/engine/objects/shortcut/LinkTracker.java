package io.memlake.engine.objects.shortcut;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Guid;
import java.util.Locale;
import java.util.Optional;

/**
 * How link tracking finds a target that was moved ({@code TrackerDataBlock}).
 *
 * @param machine NetBIOS name of the computer that has the target
 * @param volumeId GUID of the volume
 * @param fileId GUID of the file; one of version 1 tells time and network card of its making
 * @param birthVolumeId GUID of the volume where the file was first tracked
 * @param birthFileId GUID that it had there
 */
public record LinkTracker(
    String machine, String volumeId, String fileId, String birthVolumeId, String birthFileId) {
  static final int SIZE = 0x60;

  private static final int MACHINE = 0x10;
  private static final int MACHINE_LENGTH = 16;
  private static final int IDS = 0x20;
  private static final int NODE = 24;
  private static final int VERSION = 14;

  static LinkTracker parse(byte[] bytes, int at) {
    int ids = at + IDS;
    return new LinkTracker(
        LinkText.ansi(bytes, at + MACHINE, MACHINE_LENGTH),
        Guid.text(bytes, ids),
        Guid.text(bytes, ids + Guid.SIZE),
        Guid.text(bytes, ids + 2 * Guid.SIZE),
        Guid.text(bytes, ids + 3 * Guid.SIZE));
  }

  static boolean fits(byte[] bytes, int at, int size) {
    return size >= SIZE && LittleEndian.i32(bytes, at + 8) == 0x58;
  }

  /** Address of the network card that made the file's identifier; empty for other versions. */
  public Optional<String> networkAddress() {
    if (fileId.charAt(VERSION) != '1') {
      return Optional.empty();
    }
    String node = fileId.substring(NODE).toUpperCase(Locale.ROOT);
    return Optional.of(node.replaceAll("(..)(?!$)", "$1:"));
  }
}
