package io.memlake.jobs.progress;

import java.util.Map;

/** One way of showing progress. Called by one thread at a time. */
interface ProgressView {

  /** Something changed for {@code host}, which is among {@code active}. */
  void show(Map<String, StageState> active, String host);

  /** A host is done and no longer among {@code active}. */
  void ended(Map<String, StageState> active, String host, String status, String message);

  /** Nothing more will come. */
  void close();
}
