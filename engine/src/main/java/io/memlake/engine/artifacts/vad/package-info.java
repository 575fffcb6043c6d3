/**
 * The table {@code vads}: the ranges of each process by its address descriptors, with what page
 * tables say about their pages.
 *
 * <p>Reads from: {@code objects.vad}.
 */
package io.memlake.engine.artifacts.vad;
