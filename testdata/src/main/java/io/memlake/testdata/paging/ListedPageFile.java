package io.memlake.testdata.paging;

/**
 * An entry of the kernel's list of page files.
 *
 * @param number number in page-table entries
 * @param name path as Windows has it
 * @param pages size in pages
 * @param store whether it is the compressed store
 */
public record ListedPageFile(int number, String name, long pages, boolean store) {}
