package io.memlake.schemas;

import io.memlake.schemas.row.AmcacheRow;
import io.memlake.schemas.row.BamRow;
import io.memlake.schemas.row.BitlockerKeyRow;
import io.memlake.schemas.row.BrowserHistoryRow;
import io.memlake.schemas.row.CachedumpRow;
import io.memlake.schemas.row.CertificateRow;
import io.memlake.schemas.row.ClipboardRow;
import io.memlake.schemas.row.DefenderLogRow;
import io.memlake.schemas.row.EnvironmentRow;
import io.memlake.schemas.row.EvtxRow;
import io.memlake.schemas.row.FeatureRow;
import io.memlake.schemas.row.FileRow;
import io.memlake.schemas.row.HashdumpRow;
import io.memlake.schemas.row.KerberosTicketRow;
import io.memlake.schemas.row.LnkRow;
import io.memlake.schemas.row.LsadumpRow;
import io.memlake.schemas.row.MftRow;
import io.memlake.schemas.row.NetworkProfileRow;
import io.memlake.schemas.row.PowershellHistoryRow;
import io.memlake.schemas.row.PrefetchRow;
import io.memlake.schemas.row.RegistryHiveRow;
import io.memlake.schemas.row.RegistryKeyRow;
import io.memlake.schemas.row.RegistryValueRow;
import io.memlake.schemas.row.RunKeyRow;
import io.memlake.schemas.row.ScheduledTaskRow;
import io.memlake.schemas.row.ServiceRegistryRow;
import io.memlake.schemas.row.ShimcacheRow;
import io.memlake.schemas.row.TimelineRow;
import io.memlake.schemas.row.UsbDeviceRow;
import io.memlake.schemas.row.UserRow;
import io.memlake.schemas.row.UserassistRow;
import java.util.List;
import java.util.stream.Stream;

/** Tables of what Windows remembers: registry, files, logs. */
final class TraceTables {
  static final List<Table> ALL =
      Stream.of(
              RegistryHiveRow.getClassSchema(),
              RegistryKeyRow.getClassSchema(),
              RegistryValueRow.getClassSchema(),
              UserRow.getClassSchema(),
              ServiceRegistryRow.getClassSchema(),
              ScheduledTaskRow.getClassSchema(),
              ShimcacheRow.getClassSchema(),
              AmcacheRow.getClassSchema(),
              UserassistRow.getClassSchema(),
              BamRow.getClassSchema(),
              RunKeyRow.getClassSchema(),
              NetworkProfileRow.getClassSchema(),
              UsbDeviceRow.getClassSchema(),
              CertificateRow.getClassSchema(),
              EnvironmentRow.getClassSchema(),
              HashdumpRow.getClassSchema(),
              LsadumpRow.getClassSchema(),
              CachedumpRow.getClassSchema(),
              BitlockerKeyRow.getClassSchema(),
              KerberosTicketRow.getClassSchema(),
              FileRow.getClassSchema(),
              EvtxRow.getClassSchema(),
              MftRow.getClassSchema(),
              PrefetchRow.getClassSchema(),
              LnkRow.getClassSchema(),
              FeatureRow.getClassSchema(),
              BrowserHistoryRow.getClassSchema(),
              PowershellHistoryRow.getClassSchema(),
              DefenderLogRow.getClassSchema(),
              ClipboardRow.getClassSchema(),
              TimelineRow.getClassSchema())
          .map(Table::of)
          .toList();

  private TraceTables() {}
}
