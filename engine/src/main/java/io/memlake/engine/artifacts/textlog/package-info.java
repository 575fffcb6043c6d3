/**
 * Text files in which programs keep what they did, read through the file objects that are open: the
 * history of PowerShell, the logs of Defender.
 *
 * <p>Reads from: {@code artifacts.file}, {@code objects.file}. Feeds: the jobs.
 */
package io.memlake.engine.artifacts.textlog;
