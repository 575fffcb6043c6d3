package io.memlake.engine.paging;

/**
 * One virtual page that has its contents in a certain place.
 *
 * @param owner whose page it is
 * @param virtualAddress page-aligned address
 * @param flags see {@link MappingFlags}
 */
public record Mapping(MappingOwner owner, long virtualAddress, int flags) {}
