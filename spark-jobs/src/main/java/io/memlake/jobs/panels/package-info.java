/**
 * What people look at first: each panel is a question with its SQL and the way to draw its answer,
 * kept as data so that the report and the dashboard show the same. Knows neither Spark nor a page.
 *
 * <p>Reads from: {@code src/main/resources/panels}. Feeds: the report, the dashboard and the files
 * for other dashboards.
 */
package io.memlake.jobs.panels;
