/** Exports of the timeline in the formats of other tools. Feeds: {@code cli}. */
package io.memlake.jobs.timeline;
