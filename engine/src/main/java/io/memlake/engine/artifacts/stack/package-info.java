/**
 * The table {@code thread_frames}: the calls on the kernel and user stacks of threads.
 *
 * <p>Reads from: {@code objects.stack}, {@code objects.thread}, {@code objects.vad}, {@code
 * objects.module}.
 */
package io.memlake.engine.artifacts.stack;
