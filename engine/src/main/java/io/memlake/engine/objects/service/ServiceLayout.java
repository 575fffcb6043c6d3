package io.memlake.engine.objects.service;

/**
 * Where the fields of service records lie in a range of builds.
 *
 * @param name the row, for reports
 * @param firstBuild first build that it describes
 * @param lastBuild last such build
 * @param previous pointer to the previous record
 * @param order number that the service manager gave
 * @param start how it starts
 * @param serviceName pointer to the name
 * @param display pointer to the display name
 * @param type kind of service
 * @param state state
 * @param process pointer to the process of a running service
 * @param driver pointer to the name of a running driver
 * @param processBinary pointer to the command line, in the process
 * @param processId process id, in the process
 */
public record ServiceLayout(
    String name,
    int firstBuild,
    int lastBuild,
    int previous,
    int order,
    int start,
    int serviceName,
    int display,
    int type,
    int state,
    int process,
    int driver,
    int processBinary,
    int processId) {

  /** How far the row is from a build: 0 when it describes it. */
  int distanceTo(int build) {
    return build < firstBuild ? firstBuild - build : Math.max(0, build - lastBuild);
  }

  /** Bytes of a record that are read. */
  int end() {
    int last = Math.max(Math.max(process, driver), Math.max(start, state));
    return Math.max(last, display) + Long.BYTES;
  }
}
