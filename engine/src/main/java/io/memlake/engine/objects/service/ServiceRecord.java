package io.memlake.engine.objects.service;

import java.util.Optional;

/**
 * A service.
 *
 * @param address virtual address of the record in services.exe
 * @param previous the record before it, 0 for none
 * @param order number that the service manager gave
 * @param name name; empty when absent
 * @param display display name; empty when absent
 * @param type kind as bits
 * @param start how it starts
 * @param state state
 * @param pid process that runs it, 0 for none
 * @param binary command line of that process, or name of the driver object; empty when it does not
 *     run or the text is absent
 */
public record ServiceRecord(
    long address,
    long previous,
    int order,
    Optional<String> name,
    Optional<String> display,
    int type,
    int start,
    int state,
    int pid,
    Optional<String> binary) {}
