/**
 * The table {@code injections}: executable memory that no module accounts for, and code of modules
 * that was changed.
 *
 * <p>Reads from: {@code objects.vad}, {@code objects.module}, {@code objects.thread}, {@code pe}.
 */
package io.memlake.engine.artifacts.injection;
