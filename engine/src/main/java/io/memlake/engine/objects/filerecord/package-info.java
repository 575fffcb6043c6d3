/**
 * NTFS: records of the master file table and of directory indexes, read one by one wherever they
 * lie, and the paths that a set of them tells.
 *
 * <p>On disk the last two bytes of each sector of a record are replaced by a check number; in the
 * cache of a running system they are not. Both forms are read.
 *
 * <p>Reads from: {@code bytes}, {@code objects.value}. Feeds: {@code artifacts}. Reference:
 * Microsoft's notes on the master file table (Win32 documentation: {@code MULTI_SECTOR_HEADER},
 * {@code FILE_RECORD_SEGMENT_HEADER}, {@code ATTRIBUTE_RECORD_HEADER}, {@code FILE_NAME}, {@code
 * STANDARD_INFORMATION}, {@code ATTRIBUTE_LIST_ENTRY}); {@code _INDEX_ALLOCATION_BUFFER} and
 * mapping pairs as the Linux NTFS project documents them.
 */
package io.memlake.engine.objects.filerecord;
