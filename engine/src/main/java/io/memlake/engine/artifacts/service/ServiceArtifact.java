package io.memlake.engine.artifacts.service;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.ErrorRows;
import io.memlake.engine.artifacts.MachineArtifact;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.artifacts.registry.HiveRows;
import io.memlake.engine.artifacts.registry.HiveUnit;
import io.memlake.engine.artifacts.registry.RegisteredServices;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.service.ServiceDatabase;
import io.memlake.engine.objects.service.ServiceNames;
import io.memlake.engine.objects.service.ServiceRecord;
import io.memlake.engine.objects.vad.VadReader;
import io.memlake.engine.objects.vad.VadTree;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.evidence.Gaps;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.ServiceRegistryRow;
import io.memlake.schemas.row.ServiceRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fills {@code services} with the records in the memory of services.exe. */
public final class ServiceArtifact implements MachineArtifact<ServiceRow> {
  private static final String TABLE = "services";
  private static final String MANAGER = "services.exe";

  /** What is asked of the hives; errors about them belong to their own tables. */
  private static final String REGISTRY_TABLE = "services_registry";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Class<ServiceRow> rowType() {
    return ServiceRow.class;
  }

  @Override
  public Collected collect(
      MachineView view, RowSink<? super ServiceRow> rows, RowSink<? super ErrorRow> errors)
      throws IOException {
    long count = 0;
    boolean met = false;
    try {
      VadReader vads = VadReader.of(view.machine().symbols());
      for (SeenProcess seen : view.processes().processes()) {
        Eprocess process = seen.process();
        if (process.imageFileName().equalsIgnoreCase(MANAGER)
            && process.virtualAddress() != 0
            && process.exitTime() == 0) {
          met = true;
          count += manager(view, vads, process, rows, errors);
        }
      }
    } catch (MissingSymbolException e) {
      errors.accept(ErrorRows.missingSymbols(TABLE, e.getMessage()));
      return Collected.NOTHING;
    }
    if (!met) {
      errors.accept(
          ErrorRows.gap(TABLE, MANAGER, 0, Absence.UNREADABLE, "there is no services.exe"));
    }
    return Collected.of(count, 0);
  }

  private static long manager(
      MachineView view,
      VadReader vads,
      Eprocess process,
      RowSink<? super ServiceRow> rows,
      RowSink<? super ErrorRow> errors)
      throws IOException {
    VadTree tree = vads.tree(view.machine().kernelSpace(), process.virtualAddress());
    AddressSpace space = view.machine().space(process.directoryTableBase());
    int pid = (int) process.uniqueProcessId();
    ServiceDatabase database =
        ServiceDatabase.search(space, tree, view.machine().description().version().build());
    if (database.services().isEmpty()) {
      errors.accept(
          ErrorRows.inProcess(
              ErrorRows.gap(
                  TABLE,
                  MANAGER,
                  process.virtualAddress(),
                  Absence.UNREADABLE,
                  "its private memory holds no record of a service"),
              pid));
    }
    List<ServiceDatabase.Found> sorted = new ArrayList<>(database.services());
    sorted.sort(
        Comparator.comparingInt((ServiceDatabase.Found found) -> found.service().order())
            .thenComparing(found -> found.service().name().orElse(""))
            .thenComparing(found -> found.service().address(), Long::compareUnsigned));
    Map<String, ServiceRegistryRow> registry = registry(view);
    RegisteredServices keys = RegisteredServices.of(view);
    for (ServiceDatabase.Found found : sorted) {
      ServiceRow row = row(space, pid, database.layout().name(), found, keys);
      addRegistry(row, registry);
      rows.accept(row);
    }
    return sorted.size();
  }

  /** Services of the SYSTEM hives, by their names in lower case. */
  private static Map<String, ServiceRegistryRow> registry(MachineView view) throws IOException {
    Map<String, ServiceRegistryRow> services = new HashMap<>();
    for (HiveUnit unit : HiveRows.units(view, error -> {})) {
      HiveRows.collect(
          view,
          unit,
          Set.of(REGISTRY_TABLE),
          row -> {
            if (row instanceof ServiceRegistryRow service) {
              services.putIfAbsent(service.getName().toLowerCase(Locale.ROOT), service);
            }
          });
    }
    return services;
  }

  private static void addRegistry(ServiceRow row, Map<String, ServiceRegistryRow> registry) {
    ServiceRegistryRow service =
        row.getName() == null ? null : registry.get(row.getName().toLowerCase(Locale.ROOT));
    if (service != null) {
      row.setBinaryRegistry(service.getImagePath());
      row.setDll(service.getServiceDll());
      row.setAccount(service.getObjectName());
    }
  }

  private static ServiceRow row(
      AddressSpace space,
      int manager,
      String layout,
      ServiceDatabase.Found found,
      RegisteredServices keys)
      throws IOException {
    ServiceRecord service = found.service();
    ServiceRow row = new ServiceRow();
    Gaps gaps = new Gaps();
    row.setSource(found.inList() ? "walk" : "scan");
    row.setLayer(space.translate(service.address()) == AddressSpace.ABSENT ? null : "physical");
    row.setForensicPath(ForensicPath.process(manager, service.address()));
    row.setConfidence(found.inList() && found.inScan() ? 100 : 80);
    row.setName(service.name().orElse(null));
    row.setDisplay(service.display().orElse(null));
    if (row.getName() == null) {
      gaps.add("name", Absence.UNREADABLE);
    }
    if (row.getDisplay() == null) {
      gaps.add("display", Absence.UNREADABLE);
    }
    row.setTypeValue(service.type());
    row.setType(ServiceNames.type(service.type()));
    row.setStartValue(service.start());
    row.setStart(ServiceNames.start(service.start()).orElse(null));
    row.setStateValue(service.state());
    row.setState(ServiceNames.state(service.state()).orElse(null));
    row.setServiceOrder(service.order());
    row.setPid(service.pid() == 0 ? null : service.pid());
    row.setBinary(service.binary().orElse(null));
    row.setRecord(service.address());
    row.setScmPid(manager);
    row.setInList(found.inList());
    row.setInScan(found.inScan());
    row.setInDatabase(true);
    Optional<Boolean> registered = service.name().flatMap(keys::holds);
    row.setInRegistry(registered.orElse(null));
    if (registered.isEmpty()) {
      gaps.add("in_registry", Absence.UNREADABLE);
    }
    row.setLayout(layout);
    gaps.into(row);
    return row;
  }
}
