/**
 * A small fleet with a planted intrusion, for demonstrations and end-to-end tests.
 *
 * <p>Reads from: {@code machine}, {@code image}. Feeds: the {@code demo} command.
 */
package io.memlake.testdata.fleet;
