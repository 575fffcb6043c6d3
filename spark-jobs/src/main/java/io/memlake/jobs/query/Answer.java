package io.memlake.jobs.query;

import java.util.List;

/**
 * Rows that a query gave. Values are as {@link io.memlake.jobs.output.ResultWriter} takes them.
 *
 * @param columns names of the columns
 * @param rows the rows, each with a value for every column
 * @param cut whether there are more rows than were asked for
 */
public record Answer(List<String> columns, List<List<Object>> rows, boolean cut) {}
