package io.memlake.engine.artifacts.quality;

/**
 * What became of the pages of the compressed store.
 *
 * @param ok pages that decode to 4096 bytes
 * @param bad pages whose bytes are there and do not decode
 * @param missing pages whose bytes, or the way to them, are not in the evidence
 * @param lostNodes nodes of its trees that are lost, damaged or lead back into others
 */
public record StoreCounts(long ok, long bad, long missing, long lostNodes) {}
