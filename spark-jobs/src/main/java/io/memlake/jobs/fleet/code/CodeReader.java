package io.memlake.jobs.fleet.code;

import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.jobs.bytes.HadoopEvidence;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** The memory of one host's processes while their code is read. Belongs to one thread. */
final class CodeReader implements AutoCloseable {
  private static final int KERNEL = 4;

  private final CodeHost host;
  private final PagedOutMachine machine;
  private final Map<Integer, PagedAddressSpace> spaces = new HashMap<>();

  private CodeReader(CodeHost host, PagedOutMachine machine) {
    this.host = host;
    this.machine = machine;
  }

  static CodeReader open(CodeHost host, HadoopEvidence evidence) throws IOException {
    return new CodeReader(host, host.machine(evidence));
  }

  /** The memory of a process; that of the kernel where the process is not known. */
  PagedAddressSpace space(int pid) {
    return spaces.computeIfAbsent(pid, this::openSpace);
  }

  private PagedAddressSpace openSpace(int pid) {
    CodeHost.ProcessPlace place = host.processes().get(pid);
    if (pid == KERNEL || place == null || place.dtb() == 0) {
      return machine.machine().kernelSpace();
    }
    machine.machine().owners().add(place.dtb(), place.eprocess());
    return machine.machine().space(place.dtb());
  }

  /** Tells tables of relocations apart. */
  static long fingerprint(byte[] table) {
    CRC32C crc = new CRC32C();
    crc.update(table);
    return crc.getValue() << 32 | table.length;
  }

  @Override
  public void close() throws IOException {
    machine.close();
  }
}
