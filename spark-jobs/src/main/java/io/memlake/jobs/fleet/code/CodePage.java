package io.memlake.jobs.fleet.code;

import java.io.Serializable;

/**
 * A page of code that is read again.
 *
 * @param build number of its build
 * @param pid a process that maps it, 4 for the kernel
 * @param base where the module lies there
 * @param rva offset of the page
 * @param hash its hash, as in {@code pages}
 */
record CodePage(int build, int pid, long base, long rva, long hash) implements Serializable {}
