package io.memlake.jobs.extract;

import io.memlake.engine.artifacts.Candidates;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.registry.HiveTable;
import io.memlake.engine.artifacts.registry.HiveUnit;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.registry.HiveExport;
import io.memlake.engine.objects.registry.MountedHive;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes registry hives as files that ordinary readers open. */
public final class HiveExtraction {
  private HiveExtraction() {}

  /**
   * A hive that was written.
   *
   * @param path path of its root key, or of its file
   * @param file name of the file
   * @param report what was written and what is missing
   */
  public record Extracted(String path, String file, HiveExport.Report report) {}

  /**
   * Writes the hives whose path contains {@code wanted}, whatever its case; all for the empty text.
   *
   * @param addresses further hives by the address of their structure, as the scan found them
   */
  public static List<Extracted> run(
      ExtractSource source, String wanted, List<Long> addresses, ExtractFolder folder)
      throws IOException {
    List<Extracted> written = new ArrayList<>();
    try (PagedOutMachine machine = source.open()) {
      MachineView view = MachineView.of(machine.machine(), Candidates.NOT_SCANNED);
      HiveTable table = view.hives();
      List<Long> all = new ArrayList<>(addresses);
      if (addresses.isEmpty()) {
        table.units().stream().map(HiveUnit::address).forEach(all::add);
      }
      for (long address : all) {
        Optional<MountedHive> hive = table.hive(address);
        if (hive.isPresent()
            && hive.get().name().toUpperCase(Locale.ROOT).contains(wanted.toUpperCase(Locale.ROOT))
            && hive.get().cells().length(false) > 0) {
          written.add(write(hive.get(), folder));
        }
      }
    }
    return written;
  }

  private static Extracted write(MountedHive hive, ExtractFolder folder) throws IOException {
    String name = hive.name().substring(hive.name().lastIndexOf('\\') + 1);
    String file = ExtractFolder.safe(name + "-" + Long.toHexString(hive.address())) + ".hive";
    try (OutputStream out = folder.create(file)) {
      HiveExport.Report report = HiveExport.write(hive.cells(), hive.fileBlock(), out);
      return new Extracted(hive.name(), file, report);
    }
  }
}
