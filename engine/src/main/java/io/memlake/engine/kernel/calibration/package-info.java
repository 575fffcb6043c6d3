/**
 * Layouts told by the image itself, for kernels that no symbol source knows.
 *
 * <p>The chain of processes is found by what it must look like; then each field of {@code
 * _EPROCESS} is found by what it must hold in all processes at once: a field is where nothing
 * contradicts its meaning and something proves it. Layouts of a neighbouring build are only a first
 * guess, which the image confirms or moves. What nothing proves is left out, so that its column is
 * empty instead of wrong.
 *
 * <p>Reads from: {@code paging}, {@code pe}. Feeds: {@code kernel}, which opens the machine with
 * the result.
 */
package io.memlake.engine.kernel.calibration;
