/**
 * How fast each stage is on this machine, beside what reading the same file costs here at best. All
 * numbers of a report come from one process in one run.
 */
package io.memlake.jobs.bench;
