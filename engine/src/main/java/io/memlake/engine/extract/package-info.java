/**
 * Bytes out of a machine, for tools that want files: the memory of a process with a map of its
 * holes, a module as a PE file, a single page by its forensic path.
 *
 * <p>Everything is read through {@code objects.pagedout}, so page files, the compressed store and
 * prototype entries count like RAM. Nothing is invented: what cannot be had is told with its
 * reason.
 *
 * <p>Reads from: {@code objects}, {@code pe}. Feeds: the command line.
 */
package io.memlake.engine.extract;
