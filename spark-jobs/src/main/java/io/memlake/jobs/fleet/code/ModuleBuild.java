package io.memlake.jobs.fleet.code;

import java.io.Serializable;

/**
 * What makes two modules the same file.
 *
 * @param module file name, lower case
 * @param size bytes in memory
 * @param timestamp TimeDateStamp
 * @param guid GUID of its symbol file; empty when it tells none
 */
public record ModuleBuild(String module, long size, long timestamp, String guid)
    implements Serializable {}
