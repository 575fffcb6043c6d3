package io.memlake.jobs.timeline;

import java.time.Instant;

/**
 * One event of the timeline. Texts are empty where the table has null.
 *
 * @param datetime when
 * @param meaning what the time means
 * @param message what happened
 * @param table table of its row
 * @param host host
 * @param key which row
 * @param pid process, or null
 * @param path forensic path
 */
record TimelineEvent(
    Instant datetime,
    String meaning,
    String message,
    String table,
    String host,
    String key,
    Integer pid,
    String path) {}
