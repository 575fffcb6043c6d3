/**
 * Puts a machine together: {@link io.memlake.testdata.machine.SyntheticMachine} is the entry to
 * this module.
 *
 * <p>Reads from: {@code process} and everything below. Feeds: {@code image} (writers), {@code
 * damage}, {@code fleet}, and the tests of all modules.
 */
package io.memlake.testdata.machine;
