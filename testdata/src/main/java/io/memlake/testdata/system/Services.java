package io.memlake.testdata.system;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.process.DraftProcess;
import io.memlake.testdata.system.SystemSpec.ServiceSpec;
import io.memlake.testdata.truth.VadTruth;
import java.util.List;

/** The records of the service manager in the private memory of services.exe. */
public final class Services {

  /** Bytes of private memory that hold them; tells their region from others. */
  public static final int REGION_SIZE = 0x27000;

  private static final int PROCESS_TYPES = 0x30;
  private static final int RUNNING = 4;

  private final Host host;
  private final KernelLayout layout;
  private final AddressSpace space;
  private long next;

  Services(Host host, DraftProcess manager) {
    this.host = host;
    this.layout = KernelLayout.bundled(host.boot().build(), "services");
    this.space = manager.space();
    this.next =
        manager.vads().stream()
                .filter(vad -> vad.end() - vad.start() + 1 == REGION_SIZE)
                .mapToLong(VadTruth::start)
                .findFirst()
                .orElseThrow()
            + 0x40;
  }

  void write(List<ServiceSpec> specs) {
    long previous = 0;
    int order = 0;
    for (ServiceSpec spec : specs) {
      order++;
      previous = write(spec, order, previous);
    }
  }

  private long write(ServiceSpec spec, int order, long previous) {
    StructLayout layoutOfRecord = layout.struct("_SERVICE_RECORD");
    Struct service = new Struct(space, take(layoutOfRecord.size()), layoutOfRecord);
    boolean runs = spec.state() == RUNNING;
    boolean program = (spec.type() & PROCESS_TYPES) != 0;
    service
        .set("PrevEntry", previous)
        .set("Order", order)
        .set("ServiceName", text(spec.name()))
        .set("DisplayName", text(spec.display()))
        .set("Type", spec.type())
        .set("State", spec.state())
        .set("Start", spec.start());
    if (runs && program) {
      service.set("ServiceProcess", process(spec));
    } else if (runs) {
      service.set("DriverName", text("\\Driver\\" + spec.name()));
    }
    Struct header =
        new Struct(
            space, take(layout.struct("_SERVICE_HEADER").size()), layout.struct("_SERVICE_HEADER"));
    space.writeAscii(header.address(), "serH");
    header.set("ServiceRecord", service.address());
    return service.address();
  }

  private long process(ServiceSpec spec) {
    DraftProcess process = host.process(spec.process()).orElseThrow();
    StructLayout struct = layout.struct("_SERVICE_PROCESS");
    Struct view = new Struct(space, take(struct.size()), struct);
    String path = process.spec().imagePath();
    boolean usual = path.startsWith("C:\\Windows\\System32\\");
    String command =
        usual ? "C:\\Windows\\system32\\" + spec.process() + " -k " + spec.name() : path;
    view.set("BinaryPath", text(command)).set("ProcessId", process.pid());
    return view.address();
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
