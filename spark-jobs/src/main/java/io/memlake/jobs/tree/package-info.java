/**
 * Processes of a host as a tree for a terminal.
 *
 * <p>Reads from: the panel {@code process_tree}. Feeds: people.
 */
package io.memlake.jobs.tree;
