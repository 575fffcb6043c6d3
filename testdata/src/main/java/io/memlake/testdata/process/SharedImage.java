package io.memlake.testdata.process;

import java.util.Map;

/**
 * An image file as all processes share it: one section, one place in memory for the whole boot, the
 * same frames.
 *
 * @param spec path, size and width
 * @param base where it is mapped
 * @param entryPoint relative to the base
 * @param timeDateStamp link time in its headers
 * @param subsection address of its {@code _SUBSECTION}
 * @param prototypePtes address of its array of prototype entries
 * @param fileObject address of its {@code _FILE_OBJECT}
 * @param pages frames of its resident pages, by offset from the base
 */
record SharedImage(
    ModuleSpec spec,
    long base,
    int entryPoint,
    int timeDateStamp,
    long subsection,
    long prototypePtes,
    long fileObject,
    Map<Integer, ImagePage> pages) {

  /**
   * One resident page.
   *
   * @param pfn its frame
   * @param code whether it holds code
   */
  record ImagePage(long pfn, boolean code) {}

  /** The last address of the view. */
  long end() {
    return base + spec.size() - 1;
  }
}
