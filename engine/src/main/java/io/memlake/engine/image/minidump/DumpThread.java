package io.memlake.engine.image.minidump;

import java.io.Serializable;

/**
 * A thread as the dump lists it.
 *
 * @param tid its id
 * @param teb address of its environment block
 * @param startAddress of its function; 0 when the dump does not tell
 * @param createTime FILETIME; 0 when the dump does not tell
 * @param exitTime FILETIME; 0 when it had not ended
 * @param recordOffset where in the file it is listed
 */
public record DumpThread(
    long tid, long teb, long startAddress, long createTime, long exitTime, long recordOffset)
    implements Serializable {}
