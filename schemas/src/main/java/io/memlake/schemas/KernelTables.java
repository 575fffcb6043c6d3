package io.memlake.schemas;

import io.memlake.schemas.row.BigPoolRow;
import io.memlake.schemas.row.CallbackRow;
import io.memlake.schemas.row.DeviceRow;
import io.memlake.schemas.row.DnsCacheRow;
import io.memlake.schemas.row.DriverIrpRow;
import io.memlake.schemas.row.DriverRow;
import io.memlake.schemas.row.KernelObjectRow;
import io.memlake.schemas.row.NetworkRow;
import io.memlake.schemas.row.ServiceRow;
import io.memlake.schemas.row.SystemCallRow;
import io.memlake.schemas.row.TimerRow;
import io.memlake.schemas.row.UnloadedModuleRow;
import java.util.List;
import java.util.stream.Stream;

/** Tables of the kernel's own objects: drivers, callbacks, sockets, services. */
final class KernelTables {
  static final List<Table> ALL =
      Stream.of(
              DriverRow.getClassSchema(),
              DriverIrpRow.getClassSchema(),
              DeviceRow.getClassSchema(),
              KernelObjectRow.getClassSchema(),
              CallbackRow.getClassSchema(),
              SystemCallRow.getClassSchema(),
              TimerRow.getClassSchema(),
              BigPoolRow.getClassSchema(),
              UnloadedModuleRow.getClassSchema(),
              NetworkRow.getClassSchema(),
              DnsCacheRow.getClassSchema(),
              ServiceRow.getClassSchema())
          .map(Table::of)
          .toList();

  private KernelTables() {}
}
