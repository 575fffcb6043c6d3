package io.memlake.jobs.hunt.sigma;

import java.util.List;
import java.util.Map;

/**
 * A log source of Sigma and the relation that stands for it.
 *
 * @param categories categories of rules that it serves
 * @param table the table, as matches call it
 * @param tables tables that the relation reads
 * @param relation FROM clause
 * @param pid Spark SQL for the process id
 * @param process Spark SQL for the process name
 * @param key Spark SQL for a text that tells rows apart
 * @param origin alias of the table that image, path and confidence come from
 * @param fields Spark SQL by field of Sigma
 */
record SigmaSource(
    List<String> categories,
    String table,
    List<String> tables,
    String relation,
    String pid,
    String process,
    String key,
    String origin,
    Map<String, String> fields) {}
