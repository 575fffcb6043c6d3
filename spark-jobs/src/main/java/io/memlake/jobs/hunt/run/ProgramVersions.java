package io.memlake.jobs.hunt.run;

/**
 * Which programs a run was made by.
 *
 * @param memlake version of Memlake, for instance {@code 0.1.0}
 * @param commit what Memlake was built from; empty when that is not known
 * @param spark version of Apache Spark
 */
public record ProgramVersions(String memlake, String commit, String spark) {}
