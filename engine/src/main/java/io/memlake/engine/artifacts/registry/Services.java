package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.schemas.row.ServiceRegistryRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Services and drivers: {@code CurrentControlSet\Services}. Keys without a type are none. */
final class Services implements HiveInterpreter {
  private static final List<String> STARTS =
      List.of("boot", "system", "auto", "manual", "disabled");

  @Override
  public String table() {
    return "services_registry";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SYSTEM);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    Optional<RegistryKey> services = hive.findInControlSet("Services");
    if (services.isEmpty()) {
      return;
    }
    for (RegistryKey service : services.get().subkeys()) {
      Integer type = service.integer("Type");
      String imagePath = service.text("ImagePath");
      if (type != null || imagePath != null) {
        rows.accept(row(hive, service, type, imagePath));
      }
    }
  }

  private static ServiceRegistryRow row(
      HiveReading hive, RegistryKey service, Integer type, String imagePath) throws IOException {
    ServiceRegistryRow row = hive.stamp(new ServiceRegistryRow(), service);
    row.setName(service.name());
    row.setDisplayName(service.text("DisplayName"));
    row.setDescription(service.text("Description"));
    row.setType(type);
    row.setTypeName(type == null ? null : typeName(type));
    row.setStart(service.integer("Start"));
    Integer start = row.getStart();
    row.setStartName(start == null || start < 0 || start > 4 ? null : STARTS.get(start));
    Integer delayed = service.integer("DelayedAutostart");
    row.setDelayed(delayed == null ? null : delayed != 0);
    row.setImagePath(imagePath);
    row.setServiceDll(serviceDll(service));
    row.setObjectName(service.text("ObjectName"));
    row.setLoadGroup(service.text("Group"));
    List<String> depends = service.texts("DependOnService");
    row.setDependsOn(depends.isEmpty() ? null : depends);
    row.setFailureCommand(service.text("FailureCommand"));
    return row;
  }

  private static String serviceDll(RegistryKey service) throws IOException {
    Optional<RegistryKey> parameters = service.find("Parameters");
    String dll = parameters.isEmpty() ? null : parameters.get().text("ServiceDll");
    return dll == null ? service.text("ServiceDll") : dll;
  }

  private static String typeName(int type) {
    if ((type & 0xC0) != 0) {
      return "user_service";
    }
    return switch (type & 0x3F) {
      case 0x01 -> "kernel_driver";
      case 0x02 -> "file_system_driver";
      case 0x04 -> "adapter";
      case 0x08 -> "recognizer_driver";
      case 0x10 -> "own_process";
      case 0x20, 0x30 -> "share_process";
      default -> null;
    };
  }
}
