package io.memlake.testdata.process;

import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Session space: one {@code _MM_SESSION_SPACE} a session, of which the first page is resident. */
final class Sessions {

  private final Boot boot;
  private final Map<Integer, Long> addresses = new TreeMap<>();

  Sessions(Boot boot) {
    this.boot = boot;
  }

  long address(int sessionId) {
    return addresses.computeIfAbsent(sessionId, this::create);
  }

  /** Links the running processes of each session into its list. */
  void link(List<DraftProcess> processes) {
    int links = boot.struct("_EPROCESS").offset("SessionProcessLinks");
    int head = boot.struct("_MM_SESSION_SPACE").offset("ProcessList");
    addresses.forEach(
        (id, address) ->
            LinkedLists.link(
                boot.space(),
                address + head,
                processes.stream()
                    .filter(DraftProcess::isRunning)
                    .filter(process -> process.spec.session.equals(Optional.of(id)))
                    .map(process -> process.object.body() + links)
                    .toList()));
  }

  private long create(int sessionId) {
    long address = boot.systemPtes().reserve(1);
    boot.space().map(address, Access.KERNEL_READ_WRITE);
    new Struct(boot.space(), address, boot.struct("_MM_SESSION_SPACE"))
        .set("SessionId", sessionId)
        .setEmptyList("ProcessList");
    return address;
  }
}
