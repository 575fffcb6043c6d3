package io.memlake.testdata.system;

import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.process.DraftProcess;
import io.memlake.testdata.truth.VadTruth;
import java.util.List;

/**
 * The records of the DNS client in the private memory of its process: {@code DNS_RECORDW} of 64-bit
 * programs, as windns.h has it.
 */
public final class DnsRecords {
  /** Bytes of private memory that hold them; tells their region from others. */
  public static final int REGION_SIZE = 0x13000;

  /** Where records begin to lie across two pages. */
  private static final int FIRST = 0xFB0;

  private static final int DATA = 32;
  private static final int ANSWER_IN_UNICODE = 0x2009;
  private static final int PREFERENCE = 10;

  private final AddressSpace space;
  private long next;

  /** Records in the region of a process. */
  public DnsRecords(DraftProcess process) {
    space = process.space();
    next =
        process.vads().stream()
                .filter(range -> range.end() - range.start() + 1 == REGION_SIZE)
                .mapToLong(VadTruth::start)
                .findFirst()
                .orElseThrow()
            + FIRST;
  }

  /** Writes them, in this order. */
  public void write(List<DnsSpec> specs) {
    long before = 0;
    for (DnsSpec spec : specs) {
      long record = write(spec);
      if (spec.linked()) {
        space.writeLong(before, record);
      }
      before = record;
    }
  }

  private long write(DnsSpec spec) {
    long record = take(DATA + 16);
    space.writeLong(record + 8, text(spec.name()));
    space.writeNumber(record + 16, 2, spec.type());
    space.writeNumber(record + 20, 4, ANSWER_IN_UNICODE);
    space.writeNumber(record + 24, 4, spec.timeToLive());
    int length = data(spec, record + DATA);
    space.writeNumber(record + 18, 2, length);
    return record;
  }

  private int data(DnsSpec spec, long at) {
    if (spec.type() == DnsSpec.A) {
      String[] parts = spec.data().split("\\.", -1);
      for (int i = 0; i < parts.length; i++) {
        space.writeNumber(at + i, 1, Integer.parseInt(parts[i]));
      }
      return 4;
    }
    space.writeLong(at, text(spec.data()));
    if (spec.type() == DnsSpec.MX) {
      space.writeNumber(at + 8, 2, PREFERENCE);
      return 16;
    }
    return 8;
  }

  private long text(String text) {
    long at = take(text.length() * 2 + 2);
    space.writeUtf16(at, text);
    return at;
  }

  private long take(int bytes) {
    long at = next;
    next += (bytes + 15) & -16;
    return at;
  }
}
