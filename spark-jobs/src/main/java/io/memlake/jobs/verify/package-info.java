/** Checks a lake against its own records, and evidence against the hashes that a lake holds. */
package io.memlake.jobs.verify;
