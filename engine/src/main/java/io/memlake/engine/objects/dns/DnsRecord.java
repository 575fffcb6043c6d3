package io.memlake.engine.objects.dns;

/**
 * One answer.
 *
 * @param address virtual address of the {@code DNS_RECORDW}
 * @param next address of the next record of the same answer, 0 for none
 * @param name the name that was asked for
 * @param type number of its type
 * @param flags {@code DNS_RECORD_FLAGS}
 * @param timeToLive seconds that the server gave it
 * @param data what the server answered, in words
 */
public record DnsRecord(
    long address, long next, String name, DnsType type, long flags, long timeToLive, String data) {}
