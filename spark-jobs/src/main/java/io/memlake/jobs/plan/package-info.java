/**
 * From an image to work units: ranges of frames that a task scans. Units are a few numbers, and
 * depend on the image alone, so that a run on another machine finds the chunks of a killed one.
 */
package io.memlake.jobs.plan;
