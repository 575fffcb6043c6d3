/**
 * User minidumps: the memory of one process with its modules, threads and handles, in the format
 * that Windows debuggers open.
 *
 * <p>Reads from: {@code extract}, {@code objects}. Reference: {@code minidumpapiset.h}, {@code
 * winnt.h} for {@code CONTEXT}.
 */
package io.memlake.engine.extract.minidump;
