/**
 * What the report and the dashboard have in common as pages: the answers of panels as JSON that no
 * value can break out of, and the style and scripts that draw them, each named by its hash in the
 * page's content security policy.
 *
 * <p>Reads from: {@code src/main/resources/web}. Feeds: report and dashboard.
 */
package io.memlake.jobs.web;
