package io.memlake.testdata.objects;

import io.memlake.testdata.layout.KernelLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers that may lie in front of an object header, nearest first. Their bits in {@code
 * InfoMask} are numbered over those that the kernel's symbols know, in this order.
 */
enum OptionalHeader {
  CREATOR_INFO,
  NAME_INFO,
  HANDLE_INFO,
  QUOTA_INFO,
  PROCESS_INFO,
  AUDIT_INFO,
  EXTENDED_INFO,
  PADDING_INFO;

  String struct() {
    return "_OBJECT_HEADER_" + name();
  }

  static List<OptionalHeader> of(KernelLayout layout) {
    List<OptionalHeader> present = new ArrayList<>();
    for (OptionalHeader header : values()) {
      if (layout.hasStruct(header.struct())) {
        present.add(header);
      }
    }
    return present;
  }
}
