/**
 * Fills {@code files}. Reads from: {@code objects.file}, {@code objects.handle}. Feeds: the jobs.
 */
package io.memlake.engine.artifacts.file;
