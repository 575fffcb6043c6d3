package io.memlake.engine.artifacts.registry;

import java.io.Serializable;

/**
 * A hive to be read, wherever that is done.
 *
 * @param address kernel address of its {@code _CMHIVE}
 * @param inList whether the kernel's list leads to it; null when the list could not be walked
 * @param inScan whether the scan found it; null when it could not
 */
public record HiveUnit(long address, Boolean inList, Boolean inScan) implements Serializable {}
