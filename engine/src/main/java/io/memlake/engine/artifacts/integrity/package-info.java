/**
 * The table {@code module_pages}: the executable pages of modules one by one, for the integrity of
 * code.
 *
 * <p>Reads from: {@code objects.vad}, {@code objects.module}, {@code pe}, {@code scan}.
 */
package io.memlake.engine.artifacts.integrity;
