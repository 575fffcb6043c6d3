package io.memlake.testdata.narrow;

import java.util.List;
import java.util.Map;

/**
 * A process as it was made.
 *
 * @param pid its id
 * @param ppid id of its creator
 * @param name name of its program
 * @param eprocess where the kernel keeps it
 * @param dtb its page tables
 * @param peb its PEB, 0 for none
 * @param commandLine its command line
 * @param listed whether the kernel's list holds it
 * @param exitTime FILETIME of its end, 0 while it runs
 * @param threads ids of its threads
 * @param modules base by path, in load order
 * @param ranges its ranges by address
 */
public record NarrowProcessTruth(
    long pid,
    long ppid,
    String name,
    long eprocess,
    long dtb,
    long peb,
    String commandLine,
    boolean listed,
    long exitTime,
    List<Long> threads,
    Map<String, Long> modules,
    List<NarrowRange> ranges) {}
