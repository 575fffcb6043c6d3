package io.memlake.jobs.hunt.ioc;

import java.io.Serializable;

/**
 * One indicator in one column of one row.
 *
 * @param indicator its number
 * @param target number of the column
 * @param host the host
 * @param imageId the image, or null
 * @param forensicPath where the row's bytes lie, or null
 * @param confidence of the row
 * @param pid process id, or null
 * @param process its name, or null
 * @param key which row
 * @param value the value
 */
record IocHit(
    int indicator,
    int target,
    String host,
    String imageId,
    String forensicPath,
    int confidence,
    Integer pid,
    String process,
    String key,
    String value)
    implements Serializable {}
