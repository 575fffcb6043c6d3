/**
 * Faults as functions over frames and files: what happens to memory images in the field.
 *
 * <p>Reads from: {@code image}, {@code machine}. Feeds: tests of all modules.
 */
package io.memlake.testdata.damage;
