package io.memlake.engine.artifacts.integrity;

/**
 * What a page of code holds.
 *
 * @param hash of its bytes, as in the table of pages
 * @param placeless hash of its bytes as if the image lay at 0; null when its relocations are absent
 */
record CodePage(long hash, Long placeless) {}
