package io.memlake.engine.image.ewf;

import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.physical.PageRun;
import java.util.List;
import java.util.Map;

/**
 * What the segments of an image hold.
 *
 * @param bytes the media, as far as its segments are there
 * @param missingChunks chunks that the volume promises and no segment has
 * @param chunkSize bytes of a chunk
 * @param badFrames frames with sectors that the acquirer could not read
 * @param facts hashes and kind of media
 * @param warnings oddities
 */
record EwfMedia(
    ChunkedBytes bytes,
    long missingChunks,
    long chunkSize,
    List<PageRun> badFrames,
    Map<String, String> facts,
    List<String> warnings) {}
