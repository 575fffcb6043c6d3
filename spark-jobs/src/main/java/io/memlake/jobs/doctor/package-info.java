/** Tells what works and what does not: of this machine, and of one piece of evidence. */
package io.memlake.jobs.doctor;
