package io.memlake.engine.objects.vad;

/** What kind of range a descriptor is about: {@code MI_VAD_TYPE}. */
public enum VadType {
  /** Private memory, or a view of a data section. */
  NONE,
  /** Device memory. */
  DEVICE_PHYSICAL_MEMORY,
  /** A view of an executable. */
  IMAGE_MAP,
  /** Address windowing extensions. */
  AWE,
  /** Private memory whose writes are watched. */
  WRITE_WATCH,
  /** Private large pages. */
  LARGE_PAGES,
  /** Memory whose backing changes, of graphics drivers. */
  ROTATE_PHYSICAL,
  /** A section of large pages. */
  LARGE_PAGE_SECTION;

  private static final VadType[] BY_VALUE = values();

  /** The type with the number that the kernel keeps in three bits. */
  static VadType of(long value) {
    return BY_VALUE[(int) value & (BY_VALUE.length - 1)];
  }
}
