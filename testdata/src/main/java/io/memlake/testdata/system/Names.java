package io.memlake.testdata.system;

import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.ObjectRequest;
import io.memlake.testdata.process.DraftProcess;
import java.util.List;

/** Symbolic links and mutants, in directories and without a name. */
final class Names {

  private static final int MUTANT = 2;
  private static final long SECOND = 10_000_000;

  private final Host host;

  Names(Host host) {
    this.host = host;
  }

  void write(List<String> mutants) {
    link("\\GLOBAL??\\C:", "\\Device\\HarddiskVolume3", 3);
    link("\\GLOBAL??\\PhysicalDrive0", "\\Device\\Harddisk0\\DR0", 3);
    link("\\DosDevices", "\\??", 1);
    link(
        "\\Sessions\\1\\DosDevices\\00000000-000a1b2c\\Z:",
        "\\Device\\LanmanRedirector\\;Z:\\FS01\\share",
        900);
    host.namespace().objects("Mutant").forEach(object -> mutant(object, false));
    boolean owned = false;
    for (String path : mutants) {
      int size = host.facts().struct("_KMUTANT").size();
      mutant(host.namespace().create("Mutant", path, size), !owned);
      owned = true;
    }
    mutant(
        host.boot()
            .objects()
            .create(
                new ObjectRequest("Mutant", host.facts().struct("_KMUTANT").size()).counts(2, 1)),
        false);
  }

  private void link(String path, String target, int seconds) {
    KernelObject object =
        host.namespace()
            .create("SymbolicLink", path, host.facts().struct("_OBJECT_SYMBOLIC_LINK").size());
    Struct link = host.view("_OBJECT_SYMBOLIC_LINK", object.body());
    link.set("CreationTime", host.boot().bootTime() + seconds * SECOND);
    host.boot().pool().setText(link, "LinkTarget", "SymT", target);
  }

  private void mutant(KernelObject object, boolean owned) {
    Struct mutant = host.view("_KMUTANT", object.body());
    mutant.set("Header.Type", MUTANT).set("Header.SignalState", owned ? 0 : 1);
    if (owned) {
      DraftProcess owner = host.process("explorer.exe").orElseThrow();
      mutant.set("OwnerThread", owner.runningThreads().get(0).body());
    }
  }
}
