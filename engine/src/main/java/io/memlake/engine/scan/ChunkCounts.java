package io.memlake.engine.scan;

/**
 * What a chunk scan counted.
 *
 * @param pages frames with bytes
 * @param zeroPages of them, those that are all zero
 * @param fillPages of them, those that repeat one value
 * @param peHeaders of them, those that begin a PE image
 * @param poolHeaders pool headers with a wanted tag
 * @param lostPages frames of readable runs without bytes
 * @param times where the time went
 */
public record ChunkCounts(
    long pages,
    long zeroPages,
    long fillPages,
    long peHeaders,
    long poolHeaders,
    long lostPages,
    ScanTimes times) {}
