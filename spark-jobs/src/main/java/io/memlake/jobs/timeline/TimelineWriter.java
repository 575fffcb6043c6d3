package io.memlake.jobs.timeline;

/** Writes events in one format. */
interface TimelineWriter {
  /** Writes what stands before the first event. */
  void begin();

  /** Writes one event. */
  void event(TimelineEvent event);
}
