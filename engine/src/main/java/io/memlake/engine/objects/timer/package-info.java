/**
 * Timers that wait in the tables of the processors.
 *
 * <p>Reads from: {@code kernel}, {@code objects.list}. Feeds: {@code artifacts.timer}. The decoding
 * of a timer's procedure call follows what debuggers document: xor and rotate by {@code
 * KiWaitNever}, xor by the timer's own address, byte swap, xor by {@code KiWaitAlways}.
 */
package io.memlake.engine.objects.timer;
