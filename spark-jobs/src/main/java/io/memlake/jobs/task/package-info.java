/**
 * What runs on executors: each task opens the engine, streams through it and returns a small value.
 * No type of Spark appears in a task's body, so each has a test in plain Java.
 */
package io.memlake.jobs.task;
