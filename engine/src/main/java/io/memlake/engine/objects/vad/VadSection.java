package io.memlake.engine.objects.vad;

/**
 * What a view is a view of.
 *
 * @param controlArea kernel address of the {@code _CONTROL_AREA}
 * @param image whether it is an executable
 * @param file whether a file is behind it; otherwise its pages go to page files
 * @param fileObject kernel address of the {@code _FILE_OBJECT}, 0 for none
 * @param fileName path on its volume, such as {@code \Windows\System32\ntdll.dll}; empty when there
 *     is no file or its name is absent
 */
public record VadSection(
    long controlArea, boolean image, boolean file, long fileObject, String fileName) {}
