package io.memlake.jobs.verify;

import java.io.IOException;
import java.util.List;

/** Something that can be checked on its own. */
interface CheckTask {
  List<Check> run() throws IOException;
}
