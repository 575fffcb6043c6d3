package io.memlake.engine.objects.file;

/**
 * An open file.
 *
 * @param readAccess opened for reading
 * @param writeAccess opened for writing
 * @param deleteAccess opened for deletion
 * @param deletePending deleted on the last close
 * @param flags {@code FO_} bits
 * @param dataSection its {@code _CONTROL_AREA} as data, 0 for none
 * @param sharedCacheMap its {@code _SHARED_CACHE_MAP}, 0 for none
 * @param imageSection its {@code _CONTROL_AREA} as a program, 0 for none
 * @param size bytes of the file, -1 when nothing in memory says it
 */
public record FileObject(
    boolean readAccess,
    boolean writeAccess,
    boolean deleteAccess,
    boolean deletePending,
    long flags,
    long dataSection,
    long sharedCacheMap,
    long imageSection,
    long size) {}
