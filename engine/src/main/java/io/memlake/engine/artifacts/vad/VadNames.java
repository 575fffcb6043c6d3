package io.memlake.engine.artifacts.vad;

import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadType;

/** Spells kinds of ranges. */
final class VadNames {
  private VadNames() {}

  /** {@code image}, {@code private} or {@code mapped}. */
  static String type(VadNode node) {
    if (node.type() == VadType.IMAGE_MAP) {
      return "image";
    }
    return node.privateMemory() ? "private" : "mapped";
  }

  /** The name of {@code MI_VAD_TYPE}. */
  static String vadType(VadType type) {
    return switch (type) {
      case NONE -> "VadNone";
      case DEVICE_PHYSICAL_MEMORY -> "VadDevicePhysicalMemory";
      case IMAGE_MAP -> "VadImageMap";
      case AWE -> "VadAwe";
      case WRITE_WATCH -> "VadWriteWatch";
      case LARGE_PAGES -> "VadLargePages";
      case ROTATE_PHYSICAL -> "VadRotatePhysical";
      case LARGE_PAGE_SECTION -> "VadLargePageSection";
    };
  }
}
