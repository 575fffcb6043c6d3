package io.memlake.testdata.narrow;

/**
 * An executable that processes map.
 *
 * @param path path as the loader has it
 * @param file path as its file object has it
 * @param base where it is mapped
 * @param pfns frames of its pages
 * @param controlArea its {@code _CONTROL_AREA}
 * @param subsection its {@code _SUBSECTION}
 * @param prototypes its prototype entries
 */
@SuppressWarnings("ArrayRecordComponent")
record NarrowImage(
    String path,
    String file,
    long base,
    long[] pfns,
    long controlArea,
    long subsection,
    long prototypes) {}
