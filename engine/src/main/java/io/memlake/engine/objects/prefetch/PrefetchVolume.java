package io.memlake.engine.objects.prefetch;

import java.util.List;

/**
 * A volume that a program used.
 *
 * @param devicePath {@code \DEVICE\HARDDISKVOLUME1} or {@code \VOLUME{created-serial}}
 * @param created FILETIME of its formatting
 * @param serial its serial number
 * @param directories that were used on it
 */
public record PrefetchVolume(
    String devicePath, long created, int serial, List<String> directories) {}
