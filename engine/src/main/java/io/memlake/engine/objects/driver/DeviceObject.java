package io.memlake.engine.objects.driver;

/**
 * A {@code _DEVICE_OBJECT}.
 *
 * @param virtualAddress where it lies
 * @param driver the driver object that it belongs to
 * @param next the next device of that driver, 0 for none
 * @param attached the device on top of it, 0 for none
 * @param type kind of device, see {@link DeviceTypes}
 * @param flags flags as bits
 * @param characteristics characteristics as bits
 */
public record DeviceObject(
    long virtualAddress,
    long driver,
    long next,
    long attached,
    long type,
    int flags,
    int characteristics) {}
